#include "core/engine/verdict.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <functional>

using namespace pushscope;

class VerdictTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judges_data();
    void judges();
    void countsWhatIsPending();
    void tellsForWhomAConnectionWasDropped();
    void tellsHowTlsClosed();
    void namesTheCauseOfEveryError();
};

Q_DECLARE_METATYPE(Ending)

void VerdictTest::judges_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("by");
    const auto row = [](const char *name, Verdict verdict, const char *by, const std::function<void(Ending &)> &fill) {
        Ending ending;
        fill(ending);
        QTest::newRow(name) << ending << verdict << QString::fromLatin1(by);
    };
    row("refused", Verdict::NeverAnswered, "network", [](Ending &e) { e.bytes = ByteEnd::Failed; });
    row("closed at once", Verdict::NeverAnswered, "peer", [](Ending &e) { e.bytes = ByteEnd::Fin; });
    row("reset at once", Verdict::NeverAnswered, "peer", [](Ending &e) { e.bytes = ByteEnd::Reset; });
    row("no HTTP", Verdict::NeverAnswered, "peer", [](Ending &) {});
    row("a broken rule before the answer", Verdict::NeverAnswered, "us", [](Ending &e) { e.ours = OurEnd::GaveUp; });
    row("no answer in time", Verdict::NeverAnswered, "us", [](Ending &e) { e.ours = OurEnd::TimedOut; });
    row("left before the answer", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::Left; });
    row("dropped before the answer", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::Dropped; });

    const auto answered = [&row](const char *name, Verdict verdict, const char *by,
                                 const std::function<void(Ending &)> &fill) {
        row(name, verdict, by, [&fill](Ending &e) {
            e.answered = true;
            fill(e);
        });
    };
    answered("last chunk", Verdict::Clean, "peer", [](Ending &e) { e.messageEnded = true; });
    answered("last chunk inside a block", Verdict::Clean, "peer",
             [](Ending &e) { e.messageEnded = e.insideBlock = true; });
    answered("FIN between blocks", Verdict::Clean, "peer", [](Ending &e) { e.bytes = ByteEnd::Fin; });
    answered("FIN inside a block", Verdict::Cut, "peer",
             [](Ending &e) { e.bytes = ByteEnd::Fin, e.insideBlock = true; });
    answered("FIN inside a chunk", Verdict::Cut, "peer",
             [](Ending &e) { e.bytes = ByteEnd::Fin, e.insideMessage = true; });
    answered("bad chunk", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::GaveUp, e.insideMessage = true; });
    answered("FIN after close_notify", Verdict::Clean, "peer",
             [](Ending &e) { e.bytes = ByteEnd::Fin, e.secure = e.closeNotify = true; });
    answered("FIN without close_notify", Verdict::Cut, "peer",
             [](Ending &e) { e.bytes = ByteEnd::Fin, e.secure = true; });
    answered("last chunk without close_notify", Verdict::Clean, "peer",
             [](Ending &e) { e.bytes = ByteEnd::Fin, e.secure = e.messageEnded = true; });
    answered("reset", Verdict::Reset, "peer", [](Ending &e) { e.bytes = ByteEnd::Reset; });
    answered("network gone", Verdict::Cut, "network", [](Ending &e) { e.bytes = ByteEnd::Failed; });
    answered("left", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::Left; });
    answered("dropped", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::Dropped; });
    answered("idle", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::TimedOut; });

    const auto webSocket = [&answered](const char *name, Verdict verdict, const char *by,
                                       const std::function<void(Ending &)> &fill) {
        answered(name, verdict, by, [&fill](Ending &e) {
            e.webSocket = true;
            fill(e);
        });
    };
    webSocket("closing handshake", Verdict::Clean, "peer",
              [](Ending &e) { e.bytes = ByteEnd::Fin, e.closeSent = e.closeReceived = true; });
    webSocket("closing handshake, ours", Verdict::Clean, "us",
              [](Ending &e) { e.bytes = ByteEnd::Fin, e.closeSent = e.closeReceived = e.closedFirst = true; });
    webSocket("closing handshake, TCP left open", Verdict::Clean, "peer",
              [](Ending &e) { e.ours = OurEnd::Left, e.closeSent = e.closeReceived = true; });
    webSocket("no close frame", Verdict::Cut, "peer", [](Ending &e) { e.bytes = ByteEnd::Fin; });
    webSocket("inside a frame", Verdict::Cut, "peer", [](Ending &e) { e.bytes = ByteEnd::Fin, e.insideBlock = true; });
    webSocket("close unanswered", Verdict::Cut, "peer", [](Ending &e) { e.bytes = ByteEnd::Fin, e.closeSent = true; });
    webSocket("reset of a WebSocket", Verdict::Reset, "peer", [](Ending &e) { e.bytes = ByteEnd::Reset; });
    webSocket("close ignored", Verdict::ByUs, "us", [](Ending &e) { e.ours = OurEnd::Left, e.closeSent = true; });
    webSocket("violation", Verdict::ByUs, "us",
              [](Ending &e) { e.ours = OurEnd::GaveUp, e.bytes = ByteEnd::Fin, e.closeSent = e.closeReceived = true; });
}

