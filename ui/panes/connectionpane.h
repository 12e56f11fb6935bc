#pragma once

#include "core/capture/capture.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace pushscope {

class ConnectionIndex;
class FieldList;
class Http2Flow;

/// What is known of the connection that a record came on: names and addresses, times, TLS, over HTTP/2 the settings of
/// both sides, the WebSocket handshake, how it ended.
class ConnectionPane : public QWidget
{
    Q_OBJECT
public:
    ConnectionPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, const Http2Flow &flow,
                   QWidget *parent = nullptr);

    void showRecord(Seq seq);
    /// Windows, round trips and streams of an HTTP/2 connection, and what content codings did, as they are now.
    void refresh();

private:
    /// The records that make the sections, in order.
    [[nodiscard]] std::vector<Seq> sectionsOf(Seq seq) const;
    void addSection(Seq seq);
    /// The session's jar behind the record.
    void addCookies(Seq seq);
    void addCoding(Seq seq);

    std::shared_ptr<const Capture> m_capture;
    const ConnectionIndex &m_index;
    const Http2Flow &m_flow;
    FieldList *m_fields;
    Seq m_seq;
    bool m_isCoded = false; ///< content codings wrap what is shown
};

} // namespace pushscope
