#pragma once

#include "core/insight/rpcledger.h"

#include <QWidget>

#include <memory>

class QTreeView;

namespace pushscope {

class PlainLabel;
class RpcModel;

/// A session's JSON-RPC calls, requests paired with their replies, and what is known of its Model Context Protocol
/// endpoint. A row picks the request, Enter on it the reply.
class RpcPane : public QWidget
{
    Q_OBJECT
public:
    explicit RpcPane(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);
    ~RpcPane() override;

    void showRecord(Seq seq);
    void showSession(SessionId session);
    /// Reads on for a slice of a frame. Where it is not looked at only so far that it can tell whether there is
    /// anything to look at.
    void advance(bool isLookedAt);

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);
    /// Whether the session speaks JSON-RPC; known only after it was read.
    void recognised(bool isRpc);

private:
    void refresh();
    void mark();
    void fitColumns();
    void pickReply();

    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<RpcLedger> m_ledger;
    SessionId m_session;
    Seq m_wanted; ///< to be marked as soon as the ledger has reached it
    PlainLabel *m_endpoint;
    RpcModel *m_model;
    QTreeView *m_table;
    std::uint64_t m_revision = ~0ull;
    bool m_isKnown = false;
    bool m_isMarking = false;
};

} // namespace pushscope
