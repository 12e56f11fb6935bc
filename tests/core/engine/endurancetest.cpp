#include "core/capture/capture.h"
#include "core/capture/facts.h"
#include "core/engine/session.h"
#include "tests/core/engine/faketransport.h"
#include "tests/core/engine/manualalarms.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

constexpr std::uint64_t Events = 10'000'000;
constexpr std::uint64_t EventsEach = 10'000; ///< before each drop
constexpr std::uint64_t EventsARead = 500;
constexpr Milliseconds Week{7 * 24 * 3600 * 1000};

/// What the process holds for itself, in KiB: a capture's files are not among it.
long ownMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (QByteArray line = status.readLine(); !line.isEmpty(); line = status.readLine()) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').first().toLong();
    }
    return -1;
}

} // namespace

/// A week of one stream over a clock that is moved by hand: ten million events, and a drop after every ten thousand.
class EnduranceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_capture = *Capture::create({m_folder.path().toStdString()}, m_clock);
        m_writer = std::make_unique<CaptureWriter>(m_capture);
        m_services = std::make_unique<EngineServices>(
            EngineServices{*m_writer, m_moment, m_alarms, m_links,
                           [this] { return std::make_unique<FakeTransport>([](const std::string &) {}, m_transport); },
                           [this] { return ConnectionId(++m_connections); }, [] { return 1U; },
                           [](const char *) { return std::nullopt; }});
    }

    void aWeekWithAThousandDrops()
    {
        Target target;
        target.url = *parseUrl("http://example.test/events");
        target.proxy.kind = ProxyOptions::Kind::None;
        Session session(SessionId(1), target, *m_services,
                        {[] {}, [] {}, [] {}, [](SessionState, bool) {}, [](const Error &) {}});
        session.start();
        long early = 0;
        for (std::uint64_t first = 1; first <= Events; first += EventsEach) {
            QVERIFY(m_transport != nullptr);
            answer(first);
            sendEvents(first);
            m_transport->end(ByteEnd::Reset, {ErrorCode::TcpReset, "the connection was reset"});
            m_alarms.advance(Milliseconds(5000)); // longer than the reconnection time
            if (first == Events / 4 + 1)
                early = ownMemory();
        }
        session.cut();
        m_writer->publish();
        QVERIFY2(ownMemory() < early + 4096, qPrintable(QStringLiteral("%1 KiB, then %2").arg(early).arg(ownMemory())));
        countRecords();
    }

private:
    void answer(std::uint64_t first)
    {
        m_transport->connect();
        const bool asks =
            m_transport->written.find("Last-Event-ID: " + std::to_string(first - 1) + "\r\n") != Bytes::npos;
        QCOMPARE(asks, first > 1);
        m_transport->receive("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    }

    void sendEvents(std::uint64_t first)
    {
        Bytes read;
        for (std::uint64_t id = first; id < first + EventsEach;) {
            read.clear();
            for (const std::uint64_t end = id + EventsARead; id < end; ++id)
                read.append("id: ").append(std::to_string(id)).append("\ndata: x\n\n");
            m_transport->receive(read);
            m_alarms.advance(Week / (Events / EventsARead));
        }
    }

    /// Nothing is missing, and every resume was seen to be one without gap or repetition.
    void countRecords()
    {
        std::uint64_t events = 0;
        std::uint64_t resumes = 0;
        std::uint64_t waits = 0;
        for (Seq seq(1); seq.value <= m_capture->counts().records; ++seq.value) {
            const RecordKind kind = m_capture->record(seq).kind;
            events += kind == RecordKind::SseEvent ? 1 : 0;
            if (kind == RecordKind::Resume) {
                ++resumes;
                const auto facts = decodeFacts<ResumeFacts>(m_capture->derived(seq));
                QCOMPARE(facts.gap, std::optional<std::uint64_t>(0));
                QCOMPARE(facts.duplicates, 0U);
                QVERIFY(!facts.ignored);
            } else if (kind == RecordKind::State) {
                const auto facts = decodeFacts<StateFacts>(m_capture->derived(seq));
                waits += facts.state == SessionState::Waiting ? 1 : 0;
            }
        }
        QCOMPARE(events, Events);
        QCOMPARE(waits, Events / EventsEach);
        QCOMPARE(resumes, Events / EventsEach - 1);
    }

    QTemporaryDir m_folder;
    FixedClock m_clock;
    Moment m_moment{m_clock};
    ManualAlarms m_alarms{m_clock};
    FakeTransport *m_transport = nullptr;
    std::uint32_t m_connections = 0;
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<CaptureWriter> m_writer;
    LinkPool m_links; ///< its links let go of the writer when they end
    std::unique_ptr<EngineServices> m_services;
};

PUSHSCOPE_TEST(EnduranceTest)
#include "endurancetest.moc"
