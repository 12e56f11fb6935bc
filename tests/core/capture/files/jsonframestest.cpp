#include "core/capture/files/jsonframes.h"

#include "core/capture/files/jsonlines.h"
#include "tests/support/http2builder.h"
#include "tests/support/jsonlineschema.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace pushscope;
using test::Http2Builder;

class JsonFramesTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Http2Builder> m_builder;

    /// A frame's line, checked against the schema: what stands behind its carriers.
    void is(Seq seq, std::string expected)
    {
        std::replace(expected.begin(), expected.end(), '\'', '"');
        std::string line;
        JsonLines(m_builder->capture).write(seq, line);
        const QString error = test::jsonLinesError(QByteArray::fromStdString(line));
        QVERIFY2(error.isEmpty(), qPrintable(error));
        QVERIFY2(line.ends_with(expected + "}\n"), line.c_str());
    }
    static ByteView zeros(std::size_t count) { return ByteView("\0\0\0\0\0\0\0\0\0\0\0", count); }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<Http2Builder>(); }

    void aWholeLine()
    {
        const Seq frame =
            m_builder->frame({.type = Http2FrameType::WindowUpdate, .stream = 5}, ByteView("\x00\x01\x00\x00", 4));
        is(frame, "'connection':1,'stream':5,'layer':'frames','kind':'h2.window_update','dir':'in','wire':13,"
                  "'carried_by':[1,1],'length':4,'flags':0,'increment':65536");
    }

    void data()
    {
        is(m_builder->frame({.type = Http2FrameType::Data, .flags = Http2Flag::EndStream, .stream = 1}, "abc"),
           ",'length':3,'flags':1,'padding':0");
        is(m_builder->frame({.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 1}, ByteView("\x02"
                                                                                                              "abc\0\0",
                                                                                                              6)),
           ",'length':6,'flags':8,'padding':2");
    }

    void fieldBlocks()
    {
        FieldBlockFacts block;
        block.fields = {{{":status", "200"}, 0, 8, {0, 1}},
                        {{"x-bad", "\xFF"}, 1, 0, {1, 9}},
                        {{"set-cookie", "a"}, 3, 55, {9, 11}},
                        {{"x", ""}, 2, 0, {11, 14}}};
        block.tableSize = 38;
        const std::string expected = "'headers':[[':status','200','indexed'],['x-bad',{'base64':'/w=='},'incremental'],"
                                     "['set-cookie','a','never'],['x','','literal']],'table_size':38";
        is(m_builder->frame({.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders, .stream = 1}, "block",
                            block),
           ",'length':5,'flags':4,'padding':0," + expected);
        is(m_builder->frame(
               {.type = Http2FrameType::Headers, .flags = Http2Flag::Padded | Http2Flag::Priority, .stream = 3},
               ByteView("\x01\x80\x00\x00\x01\xFF"
                        "bl\0",
                        9)),
           ",'length':9,'flags':40,'padding':1,'exclusive':true,'dependency':1,'weight':256");
        is(m_builder->frame({.type = Http2FrameType::Continuation, .stream = 3}, "oc"), ",'length':2,'flags':0");
        is(m_builder->frame({.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 3}, "k",
                            block),
           ",'length':1,'flags':4," + expected);
        is(m_builder->frame({.type = Http2FrameType::PushPromise, .flags = Http2Flag::EndHeaders, .stream = 1},
                            ByteView("\x00\x00\x00\x02"
                                     "b",
                                     5),
                            FieldBlockFacts{}),
           ",'length':5,'flags':4,'promised_stream':2,'padding':0,'headers':[],'table_size':0");
    }

    void settings()
    {
        is(m_builder->frame({.type = Http2FrameType::Settings},
                            ByteView("\x00\x04\x00\x10\x00\x00\xFA\xCE\xFF\xFF\xFF\xFF", 12), Direction::Out),
           ",'length':12,'flags':0,'settings':[[4,'INITIAL_WINDOW_SIZE',1048576],[64206,'',4294967295]]");
        is(m_builder->frame({.type = Http2FrameType::Settings, .flags = Http2Flag::Ack}, ""),
           ",'length':0,'flags':1,'settings':[]");
    }

    void endings()
    {
        is(m_builder->frame({.type = Http2FrameType::RstStream, .stream = 1}, ByteView("\x00\x00\x00\x08", 4)),
           ",'length':4,'flags':0,'error_code':8");
        is(m_builder->frame({.type = Http2FrameType::Goaway}, ByteView("\x00\x00\x00\x07\x00\x00\x00\x0B"
                                                                       "calm",
                                                                       12)),
           ",'last_stream':7,'error_code':11,'debug':'calm'");
        is(m_builder->frame({.type = Http2FrameType::Goaway}, ByteView("\x00\x00\x00\x07\xFF\xFF\xFF\xFF\xFF", 9)),
           ",'last_stream':7,'error_code':4294967295,'debug_base64':'/w=='");
    }

    void pings()
    {
        const ByteView opaque("\x01\x23\x45\x67\x89\xAB\xCD\xEF", 8);
        is(m_builder->frame({.type = Http2FrameType::Ping}, opaque, Direction::Out),
           ",'length':8,'flags':0,'opaque':'0123456789abcdef'");
        is(m_builder->frame({.type = Http2FrameType::Ping, .flags = Http2Flag::Ack}, opaque, PingFacts{0.25}),
           ",'length':8,'flags':1,'opaque':'0123456789abcdef','rtt_ms':0.25");
    }

    void extensions()
    {
        is(m_builder->frame({.type = Http2FrameType::Priority, .stream = 3}, ByteView("\x00\x00\x00\x01\x0F", 5)),
           ",'length':5,'flags':0,'exclusive':false,'dependency':1,'weight':16");
        is(m_builder->frame({.type = Http2FrameType::Altsvc}, ByteView("\x00\x03"
                                                                       "o/ph2=\":1\"",
                                                                       12)),
           ",'origins':['o/p'],'value':'h2=\\':1\\''");
        is(m_builder->frame({.type = Http2FrameType::Origin}, ByteView("\x00\x01"
                                                                       "a\x00\x01\xFF",
                                                                       6)),
           ",'origins':['a',{'base64':'/w=='}]");
        is(m_builder->frame({.type = Http2FrameType::PriorityUpdate}, ByteView("\x00\x00\x00\x05u=1", 7)),
           ",'prioritized_stream':5,'value':'u=1'");
        is(m_builder->frame({.type = static_cast<Http2FrameType>(0xFA), .flags = 0x81, .stream = 9}, "grease"),
           "'kind':'h2.unknown','dir':'in','wire':15,'carried_by':[9,9],'length':6,'flags':129,'type':250");
    }

    void whatWasCutOffIsNull()
    {
        for (const auto &[type, member] :
             {std::pair(Http2FrameType::RstStream, "'error_code':null"),
              std::pair(Http2FrameType::WindowUpdate, "'increment':null"),
              std::pair(Http2FrameType::Ping, "'opaque':null"),
              std::pair(Http2FrameType::PushPromise, "'promised_stream':null,'padding':0"),
              std::pair(Http2FrameType::PriorityUpdate, "'prioritized_stream':null,'value':''"),
              std::pair(Http2FrameType::Goaway, "'last_stream':null,'error_code':null,'debug':''"),
              std::pair(Http2FrameType::Settings, "'settings':[]"), std::pair(Http2FrameType::Data, "'padding':0")})
            is(m_builder->frame({.type = type}, zeros(3)), member);
    }

    /// A DATA frame is recorded when its header is here.
    void thePadLengthMayStillBeComing()
    {
        Bytes frame;
        appendHttp2Frame(frame, {.type = Http2FrameType::Data, .flags = Http2Flag::Padded, .stream = 1}, "\1x\1");
        m_builder->read(frame.substr(0, Http2FrameHeader::Size));
        const Seq data = m_builder->add(RecordKind::H2Data, {0, Http2FrameHeader::Size});
        is(data, ",'length':3,'flags':8,'padding':null");
    }

    /// Damaged captures: nothing here may read beyond the frame.
    void everyFrameMayBeCutAnywhere()
    {
        for (int type = 0; type < 256; ++type) {
            Bytes frame;
            appendHttp2Frame(frame, {.type = static_cast<Http2FrameType>(type), .flags = 0xFF, .stream = 1}, zeros(11));
            for (std::size_t length = 0; length <= frame.size(); ++length) {
                std::string out;
                appendHttp2Frame(out, ByteView(Bytes(frame, 0, length)), ByteView("\xA1\x66"));
                QVERIFY(out.starts_with(",\"length\":"));
            }
        }
    }
};

PUSHSCOPE_TEST(JsonFramesTest)
#include "jsonframestest.moc"
