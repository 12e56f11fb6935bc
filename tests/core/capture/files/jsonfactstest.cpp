#include "core/capture/files/jsonfacts.h"

#include "core/capture/facts.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace pushscope;

class JsonFactsTest : public QObject
{
    Q_OBJECT
    template <class Facts>
    static std::string made(RecordKind kind, const Facts &facts)
    {
        std::string out;
        appendFacts(out, kind, encode(facts));
        return out;
    }

    // Expected texts have ' where JSON has ", and no raw strings: moc reads no class that holds one.
    static std::string json(std::string text)
    {
        std::replace(text.begin(), text.end(), '\'', '"');
        return text;
    }
    static void expectIs(const std::string &actual, const std::string &expected) { QCOMPARE(actual, json(expected)); }

private Q_SLOTS:
    void sessionDnsTcp()
    {
        expectIs(made(RecordKind::Session, SessionFacts{"feed", "https://h/e", "sse"}),
                 std::string(",'name':'feed','url':'https://h/e','transport':'sse'"));
        expectIs(made(RecordKind::Dns, DnsFacts{"h", {"::1", "127.0.0.1"}, 0.5}),
                 std::string(",'host':'h','addresses':['::1','127.0.0.1'],'ms':0.5"));
        expectIs(made(RecordKind::Dns, DnsFacts{"h", {}, 0}), std::string(",'host':'h','addresses':[],'ms':0"));
        expectIs(made(RecordKind::Tcp, TcpFacts{"127.0.0.1:80", "127.0.0.1:4", "", 1.125}),
                 std::string(",'peer':'127.0.0.1:80','local':'127.0.0.1:4','ms':1.125,'proxy':''"));
    }

    void tls()
    {
        TlsRecordFacts facts;
        facts.version = "TLSv1.3";
        facts.cipher = "TLS_AES_128_GCM_SHA256";
        facts.group = "X25519";
        facts.alpn = "http/1.1";
        facts.ms = 2;
        facts.verifyError = "self-signed certificate";
        facts.subject = "CN=h";
        facts.issuer = "CN=\xFF";
        facts.notAfter = "2030-01-01T00:00:00Z";
        facts.sans = {"h", "\xFE"};
        facts.chain = 2;
        expectIs(made(RecordKind::Tls, facts),
                 std::string(",'version':'TLSv1.3','cipher':'TLS_AES_128_GCM_SHA256','group':'X25519','alpn':'http/1.1'"
                             ",'resumed':false,'ms':2,'verified':false,'verify_error':'self-signed certificate'"
                             ",'subject':'CN=h','issuer':'CN="
                             "\xEF\xBF\xBD"
                             "','issuer_base64':'Q049/w==','not_after':'2030-01-01T00:00:00Z'"
                             ",'sans':['h',{'base64':'/g=='}],'chain':2"));
    }

    void headsAndHandshake()
    {
        expectIs(made(RecordKind::HttpRequest, RequestFacts{12}), std::string(",'body_bytes':12"));
        expectIs(made(RecordKind::HttpResponse, ResponseFacts{3.5}), std::string(",'ttfb_ms':3.5"));
        expectIs(made(RecordKind::WsOpen, WsOpenFacts{"chat", "permessage-deflate", "", 1}),
                 std::string(",'subprotocol':'chat','offered':'permessage-deflate','accepted':'','rtt_ms':1"));
    }

    void state()
    {
        StateFacts facts;
        facts.state = SessionState::Requesting;
        facts.attempt = 1;
        expectIs(made(RecordKind::State, facts),
                 std::string(",'state':'connecting','attempt':1,'cause':null,'delay_ms':null,'delay_source':null"
                             ",'id_sent':null,'id_seen':null,'reason':''"));
        facts = {SessionState::Waiting, 2, Cause::Reset, 1500.0, DelaySource::Retry, "", "7", "the peer reset"};
        expectIs(made(RecordKind::State, facts),
                 std::string(",'state':'waiting','attempt':2,'cause':'reset','delay_ms':1500,'delay_source':'retry'"
                             ",'id_sent':'','id_seen':'7','reason':'the peer reset'"));
    }

    void resumeEndError()
    {
        expectIs(made(RecordKind::Resume, ResumeFacts{IdKind::Numeric, 3, 1, 9, false}),
                 std::string(",'id_kind':'numeric','gap':3,'duplicates':1,'replayed':9,'ignored':false"));
        expectIs(made(RecordKind::Resume, ResumeFacts{IdKind::Opaque, std::nullopt, 0, 0, true}),
                 std::string(",'id_kind':'opaque','gap':null,'duplicates':0,'replayed':0,'ignored':true"));
        expectIs(made(RecordKind::Coding, CodingFacts{"gzip, br", 10, 200, 1.5}),
                 std::string(",'coding':'gzip, br','plain':200,'delay_ms':1.5"));
        expectIs(made(RecordKind::End, EndFacts{Verdict::NeverAnswered, "peer", "missing", 4, "words"}),
                 std::string(",'verdict':'never-answered','by':'peer','tls_close':'missing','pending_bytes':4"));
        expectIs(made(RecordKind::Error, ErrorFacts{"tls.verify", "no"}),
                 std::string(",'code':'tls.verify','text':'no'"));
    }

    void reads()
    {
        Record record;
        record.originLength = 100;
        std::string out;
        appendReadFacts(out, record, {});
        expectIs(out, std::string(",'bytes':100,'plain':100"));
        out.clear();
        appendReadFacts(out, record, encode(ReadFacts{129}));
        expectIs(out, std::string(",'bytes':129,'plain':100"));
    }
};

PUSHSCOPE_TEST(JsonFactsTest)
#include "jsonfactstest.moc"
