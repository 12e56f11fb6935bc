#pragma once

#include "core/capture/capture.h"

#include <QWidget>

#include <memory>

namespace pushscope {

class ConnectionIndex;
class FieldList;
class PlainLabel;

/// Request and answer of a record's exchange, side by side: fields in order, case kept; interim answers and trailers
/// too.
class HeadersPane : public QWidget
{
    Q_OBJECT
public:
    HeadersPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, QWidget *parent = nullptr);

    void showRecord(Seq seq);

private:
    /// The one on whose connection the record is, the last of them before it.
    [[nodiscard]] Seq requestOf(Seq seq) const;
    void addHead(FieldList &list, Seq seq);

    std::shared_ptr<const Capture> m_capture;
    const ConnectionIndex &m_index;
    FieldList *m_request;
    FieldList *m_answer;
};

} // namespace pushscope
