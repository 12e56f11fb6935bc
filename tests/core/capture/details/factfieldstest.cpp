#include "core/capture/details/factfields.h"

#include "core/capture/facts.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class FactFieldsTest : public QObject
{
    Q_OBJECT
    template <class Facts>
    static std::string preview(RecordKind kind, const Facts &facts)
    {
        return summaryOfFacts(kind, encode(facts)).preview;
    }
    template <class Facts>
    static std::string fields(RecordKind kind, const Facts &facts)
    {
        std::string text;
        for (const Field &field : fieldsOfFacts(kind, encode(facts)))
            text += field.name + "=" + field.value + ";";
        return text;
    }

private Q_SLOTS:
    void rows()
    {
        QCOMPARE(preview(RecordKind::Session, SessionFacts{"n", "http://h/", "sse"}), std::string("http://h/"));
        QCOMPARE(preview(RecordKind::Dns, DnsFacts{"h", {"::1", "127.0.0.1"}, 1}), std::string("h: ::1, 127.0.0.1"));
        QCOMPARE(preview(RecordKind::Tcp, TcpFacts{"p:1", "l:2", "", 1}), std::string("p:1"));
        QCOMPARE(preview(RecordKind::Tcp, TcpFacts{"p:1", "l:2", "x:3", 1}), std::string("p:1 by way of x:3"));
        QCOMPARE(preview(RecordKind::WsOpen, WsOpenFacts{"chat", "", "", 1}), std::string("chat"));
        QCOMPARE(preview(RecordKind::Resume, ResumeFacts{IdKind::Numeric, 2, 1, 0, false}),
                 std::string("2 missing, 1 twice, 0 replayed"));
        QCOMPARE(preview(RecordKind::Resume, ResumeFacts{IdKind::Opaque, std::nullopt, 0, 4, false}),
                 std::string("missing can't be counted, 0 twice, 4 replayed"));
        QCOMPARE(preview(RecordKind::Resume, ResumeFacts{IdKind::Numeric, 0, 0, 0, true}),
                 std::string("the server ignored Last-Event-ID"));
        QCOMPARE(preview(RecordKind::Coding, CodingFacts{"gzip", 1000, 5250, 1.5}),
                 std::string("gzip: 1,000 bytes on the wire, 5,250 plain, 5.2 to 1, waited 1.500 ms"));
        QCOMPARE(preview(RecordKind::Coding, CodingFacts{"br", 7, 0, 0}),
                 std::string("br: 7 bytes on the wire, 0 plain"));
        QCOMPARE(preview(RecordKind::End, EndFacts{Verdict::Cut, "network", "", 3, ""}), std::string("cut"));
        QCOMPARE(preview(RecordKind::End, EndFacts{Verdict::Cut, "network", "", 3, "cut mid-event"}),
                 std::string("cut mid-event"));
        QCOMPARE(preview(RecordKind::Error, ErrorFacts{"c", "bad \xFF"}), std::string("c: bad \xEF\xBF\xBD"));
        StateFacts state;
        state.state = SessionState::Waiting;
        QCOMPARE(preview(RecordKind::State, state), std::string("waiting"));
        state.reason = "the peer closed";
        QCOMPARE(preview(RecordKind::State, state), std::string("the peer closed"));
        TlsRecordFacts tls;
        tls.version = "TLSv1.3";
        tls.cipher = "AES";
        QCOMPARE(preview(RecordKind::Tls, tls), std::string("TLSv1.3, AES"));
    }

    void lists()
    {
        QCOMPARE(fields(RecordKind::Session, SessionFacts{"n", "u", ""}), std::string("name=n;URL=u;"));
        QCOMPARE(fields(RecordKind::Dns, DnsFacts{"h", {"a"}, 1}), std::string("host=h;addresses=a;lookup=1.000 ms;"));
        QCOMPARE(fields(RecordKind::Tcp, TcpFacts{"p", "l", "", 2}), std::string("peer=p;local=l;connect=2.000 ms;"));
        QCOMPARE(fields(RecordKind::Error, ErrorFacts{"c", "t"}), std::string("code=c;text=t;"));
        QCOMPARE(fields(RecordKind::End, EndFacts{Verdict::ByUs, "us", "clean", 0, "w"}),
                 std::string("verdict=by-us;by=us;TLS close=clean;pending bytes=0;in words=w;"));
        QCOMPARE(
            fields(RecordKind::Coding, CodingFacts{"zstd", 1, 20, 0}),
            std::string("coding=zstd;on the wire=1 byte;plain=20 bytes;ratio=20.0 to 1;waited for more=0.000 ms;"));
        QCOMPARE(fields(RecordKind::Resume, ResumeFacts{}),
                 std::string("missing=can't be counted;duplicates=0;replayed=0;Last-Event-ID ignored=no;"));
        StateFacts state{SessionState::Waiting, 1, Cause::Cut, 20.0, DelaySource::Retry, "", "8", "r"};
        QCOMPARE(fields(RecordKind::State, state),
                 std::string("state=waiting;attempt=1;cause=cut;delay=20.000 ms;delay from=retry;"
                             "Last-Event-ID sent=\"\";last event ID=8;reason=r;"));
        QCOMPARE(fields(RecordKind::WsOpen, WsOpenFacts{"", "o", "", 0}),
                 std::string("extensions offered=o;round trip=0.000 ms;"));
        TlsRecordFacts tls;
        tls.sans = {"a", "b"};
        QVERIFY(fields(RecordKind::Tls, tls).find("subject alternative names=a, b;") != std::string::npos);
    }
};

PUSHSCOPE_TEST(FactFieldsTest)
#include "factfieldstest.moc"
