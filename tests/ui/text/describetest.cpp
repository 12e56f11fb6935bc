#include "ui/text/describe.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class DescribeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdictsInWords()
    {
        QCOMPARE(describe(EndFacts{.verdict = Verdict::Clean}), QStringLiteral("ended cleanly"));
        QCOMPARE(describe(EndFacts{.verdict = Verdict::Reset, .tlsClose = "missing"}),
                 QStringLiteral("reset after data \u00B7 no TLS close_notify"));
        QCOMPARE(describe(EndFacts{.verdict = Verdict::Cut, .pendingBytes = 1}),
                 QStringLiteral("cut in the middle \u00B7 1 unfinished byte"));
        QCOMPARE(describe(EndFacts{.pendingBytes = 1, .text = "cut mid-event, 1 byte unfinished"}),
                 QStringLiteral("cut mid-event, 1 byte unfinished"));
        SessionSummary closed;
        closed.state = SessionState::Closed;
        QCOMPARE(describeSession(closed, 0, {}), QStringLiteral("closed"));
        closed.verdict = word(Verdict::ByUs);
        QCOMPARE(describeSession(closed, 0, {}), QStringLiteral("closed \u00B7 ended by us"));
        QCOMPARE(describe(CodingFacts{"gzip", 1000, 5250, 1.5}),
                 QStringLiteral("gzip: 1.0 KB on the wire became 5.3 KB (5.3 to 1) \u00B7 waited 1.5 ms for more"));
        QCOMPARE(describe(CodingFacts{"br", 7, 0, 0}), QStringLiteral("br: 7 B on the wire became 0 B"));
        QCOMPARE(describe(ResumeFacts{.gap = 3}), QStringLiteral("Resumed: 3 events were never seen: a gap"));
        QCOMPARE(describe(ResumeFacts{.replayed = 2}),
                 QStringLiteral("Resumed: the ids can't tell whether any is missing, 2 events replayed"));
        QCOMPARE(describe(ResumeFacts{.ignored = true}),
                 QStringLiteral("The server ignored Last-Event-ID and began anew"));
    }

    void aWaitSaysHowLongWhyAndFromWhere()
    {
        StateFacts facts{.state = SessionState::Waiting, .delayMs = 3000, .delaySource = DelaySource::Retry};
        facts.idSeen = "7";
        facts.reason = "reset after data";
        QCOMPARE(describe(facts),
                 QStringLiteral("Reconnecting in 3.0 s (retry: server) with Last-Event-ID 7, after: reset after data"));
    }

    void networkTextCannotAct()
    {
        StateFacts facts{.state = SessionState::Failed};
        facts.reason = "a\x1B]0;b";
        QCOMPARE(describe(facts), QStringLiteral("Failed: a\u27E81B\u27E9]0;b"));
    }

    void connectionRecords()
    {
        test::CaptureBuilder builder;
        const Seq dns = builder.facts(RecordKind::Dns, DnsFacts{"h.test", {"10.0.0.1", "::1"}, 2.5});
        const Seq error = builder.facts(RecordKind::Error, ErrorFacts{"tcp.refused", "nobody listens"});
        QCOMPARE(describeRecord(*builder.capture, dns), QStringLiteral("h.test \u2192 10.0.0.1, ::1 \u00B7 2.5 ms"));
        QCOMPARE(describeRecord(*builder.capture, error), QStringLiteral("tcp.refused: nobody listens"));
    }

    void overHttp2()
    {
        test::CaptureBuilder builder;
        builder.stream = 1;
        const auto is = [&](Seq seq, const QString &kind, const QString &text) {
            QCOMPARE(describeKind(*builder.capture, seq), kind);
            QCOMPARE(describeRecord(*builder.capture, seq), text);
        };
        is(builder.facts(RecordKind::HttpPush, PushFacts{2, {{":method", "GET"}, {":path", "/p"}}}),
           QStringLiteral("push"), QStringLiteral("GET /p HTTP/2 on stream 2"));
        is(builder.facts(RecordKind::HttpResponse, ResponseFacts{0, {{":status", "302"}, {"location", "/odd"}}}),
           QStringLiteral("response"), QStringLiteral("302 \u2192 /odd"));
        is(builder.whole(RecordKind::H2WindowUpdate, ByteView("\0\0\4\x08\0\0\0\0\1\0\1\0\0", 13)),
           QStringLiteral("h2.window_update"), QStringLiteral("WINDOW_UPDATE stream 1 \u00B7 +65,536"));
    }

    void aRedirectSaysWhereTo()
    {
        test::CaptureBuilder builder;
        const Seq moved = builder.whole(RecordKind::HttpResponse,
                                        "HTTP/1.1 302 Found\r\nContent-Type: text/html\r\nLocation: /odd\r\n\r\n");
        const Seq fine = builder.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nLocation: /odd\r\n\r\n");
        QCOMPARE(describeRecord(*builder.capture, moved), QStringLiteral("302 \u2192 /odd"));
        QCOMPARE(describeRecord(*builder.capture, fine), QStringLiteral("200 OK"));
    }

    void aFailedHandshakeHasNoEmptyParts()
    {
        test::CaptureBuilder builder;
        TlsRecordFacts facts;
        facts.ms = 2.5;
        const Seq tls = builder.facts(RecordKind::Tls, facts);
        QCOMPARE(describeRecord(*builder.capture, tls), QStringLiteral("certificate not verified \u00B7 2.5 ms"));
    }

    void closeCodes()
    {
        QCOMPARE(describeCloseCode(1000), QStringLiteral("normal closure"));
        QCOMPARE(describeCloseCode(1006), QStringLiteral("not for use on the wire (RFC 6455, 7.4.1)"));
        QCOMPARE(describeCloseCode(4001), QStringLiteral("private use"));
    }
};

PUSHSCOPE_TEST(DescribeTest)
#include "describetest.moc"
