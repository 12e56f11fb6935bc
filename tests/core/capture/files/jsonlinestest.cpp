#include "core/capture/files/jsonlines.h"

#include "core/base/finding.h"
#include "core/wire/ws/wsframeencoder.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/jsonlineschema.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <string>

using namespace pushscope;
using test::CaptureBuilder;

class JsonLinesTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<CaptureBuilder> m_builder;

    /// The line from its layer on, checked against the schema; what stands before is the same everywhere.
    std::string line(Seq seq)
    {
        std::string out;
        JsonLines(m_builder->capture).write(seq, out);
        const QString error = test::jsonLinesError(QByteArray::fromStdString(out));
        if (!error.isEmpty())
            return error.toStdString();
        const std::string begin = "\"layer\":";
        return out.substr(out.find(begin) + begin.size());
    }
    static Bytes frame(WsOpcode opcode, Bytes payload, bool fin = true, bool masked = false)
    {
        WsFrameSpec spec;
        spec.fin = fin;
        spec.opcode = opcode;
        spec.payload = std::move(payload);
        if (masked)
            spec.maskingKey = {0xDE, 0xAD, 0xBE, 0xEF};
        return encodeWsFrame(spec);
    }

    // Expected texts have ' where JSON has ", and no raw strings: moc reads no class that holds one.
    static std::string json(std::string text)
    {
        std::replace(text.begin(), text.end(), '\'', '"');
        return text;
    }
    static void expectIs(const std::string &actual, const std::string &expected)
    {
        QVERIFY2(actual == json(expected), actual.c_str());
    }
    static void expectStart(const std::string &actual, const std::string &expected)
    {
        QVERIFY2(actual.starts_with(json(expected)), actual.c_str());
    }
    static void expectEnd(const std::string &actual, const std::string &expected)
    {
        QVERIFY2(actual.ends_with(json(expected)), actual.c_str());
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<CaptureBuilder>(); }

    void aCompanionRequestsLineSaysSo()
    {
        std::string out;
        JsonLines(m_builder->capture)
            .write(m_builder->whole(RecordKind::StreamLine, "{}\n", Direction::In, RecordFlag::Companion), out);
        QVERIFY(test::jsonLinesError(QByteArray::fromStdString(out)).isEmpty());
        QVERIFY(out.find("\"wire\":3,\"companion\":true,") != std::string::npos);
    }

    void aWholeLine()
    {
        m_builder->session = 3;
        m_builder->connection = 4;
        m_builder->time = 61'500'000'001;
        const Seq seq = m_builder->whole(RecordKind::SseEvent, "data: hi\n\n");
        std::string out = "before ";
        JsonLines(m_builder->capture).write(seq, out);
        QCOMPARE(out, std::string(
                          "before {\"seq\":2,\"t\":61.500000001,\"at\":\"2026-01-02T03:05:06.500000007Z\","
                          "\"session\":3,\"connection\":4,\"stream\":0,\"layer\":\"messages\",\"kind\":\"sse.event\","
                          "\"dir\":\"in\",\"wire\":10,\"carried_by\":[1,1],\"type\":\"message\",\"data\":\"hi\","
                          "\"id\":\"\",\"id_set\":false}\n"));
    }

    void linesFollowEachOther()
    {
        std::string out;
        JsonLines lines(m_builder->capture);
        for (const std::int64_t time : {0ll, 999'999'994ll, 999'999'993ll, 86'400'000'000'000ll}) {
            m_builder->time = time;
            lines.write(m_builder->whole(RecordKind::SseComment, ":c\n"), out);
        }
        QCOMPARE(test::jsonLinesError(QByteArray::fromStdString(out)), QString());
        QVERIFY(out.find("\"t\":0.000000000,\"at\":\"2026-01-02T03:04:05.000000006Z\"") != std::string::npos);
        QVERIFY(out.find("\"t\":0.999999994,\"at\":\"2026-01-02T03:04:06.000000000Z\"") != std::string::npos);
        QVERIFY(out.find("\"t\":0.999999993,\"at\":\"2026-01-02T03:04:05.999999999Z\"") != std::string::npos);
        QVERIFY(out.find("\"t\":86400.000000000,\"at\":\"2026-01-03T03:04:05.000000006Z\"") != std::string::npos);
    }

    void connectionRecords()
    {
        expectIs(
            line(m_builder->facts(RecordKind::Session, SessionFacts{"n", "ws://h/", "websocket"})),
            std::string(
                "'connection','kind':'session','dir':'-','wire':0,'name':'n','url':'ws://h/','transport':'websocket'}"
                "\n"));
        expectIs(line(m_builder->facts(RecordKind::Dns, DnsFacts{"h", {"::1"}, 1})),
                 std::string("'connection','kind':'dns','dir':'-','wire':0,'host':'h','addresses':['::1'],'ms':1}"
                             "\n"));
        expectIs(line(m_builder->facts(RecordKind::Tcp, TcpFacts{"p", "l", "", 1})),
                 std::string("'connection','kind':'tcp','dir':'-','wire':0,'peer':'p','local':'l','ms':1,'proxy':''}"
                             "\n"));
        expectStart(line(m_builder->facts(RecordKind::Tls, TlsRecordFacts{})), "'connection','kind':'tls'");
        expectStart(line(m_builder->facts(RecordKind::WsOpen, WsOpenFacts{})), "'connection','kind':'ws.open'");
        StateFacts state;
        state.state = SessionState::Open;
        expectStart(line(m_builder->facts(RecordKind::State, state)), "'connection','kind':'state'");
        expectStart(line(m_builder->facts(RecordKind::Resume, ResumeFacts{})), "'connection','kind':'resume'");
        Record coding = m_builder->make(RecordKind::Coding, Direction::In);
        m_builder->attach(coding, CodingFacts{"zstd", 70'000, 900'000, 2});
        expectIs(line(m_builder->append(coding)),
                 std::string("'connection','kind':'coding','dir':'in','wire':70000,'coding':'zstd','plain':900000"
                             ",'delay_ms':2}\n"));
        expectStart(line(m_builder->facts(RecordKind::End, EndFacts{Verdict::Cut, "network", "", 1, "t"})),
                    "'connection','kind':'end'");
        expectStart(line(m_builder->facts(RecordKind::Error, ErrorFacts{"http.status", "500"})),
                    "'connection','kind':'error'");
    }

    void requestAndAnswer()
    {
        const Bytes request = "GET /e?x=\"1\" HTTP/1.1\r\nHost: h\r\nX-Bad: \xFF\r\n\r\n";
        m_builder->read(request, Direction::Out);
        Record record = m_builder->make(RecordKind::HttpRequest, Direction::Out);
        m_builder->trail(Direction::Out).locate({0, request.size()}, record, m_builder->writer);
        m_builder->attach(record, RequestFacts{0});
        expectIs(
            line(m_builder->append(record)),
            std::string("'connection','kind':'http.request','dir':'out','wire':44,'carried_by':[1,1],'method':'GET',"
                        "'target':'/e?x=\\'1\\'','version':'1.1','headers':[['Host','h'],['X-Bad',{'base64':'/"
                        "w=='}]],'body_bytes':0}"
                        "\n"));

        const Bytes answer = "HTTP/1.0 404 No\r\n\r\n";
        m_builder->read(answer);
        record = m_builder->make(RecordKind::HttpResponse, Direction::In);
        m_builder->trail(Direction::In).locate({0, answer.size()}, record, m_builder->writer);
        m_builder->attach(record, ResponseFacts{0.25});
        expectIs(line(m_builder->append(record)),
                 std::string("'connection','kind':'http.response','dir':'in','wire':19,'carried_by':[3,3],'status':404,"
                             "'reason':'No','version':'1.0','headers':[],'ttfb_ms':0.25}"
                             "\n"));
        expectIs(
            line(m_builder->whole(RecordKind::HttpTrailers, "Sum: 1\r\n\r\n")),
            std::string(
                "'connection','kind':'http.trailers','dir':'in','wire':10,'carried_by':[5,5],'headers':[['Sum','1']]}"
                "\n"));
        expectIs(line(m_builder->whole(RecordKind::HttpBody, "<b>no\xFF</b>")),
                 std::string("'connection','kind':'http.body','dir':'in','wire':10,'carried_by':[7,7],'data_base64':'"
                             "PGI+bm//PC9iPg=='}"
                             "\n"));
    }

    void headsOverHttp2()
    {
        const HttpFields request = {{":method", "GET"}, {":path", "/e"}, {":authority", "h"}, {"x-bad", "\xFF"}};
        Record record = m_builder->make(RecordKind::HttpRequest, Direction::Out);
        record.stream = 1;
        m_builder->attach(record, RequestFacts{7, request});
        expectEnd(
            line(m_builder->append(record)),
            ",'method':'GET','target':'/e','version':'2','headers':[[':method','GET'],[':path','/e'],[':authority'"
            ",'h'],['x-bad',{'base64':'/w=='}]],'body_bytes':7}"
            "\n");
        record = m_builder->make(RecordKind::HttpResponse, Direction::In);
        record.stream = 1;
        m_builder->attach(record, ResponseFacts{0.5, {{":status", "103"}, {"link", "</a>"}}});
        expectEnd(line(m_builder->append(record)),
                  ",'status':103,'reason':'','version':'2','headers':[[':status','103'],['link','</a>']],'ttfb_ms':0.5}"
                  "\n");
        record.kind = RecordKind::HttpTrailers;
        m_builder->attach(record, TrailerFacts{{{"sum", "1"}}});
        expectEnd(line(m_builder->append(record)), "'wire':0,'headers':[['sum','1']]}"
                                                   "\n");
        record.kind = RecordKind::HttpPush;
        m_builder->attach(record, PushFacts{2, {{":path", "/style.css"}}});
        expectEnd(line(m_builder->append(record)),
                  "'kind':'http.push','dir':'in','wire':0,'promised_stream':2,'headers':[[':path','/style.css']]}"
                  "\n");
    }

    void chunks()
    {
        expectIs(line(m_builder->whole(RecordKind::H1Chunk, "1aF;n=\"v\";x\r\n")),
                 std::string("'frames','kind':'h1.chunk','dir':'in','wire':13,'carried_by':[1,1],'length':431,'"
                             "extension':'n=\\'v\\';x'}"
                             "\n"));
        expectIs(
            line(m_builder->whole(RecordKind::H1Chunk, "0\r\n")),
            std::string("'frames','kind':'h1.chunk','dir':'in','wire':3,'carried_by':[3,3],'length':0,'extension':''}"
                        "\n"));
    }

    void ofAChunkThatIsStillComingTheLine()
    {
        const Seq chunk = m_builder->endlessChunk("ffffffff;x\r\n", 256 * 1024 * 1024);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i)
            expectEnd(line(chunk), ",'length':4294967295,'extension':'x'}"
                                   "\n");
        QVERIFY(timer.elapsed() < 2000); // copying what came takes far longer
    }

    void frames()
    {
        expectIs(
            line(m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Text, "hello", true, true), Direction::Out)),
            std::string(
                "'frames','kind':'ws.frame','dir':'out','wire':11,'carried_by':[1,1],'fin':true,'rsv':0,'opcode':1,"
                "'masked':true,'mask':'deadbeef','length':5,'header_length':6}"
                "\n"));
        expectIs(line(m_builder->whole(RecordKind::WsFrame, ByteView("\x72\x7E\x00\x01z", 5))),
                 std::string(
                     "'frames','kind':'ws.frame','dir':'in','wire':5,'carried_by':[3,3],'fin':false,'rsv':7,'opcode':2,"
                     "'masked':false,'mask':null,'length':1,'header_length':4}"
                     "\n"));
    }

    void events()
    {
        const Seq first = m_builder->whole(RecordKind::SseEvent, "event: t\nid: 1\xFF\ndata: a\ndata: \"b\"\n\n",
                                           Direction::In, RecordFlag::IdSet);
        expectIs(
            line(first),
            std::string(
                "'messages','kind':'sse.event','dir':'in','wire':35,'carried_by':[1,1],'type':'t','data':'a\\n\\'b\\'',"
                "\"id\":\"1\xEF\xBF\xBD\",\"id_base64\":\"Mf8=\",\"id_set\":true}\n"));
        expectIs(line(m_builder->whole(RecordKind::SseEvent, "data: \xFF\n\n", Direction::In, 0, first.value)),
                 std::string("'messages','kind':'sse.event','dir':'in','wire':9,'carried_by':[3,3],'type':'message',"
                             "\"data\":\"\xEF\xBF\xBD\",\"data_base64\":\"/"
                             "w==\",\"id\":\"1\xEF\xBF\xBD\",\"id_base64\":\"Mf8=\",\"id_set\":false}\n"));
        const Seq block = m_builder->whole(RecordKind::SseBlock, "id: 9\n\n", Direction::In, RecordFlag::IdSet);
        expectIs(
            line(block),
            std::string("'messages','kind':'sse.block','dir':'in','wire':7,'carried_by':[5,5],'id':'9','id_set':true}"
                        "\n"));
        expectEnd(line(m_builder->whole(RecordKind::SseEvent, "data\n\n", Direction::In, 0, block.value)),
                  "'data':'','id':'9','id_set':false}"
                  "\n");
        expectEnd(line(m_builder->whole(RecordKind::SseEvent,
                                        "\xEF\xBB\xBF"
                                        "data:x\n\n",
                                        Direction::In, RecordFlag::StreamStart)),
                  "'type':'message','data':'x','id':'','id_set':false}"
                  "\n");
    }

    void theIdMayComeFromTheRequest()
    {
        const Seq request =
            m_builder->whole(RecordKind::HttpRequest, "GET / HTTP/1.1\r\nlast-event-id: 41\r\n\r\n", Direction::Out);
        expectEnd(line(m_builder->whole(RecordKind::SseEvent, "data: x\n\n", Direction::In, 0, request.value)),
                  "'id':'41','id_set':false}"
                  "\n");
        // What can't have set an id, and a record that is not there.
        const Seq read = m_builder->read("x");
        for (const std::uint64_t related : {read.value, std::uint64_t(1'000'000)})
            expectEnd(line(m_builder->whole(RecordKind::SseEvent, "data: x\n\n", Direction::In, 0, related)),
                      "'id':'','id_set':false}"
                      "\n");
    }

    void theIdIsRememberedFromLineToLine()
    {
        const Seq first = m_builder->whole(RecordKind::SseEvent, "id:1\ndata:x\n\n", Direction::In, RecordFlag::IdSet);
        const Seq second = m_builder->whole(RecordKind::SseEvent, "data:y\n\n", Direction::In, 0, first.value);
        const Seq third = m_builder->whole(RecordKind::SseEvent, "id:\ndata:z\n\n", Direction::In, RecordFlag::IdSet);
        const Seq fourth = m_builder->whole(RecordKind::SseEvent, "data:y\n\n", Direction::In, 0, third.value);
        JsonLines lines(m_builder->capture);
        for (const auto &[seq, id] :
             {std::pair(first, "\"1\""), std::pair(second, "\"1\""), std::pair(third, "\"\""),
              std::pair(fourth, "\"\""), std::pair(second, "\"1\""), std::pair(fourth, "\"\"")}) {
            std::string out;
            lines.write(seq, out);
            QVERIFY2(out.find(std::string("\"id\":") + id) != std::string::npos, out.c_str());
        }
    }

    /// Takes a record as a recording does that lets go of each behind its line.
    std::string lineAndGone(JsonLines &lines, Seq seq)
    {
        std::string out;
        lines.note(seq);
        lines.write(seq, out);
        CaptureWriter::release(*m_builder->capture, seq);
        return out;
    }

    void whatWasLetGoOfIsRemembered()
    {
        m_builder->writer.marks().setPace({1, 1});
        CaptureWriter::release(*m_builder->capture, Seq());
        JsonLines lines(m_builder->capture);
        const ByteView head = "GET / HTTP/1.1\r\nLast-Event-ID: 41\r\n\r\n";
        m_builder->whole(RecordKind::TcpRead, "x"); // something to go first
        const Seq refused = m_builder->whole(RecordKind::HttpRequest, head, Direction::Out);
        lineAndGone(lines, refused);
        const Seq answered = m_builder->whole(RecordKind::HttpRequest, head, Direction::Out);
        lineAndGone(lines, answered);
        lineAndGone(lines, m_builder->whole(RecordKind::HttpRequest, head, Direction::Out));
        lineAndGone(lines, m_builder->whole(RecordKind::SseComment, ":\n"));
        expectEnd(
            lineAndGone(lines, m_builder->whole(RecordKind::SseEvent, "data: x\n\n", Direction::In, 0, answered.value)),
            ",'id':'41','id_set':false}"
            "\n");
        const Seq event = m_builder->whole(RecordKind::SseEvent, "id: 42\ndata\n\n", Direction::In, RecordFlag::IdSet);
        lineAndGone(lines, event);
        m_builder->session = 2; // another stream comes between
        lineAndGone(lines, m_builder->whole(RecordKind::SseEvent, "id: 1\ndata\n\n", Direction::In, RecordFlag::IdSet));
        m_builder->session = 1;
        lineAndGone(lines, m_builder->whole(RecordKind::SseComment, ":\n"));
        expectEnd(
            lineAndGone(lines, m_builder->whole(RecordKind::SseEvent, "data: x\n\n", Direction::In, 0, event.value)),
            ",'id':'42','id_set':false}"
            "\n");
    }

    void aPingIsRememberedUntilItsPong()
    {
        m_builder->writer.marks().setPace({1, 1});
        CaptureWriter::release(*m_builder->capture, Seq());
        JsonLines lines(m_builder->capture);
        std::vector<Seq> pings;
        for (int i = 0; i < 1100; ++i) { // more than an engine remembers
            m_builder->time = i * 1'000'000;
            pings.push_back(
                m_builder->framed(RecordKind::WsPing, frame(WsOpcode::Ping, "p", true, true), Direction::Out));
            lineAndGone(lines, pings.back());
        }
        m_builder->time = 2'000'000'000;
        for (const std::size_t i : {pings.size() - 1024, pings.size() - 1}) {
            const Seq pong =
                m_builder->framed(RecordKind::WsPong, frame(WsOpcode::Pong, "p"), Direction::In, pings[i].value);
            const std::string line = lineAndGone(lines, pong);
            QVERIFY2(line.ends_with("\"rtt_ms\":" + std::to_string(2000 - i) + "}\n") ||
                         line.ends_with("\"rtt_ms\":" + std::to_string(2000 - i) + ".0}\n"),
                     line.c_str());
        }
    }

    void otherLinesOfAnEventStream()
    {
        expectEnd(line(m_builder->whole(RecordKind::SseComment, ": ping\r\n")),
                  "'wire':8,'carried_by':[1,1],'text':' ping'}"
                  "\n");
        expectEnd(line(m_builder->whole(RecordKind::SseComment, "\n:late\n")), "'text':'late'}"
                                                                               "\n");
        expectEnd(
            line(m_builder->whole(RecordKind::SseComment, "\xEF\xBB\xBF:b\n", Direction::In, RecordFlag::StreamStart)),
            "'text':'b'}"
            "\n");
        expectEnd(line(m_builder->whole(RecordKind::SseRetry, "retry: 2500\n")), ",'ms':2500}"
                                                                                 "\n");
        expectEnd(line(m_builder->whole(RecordKind::SseRetry, "retry:99999999999999999999999\n")),
                  ",'ms':18446744073709551615}"
                  "\n");
        QVERIFY(line(m_builder->whole(RecordKind::SseUnknown, "Data: x\xFF\n"))
                    .ends_with("\"name\":\"Data\",\"value\":\"x\xEF\xBF\xBD\",\"value_base64\":\"eP8=\"}\n"));
        expectEnd(line(m_builder->whole(RecordKind::SseIncomplete, "data: cu")), ",'data':'data: cu'}"
                                                                                 "\n");
        expectEnd(line(m_builder->whole(RecordKind::StreamLine, "{\"a\":1}\n")),
                  "'kind':'stream.line','dir':'in','wire':8,'carried_by':[15,15],'data':'{\\'a\\':1}\\n'}"
                  "\n");
        expectEnd(line(m_builder->whole(RecordKind::StreamPart, "A: 1\r\nB:2\r\n\r\nabc")),
                  ",'headers':[['A','1'],['B','2']],'data':'abc'}"
                  "\n");
        expectEnd(line(m_builder->whole(RecordKind::StreamPart, "\r\n\xFF")), ",'headers':[],'data_base64':'/w=='}"
                                                                              "\n");
    }

    void messages()
    {
        expectIs(
            line(m_builder->framed(RecordKind::WsText, frame(WsOpcode::Text, "grüße", true, true), Direction::Out)),
            std::string("'messages','kind':'ws.text','dir':'out','wire':13,'carried_by':[2,2],'data':'grüße','frames':"
                        "1,'compressed':null}"
                        "\n"));
        expectEnd(line(m_builder->framed(RecordKind::WsText, frame(WsOpcode::Text, "\xC3"))),
                  ",'data_base64':'ww==','frames':1,'compressed':null}"
                  "\n");
        expectEnd(
            line(m_builder->framed(RecordKind::WsBinary, frame(WsOpcode::Binary, "\x01\x02"))),
            "'kind':'ws.binary','dir':'in','wire':4,'carried_by':[8,8],'data':'AQI=','frames':1,'compressed':null}"
            "\n");
    }

    void aFragmentedMessageSkipsControlFramesAndStrangers()
    {
        const Seq first = m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Text, "one ", false));
        const Seq ping = m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Ping, "p"));
        m_builder->message(RecordKind::WsPing, ping, ping);
        m_builder->connection = 2;
        m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Text, "stranger"));
        m_builder->connection = 1;
        m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Text, "ours", true, true), Direction::Out);
        m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Continuation, "two ", false));
        const Seq last = m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Continuation, "three"));
        expectIs(line(m_builder->message(RecordKind::WsText, first, last)),
                 std::string("'messages','kind':'ws.text','dir':'in','wire':19,'carried_by':[2,13],'data':'one two "
                             "three','frames':3,'compressed':null}"
                             "\n"));
    }

    void aCompressedMessageSaysItsSizeBefore()
    {
        const Seq carrier = m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Text, "zzz"));
        Record record = m_builder->make(RecordKind::WsText, Direction::In);
        record.flags = RecordFlag::Compressed;
        record.carrierFirst = record.carrierLast = 1;
        record.derived = m_builder->writer.appendBytes("inflated");
        record.derivedLength = 8;
        QCOMPARE(m_builder->writer.nextSeq().value, carrier.value + 1);
        expectEnd(line(m_builder->append(record)), ",'data':'inflated','frames':1,'compressed':3}"
                                                   "\n");
    }

    void pingAndPong()
    {
        m_builder->time = 1'000'000;
        const Seq ping = m_builder->framed(RecordKind::WsPing, frame(WsOpcode::Ping, "p", true, true), Direction::Out);
        expectEnd(line(ping), ",'data':'cA=='}"
                              "\n");
        m_builder->time = 3'500'001;
        expectEnd(line(m_builder->framed(RecordKind::WsPong, frame(WsOpcode::Pong, "p"), Direction::In, ping.value)),
                  ",'data':'cA==','rtt_ms':2.500001}"
                  "\n");
        expectEnd(line(m_builder->framed(RecordKind::WsPong, frame(WsOpcode::Pong, ""))), ",'data':''}"
                                                                                          "\n");
    }

    void closes()
    {
        const Seq ours = m_builder->framed(
            RecordKind::WsClose, frame(WsOpcode::Close, closePayload(1000, "bye"), true, true), Direction::Out);
        expectEnd(line(ours), ",'code':1000,'reason':'bye','clean':false}"
                              "\n");
        m_builder->connection = 3;
        for (int i = 0; i < 5000; ++i) // other streams go on
            m_builder->append(m_builder->make(RecordKind::TcpRead, Direction::In));
        m_builder->connection = 1;
        const Seq theirs =
            m_builder->framed(RecordKind::WsClose, frame(WsOpcode::Close, ""), Direction::In, ours.value);
        expectEnd(line(theirs), ",'code':1005,'reason':'','clean':true}"
                                "\n");
        expectEnd(line(ours), "'clean':true}"
                              "\n");
        m_builder->connection = 2;
        QVERIFY(
            line(m_builder->framed(RecordKind::WsClose, frame(WsOpcode::Close, closePayload(4999, "\xFF"))))
                .ends_with("\"code\":4999,\"reason\":\"\xEF\xBF\xBD\",\"reason_base64\":\"/w==\",\"clean\":false}\n"));
        expectEnd(
            line(m_builder->framed(RecordKind::WsClose, frame(WsOpcode::Close, "", true, true), Direction::Out, 0)),
            "'clean':false}"
            "\n");
        expectEnd(line(m_builder->framed(RecordKind::WsClose, frame(WsOpcode::Close, "", true, true), Direction::Out,
                                         theirs.value + 3)),
                  "'clean':true}"
                  "\n");
    }

    void findings()
    {
        const Seq frameSeq = m_builder->whole(RecordKind::WsFrame, frame(WsOpcode::Text, "x"));
        m_builder->time = 7;
        const Seq plain = m_builder->writer.appendFinding(frameSeq, 7, Rule::WsUnmaskedByClient, 0, 2, 0);
        const Seq withArgument = m_builder->writer.appendFinding(frameSeq, 7, Rule::WsReservedBits, 0, 1, -4);
        m_builder->writer.publish();
        expectIs(line(plain), std::string("'findings','kind':'finding','dir':'in','wire':0,'rule':'ws.unmasked-by-"
                                          "client','severity':'error','of':2,'offset':0,'length':2}"
                                          "\n"));
        expectEnd(line(withArgument), "'of':2,'offset':0,'length':1,'rsv':-4}"
                                      "\n");
    }

    void theSchemaKnowsEveryRule()
    {
        const Seq seq = m_builder->whole(RecordKind::SseEvent, "data\n\n");
        for (int rule = 0; rule < static_cast<int>(Rule::Count); ++rule) {
            const Seq finding = m_builder->writer.appendFinding(seq, 0, static_cast<Rule>(rule), 0, 0, 1);
            m_builder->writer.publish();
            expectStart(line(finding), "\"findings\",");
        }
    }

    void reads()
    {
        expectIs(line(m_builder->read("hello")),
                 std::string("'reads','kind':'tcp.read','dir':'in','wire':5,'bytes':5,'plain':5}"
                             "\n"));
        Record record = m_builder->make(RecordKind::TcpWrite, Direction::Out);
        record.originLength = 5;
        m_builder->attach(record, ReadFacts{34});
        expectIs(line(m_builder->append(record)),
                 std::string("'reads','kind':'tcp.write','dir':'out','wire':5,'bytes':34,'plain':5}"
                             "\n"));
    }

    void aDamagedCaptureGivesLinesStill()
    {
        for (int kind = 0; kind < static_cast<int>(RecordKind::Count); ++kind) {
            Record record = m_builder->make(static_cast<RecordKind>(kind), Direction::In);
            record.origin = record.derived = 1ull << 40;
            record.originLength = record.derivedLength = 1000;
            record.related = ~0ull;
            record.carrierFirst = 5000;
            record.flags = 0xFFFE;
            std::string out;
            JsonLines(m_builder->capture).write(m_builder->append(record), out);
            QVERIFY(out.starts_with("{\"seq\":") && out.ends_with("}\n"));
        }
    }

    void theSchemaIsStrict()
    {
        const QByteArray good = QByteArray::fromStdString(
            json("{'seq':1,'t':0.0,'at':'2026-01-02T03:04:05.000000006Z','session':1,'connection':1,'stream':0,'layer':"
                 "'messages','kind':'sse.retry','dir':'in','wire':1,'ms':3}"));
        QCOMPARE(test::jsonLineError(good), QString());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace("\"ms\":3", "\"ms\":3,\"more\":1")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace("\"ms\":3", "\"ms\":\"3\"")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace(",\"ms\":3", "")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace("messages", "frames")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace("sse.retry", "sse.nothing")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace("\"wire\":1", "\"wire\":-1")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace("\"dir\":\"in\"", "\"dir\":\"up\"")).isEmpty());
        QVERIFY(!test::jsonLineError(QByteArray(good).replace(".000000006Z", "Z")).isEmpty());
        QVERIFY(!test::jsonLineError("nonsense").isEmpty());
        QVERIFY(!test::jsonLinesError(good).isEmpty());
        QCOMPARE(test::jsonLinesError(good + '\n'), QString());
        QVERIFY(!test::jsonLinesError(good + '\n' + good + '\n').isEmpty());
    }
};

PUSHSCOPE_TEST(JsonLinesTest)
#include "jsonlinestest.moc"
