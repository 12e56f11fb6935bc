#pragma once

#include "core/base/bytes.h"

#include <QPixmap>
#include <QWidget>

namespace pushscope {

/// A picture that a stream brought, as large as there is room, never larger than it is. What it is decoded from is
/// foreign: only the plain formats are read, and none that would be too large a picture.
class PictureView : public QWidget
{
    Q_OBJECT
public:
    /// Of the picture, not of its bytes.
    static constexpr int LongestSide = 4096;

    explicit PictureView(QWidget *parent = nullptr);

    /// Whether it could be shown.
    bool setPicture(ByteView bytes);
    [[nodiscard]] QSize pictureSize() const { return m_picture.size(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QPixmap m_picture;
};

} // namespace pushscope
