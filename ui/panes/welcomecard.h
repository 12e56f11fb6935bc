#pragma once

#include <QAbstractButton>

namespace pushscope {

/// A card of the welcome page: a small picture of a timeline, a title, two lines.
class WelcomeCard : public QAbstractButton
{
    Q_OBJECT
public:
    enum class Picture { Feed, Echo, Broken };
    WelcomeCard(Picture picture, const QString &title, const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void paintPicture(QPainter &painter, const QRectF &area) const;

    Picture m_picture;
    QString m_detail;
};

} // namespace pushscope