void VerdictTest::judges()
{
    QFETCH(Ending, ending);
    QFETCH(Verdict, verdict);
    QFETCH(QString, by);
    const EndFacts facts = judge(ending);
    QCOMPARE(facts.verdict, verdict);
    QCOMPARE(QString::fromStdString(facts.by), by);
    QVERIFY(!facts.text.empty());
}

void VerdictTest::countsWhatIsPending()
{
    Ending ending;
    ending.answered = ending.insideBlock = true;
    ending.bytes = ByteEnd::Fin;
    ending.pendingBytes = 17;
    QCOMPARE(judge(ending).pendingBytes, 17u);
    QCOMPARE(judge(ending).text, std::string("cut mid-event, 17 bytes unfinished"));
}

void VerdictTest::tellsForWhomAConnectionWasDropped()
{
    Ending ending;
    ending.ours = OurEnd::Dropped;
    QCOMPARE(judge(ending).text, std::string("dropped by us, before an answer came"));
    ending.droppedFor = SessionId(2);
    QCOMPARE(judge(ending).text, std::string("the connection was dropped by us, for session 2, before an answer came"));
    ending.answered = true;
    QCOMPARE(judge(ending).text, std::string("the connection was dropped by us, for session 2"));
    ending.webSocket = ending.insideBlock = true;
    QCOMPARE(judge(ending).text, std::string("the connection was dropped by us, for session 2"));
    ending.droppedFor = SessionId();
    ending.droppedAfter = 2;
    QCOMPARE(judge(ending).text, std::string("dropped by us after 2 messages"));
    ending.webSocket = false;
    ending.droppedAfter = 1;
    QCOMPARE(judge(ending).text, std::string("dropped by us after 1 event"));
}

void VerdictTest::tellsHowTlsClosed()
{
    Ending ending;
    QCOMPARE(judge(ending).tlsClose, std::string());
    ending.secure = true;
    QCOMPARE(judge(ending).tlsClose, std::string()); // who leaves does not wait for it
    ending.bytes = ByteEnd::Fin;
    QCOMPARE(judge(ending).tlsClose, std::string("missing"));
    ending.closeNotify = true;
    QCOMPARE(judge(ending).tlsClose, std::string("clean"));
}

void VerdictTest::namesTheCauseOfEveryError()
{
    QCOMPARE(causeOf(ErrorCode::None), Cause::None);
    for (int code = 1; code <= static_cast<int>(ErrorCode::NotSupported); ++code)
        QVERIFY(causeOf(static_cast<ErrorCode>(code)) != Cause::None);
    QCOMPARE(causeOf(ErrorCode::TcpRefused), Cause::Refused);
    QCOMPARE(causeOf(ErrorCode::SseContentType), Cause::Type);
    QCOMPARE(causeOf(Verdict::Clean), Cause::Clean);
    QCOMPARE(causeOf(Verdict::Reset), Cause::Reset);
    QCOMPARE(causeOf(Verdict::Cut), Cause::Cut);
    QCOMPARE(causeOf(Verdict::ByUs), Cause::User);
}

PUSHSCOPE_TEST(VerdictTest)
#include "verdicttest.moc"
