#include "ui/panes/rpcpane.h"

#include "ui/frameticker.h"
#include "ui/models/rpcmodel.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

namespace pushscope {

namespace {

/// A session that said nothing of JSON-RPC in so many records speaks something else.
constexpr std::uint64_t EnoughToTell = 10'000;

QString describeEndpoint(const McpEndpoint &endpoint)
{
    if (!endpoint.isKnown())
        return words("JSON-RPC 2.0");
    QStringList facts{endpoint.isOldTransport ? words("Model Context Protocol over HTTP with SSE (2024-11-05)")
                                              : words("Model Context Protocol over streamable HTTP")};
    const auto add = [&facts](const QString &text, const std::string &value) {
        if (!value.empty())
            facts += text.arg(visibleLine(value));
    };
    add(words("server %1"),
        endpoint.serverVersion.empty() ? endpoint.serverName : endpoint.serverName + " " + endpoint.serverVersion);
    add(words("protocol %1"), endpoint.protocolVersion);
    add(words("session %1"), endpoint.sessionId);
    add(words("requests go to %1"), endpoint.postUrl);
    add(words("it can: %1"), endpoint.capabilities);
    return facts.join(QStringLiteral(" \u00B7 "));
}

} // namespace

RpcPane::RpcPane(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_endpoint(new PlainLabel(QString(), this, "muted")),
      m_model(new RpcModel(m_capture->wallStart(), this)), m_table(new QTreeView(this))
{
    setObjectName(QStringLiteral("rpcPane"));
    m_endpoint->setObjectName(QStringLiteral("rpcEndpoint"));
    m_endpoint->setWordWrap(true);
    m_endpoint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_endpoint->setContentsMargins(12, 8, 12, 6);
    m_table->setObjectName(QStringLiteral("rpcCalls"));
    m_table->setAccessibleName(words("JSON-RPC calls"));
    m_table->setModel(m_model);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setFrameShape(QFrame::NoFrame);
    fitColumns();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_endpoint);
    column->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        const RpcCall *call = m_model->call(index);
        if (!call || m_isMarking)
            return;
        m_wanted = {};
        Q_EMIT recordPicked(call->request.isValid() ? call->request : call->reply);
    });
    connect(m_table, &QTreeView::activated, this, &RpcPane::pickReply);
}

RpcPane::~RpcPane() = default;

/// The method and what came of it share what the others leave.
void RpcPane::fitColumns()
{
    const QFontMetrics metrics(m_table->font());
    const auto fit = [this, &metrics](RpcModel::Column column, const QString &longest) {
        m_table->header()->resizeSection(column, metrics.horizontalAdvance(longest) + 18);
    };
    fit(RpcModel::CallId, QStringLiteral("\"demo-12\""));
    fit(RpcModel::Way, words("\u2193 received"));
    for (const RpcModel::Column time : {RpcModel::Asked, RpcModel::Replied})
        fit(time, QStringLiteral("00:00:00.000"));
    fit(RpcModel::Latency, QStringLiteral("123.4 ms"));
    for (const RpcModel::Column column : {RpcModel::Method, RpcModel::Outcome})
        m_table->header()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void RpcPane::showRecord(Seq seq)
{
    if (!seq.isValid())
        return;
    showSession(SessionId(m_capture->record(seq).session));
    m_wanted = seq;
    mark();
}

void RpcPane::mark()
{
    const int row = m_wanted.isValid() ? m_model->rowOf(m_wanted) : -1;
    if (row < 0)
        return;
    const QScopedValueRollback marking(m_isMarking, true);
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_wanted = {};
}

void RpcPane::showSession(SessionId session)
{
    if (!session.isValid() || session == m_session)
        return;
    m_session = session;
    m_wanted = {};
    m_model->setLedger(nullptr);
    m_ledger = std::make_unique<RpcLedger>(m_capture, session);
    m_model->setLedger(m_ledger.get());
    m_revision = ~0ull;
    refresh();
}

void RpcPane::advance(bool isLookedAt)
{
    constexpr std::uint64_t Step = 64;
    if (!m_ledger)
        return;
    SliceTimer timer(isLookedAt ? FrameTicker::Slice : FrameTicker::Slice / 5, 1);
    while (isLookedAt || (!m_isKnown && m_ledger->seen() < EnoughToTell)) {
        const bool hasMore = m_ledger->advance(Step);
        if (m_ledger->isKnown() != m_isKnown)
            refresh();
        if (!hasMore || timer.isOver())
            break;
    }
    if (isLookedAt && m_revision != m_ledger->revision())
        refresh();
}

void RpcPane::refresh()
{
    m_revision = m_ledger->revision();
    m_endpoint->setText(describeEndpoint(m_ledger->endpoint()));
    m_model->refresh();
    mark();
    if (m_isKnown == m_ledger->isKnown())
        return;
    m_isKnown = m_ledger->isKnown();
    Q_EMIT recognised(m_isKnown);
}

void RpcPane::pickReply()
{
    const RpcCall *call = m_model->call(m_table->currentIndex());
    if (call && call->reply.isValid())
        Q_EMIT recordPicked(call->reply);
}

} // namespace pushscope
