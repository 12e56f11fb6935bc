#include "core/insight/companionpairs.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

namespace {

constexpr std::int64_t Millisecond = 1'000'000;

JsonPointer pointer(const char *text)
{
    return *JsonPointer::parse(text);
}

/// A stream on connection 1 and requests beside it, each on a connection of its own.
class Talk : public CaptureBuilder
{
public:
    Seq request(std::uint32_t on, const char *body)
    {
        connection = on;
        const Seq seq =
            whole(RecordKind::HttpRequest, "POST / HTTP/1.1\r\n\r\n", Direction::Out, RecordFlag::Companion);
        whole(RecordKind::HttpBody, body, Direction::Out, RecordFlag::Companion);
        connection = 1;
        return seq;
    }
    void answer(std::uint32_t on, const char *body)
    {
        connection = on;
        whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n\r\n", Direction::In, RecordFlag::Companion);
        whole(RecordKind::HttpBody, body, Direction::In, RecordFlag::Companion);
        connection = 1;
    }
    /// A message of an answer that streams.
    Seq streamed(std::uint32_t on, const std::string &data, RecordKind kind = RecordKind::SseEvent)
    {
        connection = on;
        const bool isEvent = kind == RecordKind::SseEvent;
        const Seq seq =
            whole(kind, isEvent ? "data: " + data + "\n\n" : data + "\n", Direction::In, RecordFlag::Companion);
        connection = 1;
        return seq;
    }
    Seq event(const std::string &id, const std::string &data = "x")
    {
        return whole(RecordKind::SseEvent, "id: " + id + "\ndata: " + data + "\n\n", Direction::In, RecordFlag::IdSet);
    }
};

} // namespace

class CompanionPairsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pairsByTheIdOfTheAnswer()
    {
        Talk talk;
        CompanionPairs pairs(talk.capture, SessionId(1), {PairingRule::Side::Answer, pointer("/id"), {}});
        talk.event("6");
        const Seq first = talk.request(2, "{}");
        talk.time = 5 * Millisecond;
        talk.request(3, "{}");
        talk.answer(2, "{\"id\": 7}");
        talk.event("9");
        talk.time = 12 * Millisecond;
        const Seq message = talk.event("7");
        QVERIFY(!pairs.advance());
        QCOMPARE(pairs.pairs().size(), std::size_t(2));
        const CompanionPair &pair = pairs.pairs()[0];
        QCOMPARE(pair.request, first);
        QVERIFY(pair.answer.isValid());
        QCOMPARE(pair.message, message);
        QCOMPARE(pair.id, std::string("7"));
        QCOMPARE(pair.latency(), std::optional(12 * Millisecond));
        QVERIFY(!pairs.pairs()[1].latency());
    }

    void anEventMayComeBeforeTheAnswer()
    {
        Talk talk;
        CompanionPairs pairs(talk.capture, SessionId(1), {PairingRule::Side::Answer, pointer("/id"), {}});
        talk.event("7"); // before the request: another's
        talk.request(2, "{}");
        const Seq message = talk.event("7");
        while (pairs.advance(1)) {
        }
        QVERIFY(!pairs.pairs()[0].message.isValid());
        talk.answer(2, "{\"id\":\"7\"}");
        pairs.advance();
        QCOMPARE(pairs.pairs()[0].message, message);
    }

    void pairsByAnIdInsideTheMessage()
    {
        Talk talk;
        CompanionPairs pairs(talk.capture, SessionId(1),
                             {PairingRule::Side::Request, pointer("/id"), pointer("/reply/to")});
        talk.request(2, "{\"id\":\"abc\"}");
        talk.answer(2, "{\"id\":\"other\"}");
        talk.event("abc");
        talk.event("1", "no JSON");
        const Seq message = talk.event("2", "{\"reply\":{\"to\":\"abc\"}}");
        pairs.advance();
        QCOMPARE(pairs.pairs()[0].message, message);
    }

    void looksIntoAnAnswerThatStreams()
    {
        for (const RecordKind kind : {RecordKind::SseEvent, RecordKind::StreamLine, RecordKind::StreamChunk}) {
            Talk talk;
            CompanionPairs pairs(talk.capture, SessionId(1), {PairingRule::Side::Answer, pointer("/id"), {}});
            talk.request(2, "{}");
            talk.streamed(2, "{\"progress\":1}", kind);
            talk.streamed(2, "{\"id\":7}", kind);
            talk.streamed(2, "{\"id\":8}", kind);
            talk.event("8");
            const Seq message = talk.event("7");
            pairs.advance();
            QCOMPARE(pairs.pairs()[0].id, std::string("7"));
            QCOMPARE(pairs.pairs()[0].message, message);
        }
    }

    /// As a Model Context Protocol server may: what answers comes in the POST's own stream.
    void theAnsweringMessageMayStandInTheAnswer()
    {
        Talk talk;
        CompanionPairs pairs(talk.capture, SessionId(1), {PairingRule::Side::Request, pointer("/id"), pointer("/id")});
        talk.request(2, "{\"id\":3}");
        talk.streamed(2, "{\"method\":\"progress\"}");
        talk.event("9", "{\"id\":4}");
        const Seq message = talk.streamed(2, "{\"id\":3,\"result\":{}}");
        pairs.advance();
        QCOMPARE(pairs.pairs()[0].message, message);
    }

    void findsNothingInWhatIsNoId()
    {
        for (const char *body : {"", "no JSON", "[]", "{\"id\":{}}", "{\"id\":[7]}"}) {
            Talk talk;
            CompanionPairs pairs(talk.capture, SessionId(1), {PairingRule::Side::Answer, pointer("/id"), {}});
            talk.request(2, "{}");
            talk.answer(2, body);
            talk.event("7");
            pairs.advance();
            QVERIFY(pairs.pairs()[0].id.empty());
            QVERIFY(!pairs.pairs()[0].message.isValid());
        }
    }

    void isBounded()
    {
        Talk talk;
        CompanionPairs pairs(talk.capture, SessionId(1), {PairingRule::Side::Answer, pointer("/id"), {}});
        for (std::uint32_t i = 0; i < CompanionPairs::Limit + 10; ++i)
            talk.request(2 + i, "{}");
        pairs.advance();
        QCOMPARE(pairs.pairs().size(), CompanionPairs::Limit);
    }
};

PUSHSCOPE_TEST(CompanionPairsTest)
#include "companionpairstest.moc"
