#include "core/capture/trail.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <map>

using namespace pushscope;
using test::CaptureBuilder;

namespace {

/// A transform with memory, as HPACK, content codings and permessage-deflate are: what a byte means depends on those
/// before. Each byte below 'a' stands for the word that was defined last under it; "a word=" defines. What comes out
/// can't be found in the log, so it is appended as derived bytes when it is made.
class FakeDictionary
{
public:
    Bytes take(ByteView input)
    {
        Bytes output;
        for (const char byte : input) {
            if (byte == '=') {
                m_words[static_cast<char>('0' + m_words.size())] = m_word;
                output += m_word;
                m_word.clear();
            } else if (byte >= '0' && byte <= '9') {
                output += m_words[byte];
            } else {
                m_word += byte;
            }
        }
        return output;
    }

private:
    std::map<char, Bytes> m_words;
    Bytes m_word;
};

/// A transform that splits, as chunks, DATA frames and WebSocket fragments are: records of one storey, "<length>:" and
/// as many bytes, whose contents are the stream of the storey above.
class FakeFraming
{
public:
    FakeFraming(CaptureBuilder &builder, Trail &body) : m_builder(builder), m_body(body) {}

    /// A socket read of whole frames: a record for each, a piece of the body for each.
    void read(ByteView bytes)
    {
        Trail &plain = m_builder.trail(Direction::In);
        const std::uint64_t begin = plain.end();
        const Seq carrier = m_builder.read(bytes);
        const std::uint64_t logOffset = m_builder.capture->record(carrier).origin;
        for (std::size_t at = 0; at < bytes.size();) {
            const auto length = static_cast<std::size_t>(bytes[at] - '0');
            const Seq frame = m_builder.add(RecordKind::H2Data, {begin + at, begin + at + 2 + length});
            m_body.append(logOffset + at + 2, length, frame);
            at += 2 + length;
        }
    }

private:
    CaptureBuilder &m_builder;
    Trail &m_body;
};

} // namespace

/// The seams that HPACK, content codings and permessage-deflate will plug into.
class TransformsTest : public QObject
{
    Q_OBJECT
    /// A message in the body, located in its trail.
    static Seq message(CaptureBuilder &builder, const Trail &body, ByteRange range)
    {
        Record record = builder.make(RecordKind::SseEvent, Direction::In);
        body.locate(range, record, builder.writer);
        return builder.append(record);
    }

private Q_SLOTS:
    void anEventAcrossThreePiecesIsScatteredAndLinked()
    {
        CaptureBuilder builder;
        Trail body;
        FakeFraming framing(builder, body);
        framing.read("3:dat3:a:h");
        framing.read("4:i\n\nd2:at");
        framing.read("5:a:x\n\n");
        const Seq first = message(builder, body, {0, 9});
        const Seq second = message(builder, body, {9, 17});
        const Capture &capture = *builder.capture;
        QCOMPARE(capture.origin(first), Bytes("data:hi\n\n"));
        QCOMPARE(capture.originPieces(first), (std::vector<ByteView>{"dat", "a:h", "i\n\n"}));
        QCOMPARE(capture.origin(second), Bytes("data:x\n\n"));
        QVERIFY(capture.record(first).has(RecordFlag::Scattered));

        // Message to frames, frames to reads, and to the other message in the same frame.
        const std::vector<Seq> frames = capture.carriers(first);
        QCOMPARE(frames.size(), 3u);
        QCOMPARE(capture.origin(frames[2]), Bytes("4:i\n\nd"));
        QCOMPARE(capture.carriers(frames[0]), capture.carriers(frames[1]));
        QVERIFY(capture.carriers(frames[1]) != capture.carriers(frames[2]));
        QCOMPARE(capture.record(capture.carriers(frames[2])[0]).kind, RecordKind::TcpRead);
        QCOMPARE(capture.carriers(second).front(), frames[2]);
    }

    void whatDependsOnThePastIsKeptWhenItIsMade()
    {
        CaptureBuilder builder;
        FakeDictionary dictionary;
        Trail decoded;
        for (const ByteView bytes : {ByteView("data:=hi\n\n="), ByteView("0"), ByteView("1")}) {
            const Seq carrier = builder.read(bytes);
            Record record = builder.make(RecordKind::H2Headers, Direction::In);
            record.origin = builder.capture->record(carrier).origin;
            record.originLength = static_cast<std::uint32_t>(bytes.size());
            record.carrierFirst = record.carrierLast = 1;
            const Bytes made = dictionary.take(bytes);
            record.derived = builder.writer.appendBytes(made);
            record.derivedLength = static_cast<std::uint32_t>(made.size());
            const Seq seq = builder.append(record);
            decoded.append(record.derived, made.size(), seq);
        }
        const Capture &capture = *builder.capture;
        QCOMPARE(capture.derived(Seq(2)), Bytes("data:hi\n\n"));
        QCOMPARE(capture.derived(Seq(4)), Bytes("data:"));
        QCOMPARE(capture.origin(Seq(4)), Bytes("0"));
        // The decoded bytes are a stream of their own, which a storey above reads on.
        const Seq event = message(builder, decoded, {9, 18});
        QCOMPARE(capture.origin(event), Bytes("data:hi\n\n"));
        QCOMPARE(capture.carriers(event), (std::vector<Seq>{Seq(4), Seq(6)}));
    }

    void bothTogether()
    {
        CaptureBuilder builder;
        Trail body;
        FakeFraming framing(builder, body);
        framing.read("6:data:=");
        framing.read("4:hi\n\n1:=2:01");
        FakeDictionary dictionary;
        const Seq whole = message(builder, body, {0, 13});
        const Bytes made = dictionary.take(builder.capture->origin(whole));
        QCOMPARE(made, Bytes("data:hi\n\ndata:hi\n\n"));
        QCOMPARE(builder.capture->carriers(whole).size(), 4u);
    }

    void aLateFindingFindsItsRecord()
    {
        CaptureBuilder builder;
        Trail body;
        FakeFraming framing(builder, body);
        framing.read("3:dat6:a:hi\n\n");
        const Seq event = message(builder, body, {0, 9});
        framing.read("3:dat");
        const Seq finding = builder.writer.appendFinding(event, 5, Rule::SseInvalidUtf8, 6, 1, 0);
        builder.writer.publish();
        QCOMPARE(builder.capture->findingsOf(event).size(), 1u);
        QCOMPARE(builder.capture->record(finding).related, event.value);
        QCOMPARE(builder.capture->origin(event, 1, builder.capture->finding(0).offset), Bytes("i"));
    }
};

PUSHSCOPE_TEST(TransformsTest)
#include "transformstest.moc"
