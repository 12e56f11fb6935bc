#include "core/engine/sessionhost.h"

#include "core/capture/capture.h"
#include "tests/core/engine/recordtext.h"
#include "tests/support/testmain.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <set>

using namespace pushscope;
using namespace pushscope::test;

/// On the test's own thread; EngineTest has it on its own.
class SessionHostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void publishesBeforeItTells();
    void givesEachConnectionItsNumber();
    void cutsWhatDoesNotEndInTime();
    void forgetsRemovedSessions();
    void stopsWhenTheCaptureIsFull();

private:
    void make(std::uint64_t byteLimit = 0);
    [[nodiscard]] Target target() const;
    QTcpSocket *serve(const QByteArray &answer);
    std::string lastRecord() const;

    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<SystemClock> m_clock;
    std::shared_ptr<Capture> m_capture;
    QStringList m_log;
    int m_shut = 0;
    std::unique_ptr<SessionHost> m_host; ///< goes first: it still has something to tell
};

void SessionHostTest::init()
{
    m_host.reset();
    m_log.clear();
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    make();
}

void SessionHostTest::make(std::uint64_t byteLimit)
{
    m_clock = std::make_unique<SystemClock>();
    Capture::Options options;
    options.byteLimit = byteLimit;
    m_capture = *Capture::create(options, *m_clock);
    EngineThread::Handlers handlers;
    handlers.opened = [this](SessionId id) {
        m_log += QStringLiteral("opened %1: %2").arg(id.value).arg(QString::fromStdString(lastRecord()));
    };
    handlers.shut = [this](SessionId) { ++m_shut; };
    handlers.ended = [this](SessionId id, SessionState, bool) {
        m_log += QStringLiteral("ended %1: %2").arg(id.value).arg(QString::fromStdString(lastRecord()));
    };
    handlers.captureFailed = [this](const Error &error) {
        m_log += QString::fromStdString(std::string(word(error.code)));
    };
    handlers.finished = [this] { m_log += QStringLiteral("finished"); };
    m_host = std::make_unique<SessionHost>(m_capture, handlers);
}

Target SessionHostTest::target() const
{
    Target target;
    target.url = *parseUrl("http://127.0.0.1:" + std::to_string(m_server->serverPort()) + "/");
    target.proxy.kind = ProxyOptions::Kind::None;
    return target;
}

QTcpSocket *SessionHostTest::serve(const QByteArray &answer)
{
    if (!QTest::qWaitFor([this] { return m_server->hasPendingConnections(); }))
        return nullptr;
    QTcpSocket *socket = m_server->nextPendingConnection();
    socket->write(answer);
    return socket;
}

std::string SessionHostTest::lastRecord() const
{
    const std::uint64_t count = m_capture->counts().records;
    return count == 0 ? "nothing" : std::string(word(m_capture->record(Seq(count)).kind));
}

void SessionHostTest::publishesBeforeItTells()
{
    m_host->open(SessionId(1), target(), true);
    QTcpSocket *peer = serve("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    QVERIFY(peer);
    QTRY_COMPARE(m_log, QStringList{QStringLiteral("opened 1: state")});
    m_host->post(SessionId(1), intent::Disconnect{});
    QCOMPARE(m_log.back(), QStringLiteral("ended 1: state"));
    m_host->post(SessionId(9), intent::Disconnect{}); // nobody
}

void SessionHostTest::givesEachConnectionItsNumber()
{
    for (std::uint32_t i = 1; i <= 3; ++i)
        m_host->open(SessionId(i), target(), true);
    std::set<std::uint32_t> connections;
    for (std::uint64_t seq = 1; seq <= m_capture->counts().records; ++seq) {
        if (m_capture->record(Seq(seq)).kind == RecordKind::State)
            connections.insert(m_capture->record(Seq(seq)).connection);
    }
    QCOMPARE(connections, (std::set<std::uint32_t>{1, 2, 3}));
}

/// A peer that answers no close: patience decides.
void SessionHostTest::cutsWhatDoesNotEndInTime()
{
    Target wanted = target();
    wanted.url.scheme = "ws";
    m_host->open(SessionId(1), wanted, true);
    m_host->shutDown(Milliseconds(0));
    QTRY_VERIFY(m_log.contains(QStringLiteral("finished")));
    QVERIFY(m_log.contains(QStringLiteral("ended 1: state")));
}

void SessionHostTest::forgetsRemovedSessions()
{
    m_host->open(SessionId(1), target(), true);
    m_host->remove(SessionId(1));
    QCOMPARE(lastRecord(), std::string("state")); // cut, on the record
    m_host->remove(SessionId(1));
    m_host->post(SessionId(1), intent::Connect{});
    m_host->shutDown(Milliseconds(60'000));
    QCOMPARE(m_log.back(), QStringLiteral("finished"));
}

void SessionHostTest::stopsWhenTheCaptureIsFull()
{
    m_host.reset();
    make(64 * 1024);
    m_host->open(SessionId(1), target(), true);
    m_host->open(SessionId(2), target(), true);
    QTcpSocket *first =
        serve("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + QByteArray(1'000'000, ':'));
    QTcpSocket *second =
        serve("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + QByteArray(1'000'000, ':'));
    QVERIFY(first && second);
    QTRY_COMPARE(m_log.count(QStringLiteral("disk.full")), 1);
    QVERIFY(m_capture->failure());
}

PUSHSCOPE_TEST(SessionHostTest)
#include "sessionhosttest.moc"
