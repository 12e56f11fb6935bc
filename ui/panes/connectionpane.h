#pragma once

#include "core/capture/capture.h"

#include <QWidget>

#include <memory>

namespace pushscope {

class ConnectionIndex;
class FieldList;

/// What is known of the connection that a record came on: names and addresses, times, TLS, the WebSocket handshake, how
/// it ended.
class ConnectionPane : public QWidget
{
    Q_OBJECT
public:
    ConnectionPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, QWidget *parent = nullptr);

    void showRecord(Seq seq);

private:
    std::shared_ptr<const Capture> m_capture;
    const ConnectionIndex &m_index;
    FieldList *m_fields;
};

} // namespace pushscope
