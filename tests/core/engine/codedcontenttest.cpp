#include "core/engine/codedcontent.h"

#include "core/capture/trail.h"
#include "core/wire/coding/contentencoder.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {
using Flush = ContentEncoder::Flush;

/// Coded content of one coding, and what became of it.
struct Content
{
    Recording recording;
    Trail received;
    std::unique_ptr<CodedContent> coded;

    explicit Content(const std::string &coding, const std::string &accepted = "gzip, br, zstd")
    {
        const Headers request{{"Accept-Encoding", accepted}};
        const Headers answer{{"Content-Encoding", coding}};
        const Seq head = recording.recorder.append(recording.recorder.begin(RecordKind::HttpResponse, Direction::In));
        coded = openCodedContent(recording.recorder, received, {request, answer, head});
    }
    Bytes feed(const Bytes &bytes, std::int64_t later = 0)
    {
        recording.clock.monotonic += later;
        recording.recorder.tick();
        const Plaintext piece = recording.transfer(bytes);
        received.append(piece.logOffset, piece.bytes.size(), piece.carrier);
        coded->feed(piece.bytes);
        Bytes plain;
        for (ByteView made = coded->next(); !made.empty(); made = coded->next())
            plain += made;
        return plain;
    }
    /// What a record of the plain bytes in a range says of itself.
    std::string located(ByteRange range)
    {
        recording.recorder.append(RecordKind::SseEvent, Direction::In, coded->trail(), range);
        const std::string text = recording.text();
        return text.substr(text.rfind('\n', text.size() - 2) + 1);
    }
};

constexpr std::int64_t Millisecond = 1'000'000;
} // namespace

class CodedContentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainBytesAreCarriedByWhatBroughtTheCodedOnes()
    {
        Content content("gzip");
        const auto encoder = makeContentEncoder(ContentCoding::Gzip);
        QCOMPARE(content.feed(encoder->encode("data: a\n\n", Flush::Sync)), Bytes("data: a\n\n"));
        QCOMPARE(content.feed(encoder->encode("data: b\n\n", Flush::Sync)), Bytes("data: b\n\n"));
        QCOMPARE(content.located({9, 18}), std::string("4 sse.event \"data: b\\n\\n\" by 3\n"));
        QCOMPARE(content.located({0, 18}), std::string("5 sse.event \"data: a\\n\\ndata: b\\n\\n\" by 2..3\n"));
    }

    void bytesThatWaitedCarryTooAndTheirTimeIsTheDelay()
    {
        Content content("zstd");
        Bytes events;
        for (int id = 1; id <= 40; ++id)
            events += "data: held back\n\n";
        const Bytes frame = makeContentEncoder(ContentCoding::Zstd)->encode(events, Flush::End);
        QCOMPARE(content.feed(frame.substr(0, 20)), Bytes());
        QCOMPARE(content.feed(frame.substr(20, 4), 10 * Millisecond), Bytes());
        QCOMPARE(content.feed(frame.substr(24), 20 * Millisecond), events);
        QCOMPARE(content.located({17, 34}), std::string("5 sse.event \"data: held back\\n\\n\" by 2..4\n"));
        content.coded->finish();
        QCOMPARE(content.recording.text().substr(content.recording.text().rfind("coding")),
                 "coding zstd " + std::to_string(frame.size()) + " -> 680 waited 30\n");
    }

    void theMarkOfAFlushWaitsForNothing()
    {
        Content content("gzip");
        const auto encoder = makeContentEncoder(ContentCoding::Gzip);
        const Bytes first = encoder->encode("data: a\n\n", Flush::Sync);
        content.feed(first.substr(0, first.size() - 4)); // without 00 00 FF FF
        content.feed(first.substr(first.size() - 4));
        content.feed(encoder->encode("data: b\n\n", Flush::Sync), 1000 * Millisecond);
        content.coded->finish();
        const std::string text = content.recording.text();
        QVERIFY2(text.find("waited 0\n") != std::string::npos, text.c_str());
        QCOMPARE(content.located({9, 18}).substr(0, 36),
                 std::string("7 sse.event \"data: b\\n\\n\" by 4\n").substr(0, 36));
    }

    void totalsComeWithEveryThousandMessages()
    {
        Content content("gzip");
        content.feed(makeContentEncoder(ContentCoding::Gzip)->encode("data: a\n\n", Flush::Sync));
        content.coded->noteMessages(999);
        QCOMPARE(content.recording.text(), std::string("1 http.response 0\n"));
        content.coded->noteMessages(1);
        content.coded->noteMessages(999);
        QVERIFY(content.recording.text().ends_with(" -> 9 waited 0\n"));
        QCOMPARE(content.recording.capture->counts().records, std::uint64_t(3));
    }

    void anAnswerWithoutContentIsNotCut()
    {
        Content content("gzip");
        content.coded->finish();
        QCOMPARE(content.recording.text(), std::string("1 http.response 0\n"));
    }

    void whatNobodyWantsIsNotCut()
    {
        Content content("gzip");
        content.feed(makeContentEncoder(ContentCoding::Gzip)->encode("data: a\n\n", Flush::Sync));
        QVERIFY(content.coded->isInside());
        content.coded->abandon();
        QVERIFY(!content.coded->isInside());
        content.coded->finish();
        QCOMPARE(content.recording.capture->counts().findings, std::uint64_t(0));
    }

    void brokenContentKeepsItsRest()
    {
        Content content("gzip");
        const Bytes good = makeContentEncoder(ContentCoding::Gzip)->encode("data: a\n\n", Flush::End);
        QCOMPARE(content.feed(good + "rubbish"), Bytes("data: a\n\n"));
        QVERIFY(content.coded->isBroken());
        QCOMPARE(content.coded->error().code, ErrorCode::HttpCoding);
        content.coded->finish();
        const std::string text = content.recording.text();
        QVERIFY2(text.find("rest \"rubbish\"\n4 finding http.content-coding-broken of 3 at 0+0 0\n") !=
                     std::string::npos,
                 text.c_str());
    }

    void unknownAndUnaskedAreToldOfTheHead()
    {
        Content unknown("compress");
        QVERIFY(unknown.coded == nullptr);
        QCOMPARE(unknown.recording.text(),
                 std::string("1 http.response 0\n2 finding http.content-coding-unasked of 1 at 0+0 0\n"
                             "3 finding http.content-coding-unknown of 1 at 0+0 0\n"));
        Content unasked("br", "gzip");
        QVERIFY(unasked.coded != nullptr);
        QCOMPARE(unasked.recording.text(),
                 std::string("1 http.response 0\n2 finding http.content-coding-unasked of 1 at 0+0 0\n"));
        Content plain("identity");
        QVERIFY(plain.coded == nullptr);
        QCOMPARE(plain.recording.text(), std::string("1 http.response 0\n"));
    }
};

PUSHSCOPE_TEST(CodedContentTest)
#include "codedcontenttest.moc"
