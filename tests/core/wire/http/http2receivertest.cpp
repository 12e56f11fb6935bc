#include "core/wire/http/http2receiver.h"
#include "tests/core/wire/http/http2facttext.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {

std::string facts(Http2Receiver &receiver)
{
    Http2FactText text;
    HttpFact fact;
    while (receiver.next(fact))
        text.add(fact);
    return text.take();
}

} // namespace

class Http2ReceiverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsContentInTheConnection()
    {
        Http2Receiver receiver(Role::Client, 1000);
        receiver.open(1);
        receiver.begin("12345");
        const ByteView input = "abcdef";
        receiver.begin(input);
        receiver.content(1, input.substr(2, 3));
        HttpFact fact;
        QVERIFY(receiver.next(fact));
        QCOMPARE(fact.range, (ByteRange{7, 10}));
        QCOMPARE(fact.body, ByteView("cde"));
        QVERIFY(!receiver.next(fact));
    }

    void tellsNoMoreThanIsAskedFor()
    {
        Http2Receiver receiver(Role::Client, 1000);
        receiver.open(1);
        const ByteView input = "abcdef";
        receiver.begin(input);
        receiver.reach(4);
        receiver.content(1, input.substr(1, 2));
        receiver.streamEnds(1);
        receiver.fail(ErrorCode::Http2Protocol, "what came behind");
        HttpFact fact;
        QVERIFY(!receiver.next(fact, 2));
        QVERIFY(receiver.next(fact, 3));
        QCOMPARE(fact.body, ByteView("bc"));
        QVERIFY(!receiver.next(fact, 3));
        QVERIFY(receiver.isFailed());
        QVERIFY(!receiver.failure());
        QVERIFY(receiver.next(fact, 4));
        QCOMPARE(fact.kind, HttpFact::Kind::End);
        QVERIFY(receiver.failure());
    }

    void tellsTrailersFromHeads()
    {
        Http2Receiver receiver(Role::Client, 1000);
        receiver.open(1);
        for (const char *status : {"103", "200", ""}) {
            receiver.headBegins(1, false);
            QVERIFY(receiver.field(1, *status != '\0' ? ":status" : "t", status));
            receiver.headEnds(1, *status == '\0');
        }
        QCOMPARE(facts(receiver),
                 std::string("1 head 103 :status=103\n1 head 200 :status=200\n1 trailers t=\n1 end\n"));
    }

    void limitsTheHead()
    {
        Http2Receiver receiver(Role::Server, 100);
        receiver.open(1);
        receiver.headBegins(1, false);
        QVERIFY(receiver.field(1, "a", std::string(60, 'x')));
        QVERIFY(!receiver.field(1, "b", "c"));
        QVERIFY(facts(receiver).starts_with("1 reset ENHANCE_YOUR_CALM by us: the field section is larger than 100"));
        receiver.headEnds(1, true);
        QCOMPARE(facts(receiver), std::string());
    }

    void limitsInterimHeadsTogether()
    {
        Http2Receiver receiver(Role::Client, 100);
        receiver.open(1);
        for (int i = 0; i < 2; ++i) {
            receiver.headBegins(1, false);
            QVERIFY(receiver.field(1, ":status", "103")); // 42 bytes (RFC 9113 section 6.5.2)
            receiver.headEnds(1, false);
        }
        QCOMPARE(facts(receiver), std::string("1 head 103 :status=103\n1 head 103 :status=103\n"));
        receiver.headBegins(1, false);
        QVERIFY(!receiver.field(1, ":status", "103"));
        QVERIFY(facts(receiver).starts_with("1 reset ENHANCE_YOUR_CALM by us: the interim answers' heads"));
    }

    void knowsWhoseATroubleIs()
    {
        Http2Receiver receiver(Role::Server, 100);
        receiver.open(1);
        receiver.broken(1, Http2ErrorCode::ProtocolError, "what it did");
        QCOMPARE(facts(receiver), std::string());
        receiver.settle();
        QCOMPARE(facts(receiver), std::string("1 reset PROTOCOL_ERROR by us: what it did\n"));
        receiver.open(3);
        receiver.broken(3, Http2ErrorCode::ProtocolError, "what it did");
        receiver.failFor("reason", Http2ErrorCode::ProtocolError);
        receiver.settle();
        QCOMPARE(facts(receiver), std::string());
        QCOMPARE(receiver.failure()->detail, std::string("what it did"));
    }

    void leavesAWholeAnswerAlone()
    {
        Http2Receiver receiver(Role::Client, 100);
        receiver.open(1);
        receiver.streamEnds(1);
        receiver.resetByPeer(1, 0);
        receiver.closed(1, 0);
        receiver.open(3);
        receiver.closed(3, 7);
        QCOMPARE(facts(receiver).substr(0, 32), std::string("1 end\n3 reset REFUSED_STREAM by "));
        QCOMPARE(receiver.openStreams(), std::size_t{0});
    }
};

PUSHSCOPE_TEST(Http2ReceiverTest)
#include "http2receivertest.moc"
