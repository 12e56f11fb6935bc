#pragma once

#include "core/capture/capture.h"
#include "core/capture/details/fieldtree.h"

#include <QWidget>

#include <memory>

namespace pushscope {

class ConnectionIndex;
class FieldList;
class PlainLabel;

/// Request and answer of a record's exchange, side by side: fields in order, case kept; interim answers, pushes and
/// trailers too. Over HTTP/2 pseudo-header fields are shown as such, with how each field was coded.
class HeadersPane : public QWidget
{
    Q_OBJECT
public:
    HeadersPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, QWidget *parent = nullptr);

    void showRecord(Seq seq);

private:
    /// The one on whose connection the record is, the last of them before it; of a stream that the server pushed the
    /// push, which has the request that it stands for.
    [[nodiscard]] Seq requestOf(Seq seq) const;
    [[nodiscard]] Seq requestOnStream(const Record &record) const;
    /// Whether a record is a part of the answer to a request.
    [[nodiscard]] bool answers(Seq seq, Seq request) const;
    [[nodiscard]] std::uint32_t promisedBy(Seq push) const;
    void addHead(FieldList &list, Seq seq);
    [[nodiscard]] QString titleOf(Seq seq, std::vector<Field> &fields) const;

    std::shared_ptr<const Capture> m_capture;
    const ConnectionIndex &m_index;
    FieldList *m_request;
    FieldList *m_answer;
};

} // namespace pushscope
