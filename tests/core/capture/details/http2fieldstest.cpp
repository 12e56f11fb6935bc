#include "core/capture/details/http2fields.h"

#include "core/wire/http/hpack.h"
#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace pushscope;
using test::Http2Builder;

class Http2FieldsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Http2Builder> m_builder;

    [[nodiscard]] std::vector<Field> of(Seq seq) const { return fieldsOf(*m_builder->capture, seq); }
    static const Field &named(const std::vector<Field> &fields, const std::string &name)
    {
        const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field &f) { return f.name == name; });
        static const Field none{.name = "none of that name"};
        return found == fields.end() ? none : *found;
    }
    static void is(const Field &field, const std::string &value, const ByteRange &range, int firstBit, int bitCount,
                   const std::string &note = {})
    {
        QVERIFY2(field.value == value, (field.name + ": " + field.value).c_str());
        QCOMPARE(field.range, range);
        QCOMPARE(field.firstBit, firstBit);
        QCOMPARE(field.bitCount, bitCount);
        QVERIFY2(field.note == note, field.note.c_str());
    }
    /// Five bytes: two in the first field, three in the second.
    static FieldBlockFacts block()
    {
        FieldBlockFacts facts;
        facts.fields = {{{":status", "200"}, 0, 8, {0, 2}}, {{"x", "y"}, 1, 62, {2, 5}}};
        facts.sizeUpdates = {4096};
        facts.tableSize = 34;
        return facts;
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<Http2Builder>(); }

    void theHeader()
    {
        const auto fields = of(m_builder->frame({.type = Http2FrameType::Data,
                                                 .flags = Http2Flag::EndStream | Http2Flag::Padded | 0x40,
                                                 .reserved = true,
                                                 .stream = 5},
                                                ByteView("\x02xyz\0\1", 6)));
        is(fields[0], "6", {0, 3}, 0, 24);
        is(fields[1], "0 (DATA)", {3, 4}, 24, 8);
        is(fields[2], "END_STREAM PADDED 0x40", {4, 5}, 32, 8);
        is(fields[3], "1", {5, 6}, 40, 1, "must be 0, and is ignored");
        is(fields[4], "5", {5, 9}, 41, 31, "opened by the client");
        QCOMPARE(fields[2].children.size(), 3u);
        is(fields[2].children[0], "1", {4, 5}, 33, 1, "this type has no such flag, so it is ignored");
        QCOMPARE(fields[2].children[1].name, std::string("PADDED"));
        QCOMPARE(fields[2].children[2].name, std::string("END_STREAM"));
        is(fields[5], "2", {9, 10}, 72, 8);
        is(fields[6], "3 bytes", {10, 13}, -1, 0);
        is(fields[7], "2 bytes", {13, 15}, -1, 0, "should be all zeros");
    }

    void unknownAndCutFrames()
    {
        const auto unknown = of(m_builder->frame({.type = static_cast<Http2FrameType>(0xFA)}, "grease"));
        QCOMPARE(unknown[1].value, std::string("250"));
        QVERIFY(unknown[1].note.starts_with("an unknown type"));
        is(named(unknown, "payload"), "6 bytes", {9, 15}, -1, 0);
        m_builder->read(ByteView("\0\0\x08\6\0\0\0\0\0"
                                 "1234",
                                 13));
        const std::uint64_t end = m_builder->trail(Direction::In).end();
        const auto cut = of(m_builder->add(RecordKind::H2Ping, {end - 13, end}));
        QCOMPARE(cut.size(), 5u);
        QCOMPARE(cut[0].note, std::string("only 4 bytes came"));
        QVERIFY(of(m_builder->add(RecordKind::H2Ping, {end - 13, end - 5})).empty());
    }

    void settings()
    {
        const auto fields =
            of(m_builder->frame({.type = Http2FrameType::Settings}, ByteView("\0\x04\0\x10\0\0\xFA\xCE\0\0\0\1", 12)));
        is(fields[5], "1,048,576", {9, 15}, -1, 0, "bytes that each stream may send to it before a WINDOW_UPDATE");
        QCOMPARE(fields[5].name, std::string("INITIAL_WINDOW_SIZE"));
        QCOMPARE(fields[5].children[1].range, (ByteRange{11, 15}));
        QCOMPARE(fields[6].name, std::string("setting 0xface"));
        QCOMPARE(fields[6].range, (ByteRange{15, 21}));
    }

    void numbers()
    {
        const auto reset =
            of(m_builder->frame({.type = Http2FrameType::RstStream, .stream = 1}, ByteView("\0\0\0\x08", 4)));
        is(reset[5], "CANCEL (8)", {9, 13}, 72, 32, std::string(meaning(Http2ErrorCode::Cancel)));
        const auto goaway =
            of(m_builder->frame({.type = Http2FrameType::Goaway}, ByteView("\0\0\0\x07\0\0\0\x63why", 11)));
        is(named(goaway, "last stream identifier"), "7", {9, 13}, 73, 31, "later streams were not taken on");
        is(named(goaway, "error code"), "0x63 (99)", {13, 17}, 104, 32);
        is(named(goaway, "additional debug data"), "why", {17, 20}, -1, 0);
        const auto update = of(m_builder->frame({.type = Http2FrameType::WindowUpdate}, ByteView("\0\1\0\0", 4)));
        is(update[5], "65,536", {9, 13}, 73, 31);
        const auto ping = of(m_builder->frame({.type = Http2FrameType::Ping, .flags = Http2Flag::Ack},
                                              ByteView("\0\1\2\3\4\5\6\7", 8), PingFacts{1.5}));
        is(ping[5], "00 01 02 03 04 05 06 07", {9, 17}, 72, 64);
        QCOMPARE(named(ping, "round trip").value, std::string("1.500 ms"));
        const auto priority =
            of(m_builder->frame({.type = Http2FrameType::Priority, .stream = 3}, ByteView("\x80\0\0\x01\x0F", 5)));
        is(named(priority, "exclusive"), "1", {9, 10}, 72, 1);
        QCOMPARE(named(priority, "stream dependency").firstBit, 73);
        QCOMPARE(named(priority, "weight").value, std::string("16"));
        const auto altsvc = of(m_builder->frame({.type = Http2FrameType::Altsvc}, ByteView("\0\1oh2", 5)));
        is(named(altsvc, "origin"), "o", {11, 12}, -1, 0);
        is(named(altsvc, "alternative services"), "h2", {12, 14}, -1, 0);
    }

    void aFieldBlock()
    {
        const auto fields = of(m_builder->frame(
            {.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders | Http2Flag::Priority, .stream = 1},
            ByteView("\0\0\0\0\x0F"
                     "12345",
                     10),
            block()));
        const Field &fragment = named(fields, "field block fragment");
        is(fragment, "5 bytes", {14, 19}, -1, 0);
        is(named(fragment.children, ":status"), "200", {14, 16}, -1, 0, "indexed: entry 8 (static table)");
        is(named(fragment.children, "x"), "y", {16, 19}, -1, 0,
           "literal, added to the dynamic table, name of entry 62 (dynamic table)");
        QCOMPARE(named(fragment.children, "dynamic table").value, std::string("34 bytes"));
        QCOMPARE(named(fragment.children, "dynamic table size update").value, std::string("4,096 bytes"));
    }

    void aFieldBlockInTwoFrames()
    {
        const Seq first = m_builder->frame({.type = Http2FrameType::Headers, .stream = 1}, "123");
        const Seq second = m_builder->frame(
            {.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 1}, "45", block());
        const Field begin = named(of(first), "field block fragment");
        QCOMPARE(begin.children.size(), 2u);
        QCOMPARE(begin.children[0].range, (ByteRange{9, 11}));
        QCOMPARE(begin.children[1].range, (ByteRange{11, 12}));
        const Field end = named(of(second), "field block fragment");
        QVERIFY(end.children[0].range.isEmpty() && end.children[0].note.ends_with(", in an earlier frame"));
        QCOMPARE(end.children[1].range, (ByteRange{9, 11}));
        // The answer's origin is both frames.
        const auto head = of(m_builder->head(RecordKind::HttpResponse, first, ResponseFacts{0, {{":status", "200"}}}));
        QCOMPARE(head.size(), 2u);
        is(head[0], "200", {9, 11}, -1, 0, "indexed: entry 8 (static table)");
        QCOMPARE(head[1].range, (ByteRange{11, 23}));
    }

    /// RFC 7541 Appendix C.3.1, as HPACK's decoder tells it.
    void aRealFieldBlock()
    {
        const Bytes request("\x82\x86\x84\x41\x0f"
                            "www.example.com");
        FieldBlockFacts facts;
        for (const HpackField &field : HpackDecoder().decode(request).fields)
            facts.fields.push_back({.field = {field.name, field.value},
                                    .coding = static_cast<std::uint8_t>(field.coding),
                                    .index = field.index,
                                    .range = field.range});
        const auto fields =
            of(m_builder->frame({.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders, .stream = 1}, request,
                                facts, Direction::Out));
        const Field fragment = named(fields, "field block fragment");
        is(fragment.children[0], "GET", {9, 10}, -1, 0, "indexed: entry 2 (static table)");
        is(fragment.children[1], "http", {10, 11}, -1, 0, "indexed: entry 6 (static table)");
        is(fragment.children[2], "/", {11, 12}, -1, 0, "indexed: entry 4 (static table)");
        is(fragment.children[3], "www.example.com", {12, 29}, -1, 0,
           "literal, added to the dynamic table, name of entry 1 (static table)");
    }

    void headsWithoutTheirFrames()
    {
        m_builder->stream = 1;
        const auto fields = of(m_builder->facts(RecordKind::HttpPush, PushFacts{2, {{":path", "/a"}, {"x", "\xFF"}}}));
        QCOMPARE(fields.size(), 3u);
        is(fields[0], "2", {}, -1, 0);
        is(fields[1], "/a", {}, -1, 0);
        is(fields[2], "ff", {}, -1, 0);
    }

    void everyFrameMayBeCutAnywhere()
    {
        for (int type = 0; type < 20; ++type) {
            Bytes frame;
            appendHttp2Frame(frame, {.type = static_cast<Http2FrameType>(type), .flags = 0xFF, .stream = 1},
                             ByteView("\0\1\2\3\4\5\6\7\x08\x09\x0A", 11));
            m_builder->read(frame);
            const std::uint64_t end = m_builder->trail(Direction::In).end();
            for (std::uint64_t begin = end - frame.size(), length = 0; length <= frame.size(); ++length) {
                Record record = m_builder->make(http2KindOf(static_cast<Http2FrameType>(type)), Direction::In);
                m_builder->trail(Direction::In).locate({begin, begin + length}, record, m_builder->writer);
                m_builder->attach(record, block());
                for (const Field &field : of(m_builder->append(record)))
                    QVERIFY(field.range.end <= length);
            }
        }
    }
};

PUSHSCOPE_TEST(Http2FieldsTest)
#include "http2fieldstest.moc"
