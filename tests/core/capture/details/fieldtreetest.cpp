#include "core/capture/details/fieldtree.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class FieldTreeTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<CaptureBuilder> m_builder;

    /// name=value@begin-end[first+count] of each field, a line each.
    std::string made(Seq seq)
    {
        std::string text;
        for (const Field &field : fieldsOf(*m_builder->capture, seq)) {
            text += field.name + "=" + field.value;
            if (!field.range.isEmpty())
                text += "@" + std::to_string(field.range.begin) + "-" + std::to_string(field.range.end);
            if (field.firstBit >= 0)
                text += "[" + std::to_string(field.firstBit) + "+" + std::to_string(field.bitCount) + "]";
            text += "\n";
        }
        return text;
    }
    void is(Seq seq, const std::string &expected)
    {
        const std::string actual = made(seq);
        QVERIFY2(actual == expected, actual.c_str());
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<CaptureBuilder>(); }

    void aMaskedFrame()
    {
        WsFrameSpec spec;
        spec.maskingKey = {0xDE, 0xAD, 0xBE, 0xEF};
        spec.payload = Bytes(300, 'x');
        is(m_builder->whole(RecordKind::WsFrame, encodeWsFrame(spec), Direction::Out),
           "fin=1@0-1[0+1]\nrsv1=0@0-1[1+1]\nrsv2=0@0-1[2+1]\nrsv3=0@0-1[3+1]\nopcode=1 (text)@0-1[4+4]\n"
           "mask=1@1-2[8+1]\npayload length=126@1-2[9+7]\nextended payload length=300@2-4[16+16]\n"
           "masking key=de ad be ef@4-8[32+32]\npayload=300 bytes@8-308\n");
    }

    void whatIsOddHasANote()
    {
        const auto fields = fieldsOf(*m_builder->capture,
                                     m_builder->whole(RecordKind::WsFrame, ByteView("\xC3\x81\x01\x02\x03\x04z", 7)));
        QCOMPARE(fields[1].value, std::string("1"));
        QVERIFY(fields[1].note.find("extension") != std::string::npos);
        QCOMPARE(fields[4].note, std::string("a reserved opcode"));
        QCOMPARE(fields[5].note, std::string("a server must not mask its frames"));
    }

    void aFrameThatIsStillComingAndOneThatWasCut()
    {
        m_builder->read(ByteView("\x82\x7F\x00\x00\x00\x00\x00\x01\x00\x00xyz", 13));
        const Seq coming = m_builder->add(RecordKind::WsFrame, {0, 10 + 65536});
        const auto fields = fieldsOf(*m_builder->capture, coming);
        QCOMPARE(fields.back().name, std::string("payload"));
        QCOMPARE(fields.back().range, (ByteRange{10, 13}));
        QCOMPARE(fields.back().note, std::string("only 3 bytes came"));
        is(m_builder->whole(RecordKind::WsFrame, "\x81"),
           "fin=1@0-1[0+1]\nrsv1=0@0-1[1+1]\nrsv2=0@0-1[2+1]\nrsv3=0@0-1[3+1]\nopcode=1 (text)@0-1[4+4]\n");
    }

    void heads()
    {
        is(m_builder->whole(RecordKind::HttpRequest, "GET / HTTP/1.1\r\nHost: h\r\nX:a\r\n b\r\n\r\n", Direction::Out),
           "request line=GET / HTTP/1.1@0-14\nHost=h@16-23\nX=a b@25-32\n");
        is(m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\nA:\n\n"),
           "status line=HTTP/1.1 200 OK@0-15\nA=@16-18\n");
        is(m_builder->whole(RecordKind::HttpTrailers, "Sum: 1\r\n\r\n"), "Sum=1@0-6\n");
    }

    void parts()
    {
        is(m_builder->whole(RecordKind::StreamPart, "A: 1\r\nB:2\r\n\r\nabc"),
           "A=1@0-4\nB=2@6-9\ncontent=3 bytes@13-16\n");
    }

    void chunks() { is(m_builder->whole(RecordKind::H1Chunk, "1F;a=b\r\n"), "chunk-size=1F@0-2\nchunk-ext=a=b@3-6\n"); }

    void ofAChunkThatIsStillComingTheLine()
    {
        const Seq chunk = m_builder->endlessChunk("ffffffff;x\r\n", 256 * 1024 * 1024);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i)
            is(chunk, "chunk-size=ffffffff@0-8\nchunk-ext=x@9-10\n");
        QVERIFY(timer.elapsed() < 2000); // copying what came takes far longer
    }

    void blocks()
    {
        is(m_builder->whole(RecordKind::SseEvent, "\xEF\xBB\xBF:c\r\nid: 1\rdata: x\nfoo\n\n", Direction::In,
                            RecordFlag::StreamStart),
           "byte order mark=@0-3\ncomment=c@3-5\nid=1@7-12\ndata=x@13-20\nfoo=@21-24\n");
        const auto fields = fieldsOf(*m_builder->capture, m_builder->whole(RecordKind::SseUnknown, "foo: b\n"));
        QVERIFY(!fields[0].note.empty());
    }

    void listsOfFacts()
    {
        is(m_builder->facts(RecordKind::Error, ErrorFacts{"c", "t"}), "code=c\ntext=t\n");
        const Seq read = m_builder->read("abc");
        is(read, "TCP payload=3 bytes\nplain=3 bytes@0-3\n");
        is(m_builder->framed(RecordKind::WsClose, ByteView("\x88\x02\x03\xE8", 4)), "status code=1000\nreason=\n");
        is(m_builder->framed(RecordKind::WsText, ByteView("\x81\x02hi", 4)),
           "frames=1\npayload=2 bytes\non the wire=4 bytes\n");
        const Seq finding = m_builder->writer.appendFinding(read, 0, Rule::WsReservedBits, 0, 1, 6);
        m_builder->writer.publish();
        is(finding, "rule=ws.reserved-bits\nrecord=" + std::to_string(read.value) +
                        "\noffset=0\nlength=1\nrsv=6\nstandard=RFC 6455 5.2\n");
    }

    void damagedRecordsGiveFieldsStill()
    {
        for (int kind = 0; kind < static_cast<int>(RecordKind::Count); ++kind) {
            Record record = m_builder->make(static_cast<RecordKind>(kind), Direction::In);
            record.origin = record.derived = 1ull << 40;
            record.originLength = record.derivedLength = 1000;
            record.carrierFirst = record.carrierLast = 99;
            record.flags = 0xFFFE;
            QVERIFY(fieldsOf(*m_builder->capture, m_builder->append(record)).size() < 20);
        }
    }
};

PUSHSCOPE_TEST(FieldTreeTest)
#include "fieldtreetest.moc"
