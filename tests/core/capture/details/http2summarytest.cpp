#include "core/capture/details/http2summary.h"

#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;
using test::Http2Builder;

class Http2SummaryTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Http2Builder> m_builder;

    void is(Seq seq, const std::string &preview)
    {
        const Summary summary = summarize(*m_builder->capture, seq);
        QVERIFY2(summary.preview == preview, summary.preview.c_str());
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<Http2Builder>(); }

    void messages()
    {
        FieldBlockFacts block;
        block.fields.resize(12);
        is(m_builder->frame({.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders, .stream = 5}, "block",
                            block),
           "HEADERS stream 5 · END_HEADERS · 12 fields");
        block.fields.resize(1);
        is(m_builder->frame({.type = Http2FrameType::Headers, .stream = 5}, "blo"), "HEADERS stream 5");
        is(m_builder->frame({.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 5}, "ck",
                            block),
           "CONTINUATION stream 5 · END_HEADERS · 1 field");
        is(m_builder->frame({.type = Http2FrameType::PushPromise, .flags = Http2Flag::EndHeaders, .stream = 5},
                            ByteView("\0\0\0\x02x", 5), block),
           "PUSH_PROMISE stream 5 · END_HEADERS · promises stream 2 · 1 field");
        const Seq data = m_builder->frame({.type = Http2FrameType::Data, .flags = Http2Flag::EndStream, .stream = 5},
                                          Bytes(10'000, 'x'));
        is(data, "DATA stream 5 · END_STREAM · 10,000 bytes");
        QCOMPARE(summarize(*m_builder->capture, data).type, std::string("DATA"));
        QCOMPARE(summarize(*m_builder->capture, data).size, 10'000u);
        is(m_builder->frame({.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 5},
                            ByteView("\x02z\0\0", 4)),
           "DATA stream 5 · PADDED · 1 byte · 2 bytes of padding");
    }

    void control()
    {
        is(m_builder->frame({.type = Http2FrameType::WindowUpdate}, ByteView("\0\x01\0\0", 4)),
           "WINDOW_UPDATE +65,536");
        is(m_builder->frame({.type = Http2FrameType::WindowUpdate, .stream = 3}, ByteView("\0\0\0\x01", 4)),
           "WINDOW_UPDATE stream 3 · +1");
        is(m_builder->frame({.type = Http2FrameType::Settings}, ByteView("\0\x04\0\x10\0\0\0\x02\0\0\0\0", 12)),
           "SETTINGS INITIAL_WINDOW_SIZE=1048576 ENABLE_PUSH=0");
        is(m_builder->frame({.type = Http2FrameType::Settings, .flags = Http2Flag::Ack}, ""), "SETTINGS ACK");
        Bytes many;
        for (int i = 0; i < 2000; ++i)
            many += ByteView("\0\x02\0\0\0\0", 6);
        QVERIFY(summarize(*m_builder->capture, m_builder->frame({.type = Http2FrameType::Settings}, many))
                    .preview.ends_with(" ENABLE_PUSH=0 …"));
        is(m_builder->frame({.type = Http2FrameType::Ping, .flags = Http2Flag::Ack}, "12345678", PingFacts{0.31}),
           "PING ACK · 0.310 ms");
        is(m_builder->frame({.type = Http2FrameType::Ping}, "12345678"), "PING");
        is(m_builder->frame({.type = Http2FrameType::RstStream, .stream = 7}, ByteView("\0\0\0\x08", 4)),
           "RST_STREAM stream 7 · CANCEL");
        is(m_builder->frame({.type = Http2FrameType::Goaway}, ByteView("\0\0\0\x07\0\0\0\x0B"
                                                                       "too many",
                                                                       16)),
           "GOAWAY last stream 7 · ENHANCE_YOUR_CALM · too many");
    }

    void extensions()
    {
        is(m_builder->frame({.type = Http2FrameType::Priority, .stream = 3}, ByteView("\0\0\0\x01\x0F", 5)),
           "PRIORITY stream 3 · weight 16 below stream 1");
        is(m_builder->frame({.type = Http2FrameType::PriorityUpdate}, ByteView("\0\0\0\x05u=1", 7)),
           "PRIORITY_UPDATE of stream 5 · u=1");
        is(m_builder->frame({.type = Http2FrameType::Altsvc}, ByteView("\0\0h2", 4)), "ALTSVC h2");
        is(m_builder->frame({.type = Http2FrameType::Origin}, ""), "ORIGIN");
        is(m_builder->frame({.type = static_cast<Http2FrameType>(0xFA), .flags = 0x81, .stream = 9}, "grease"),
           "type 0xfa stream 9 · 0x81 · 6 bytes");
    }

    void cutFrames()
    {
        for (int type = 0; type < 32; ++type) {
            const Seq frame = m_builder->frame({.type = static_cast<Http2FrameType>(type), .flags = 0xFF}, "12");
            QVERIFY(!summarize(*m_builder->capture, frame).preview.empty());
        }
        is(m_builder->frame({.type = Http2FrameType::RstStream, .stream = 1}, "12"), "RST_STREAM stream 1");
    }
};

PUSHSCOPE_TEST(Http2SummaryTest)
#include "http2summarytest.moc"
