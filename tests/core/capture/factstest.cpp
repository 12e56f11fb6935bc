#include "core/capture/facts.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class FactsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roundTrips()
    {
        const auto session = decodeFacts<SessionFacts>(encode(SessionFacts{"feed", "http://h/", "sse", false}));
        QVERIFY(!session.cookies);
        QVERIFY(decodeFacts<SessionFacts>(encode(SessionFacts{"feed", "http://h/", "sse", true})).cookies);
        QCOMPARE(session.name, std::string("feed"));
        QCOMPARE(session.url, std::string("http://h/"));
        QCOMPARE(session.transport, std::string("sse"));

        const auto dns = decodeFacts<DnsFacts>(encode(DnsFacts{"h", {"::1", "127.0.0.1"}, 1.25}));
        QCOMPARE(dns.addresses, (std::vector<std::string>{"::1", "127.0.0.1"}));
        QCOMPARE(dns.ms, 1.25);

        TlsRecordFacts tls;
        tls.version = "TLSv1.3";
        tls.resumed = tls.verified = true;
        tls.sans = {"a", "b"};
        tls.chain = 3;
        const auto tlsBack = decodeFacts<TlsRecordFacts>(encode(tls));
        QCOMPARE(tlsBack.version, std::string("TLSv1.3"));
        QVERIFY(tlsBack.resumed && tlsBack.verified);
        QCOMPARE(tlsBack.sans.size(), 2u);
        QCOMPARE(tlsBack.chain, 3u);

        const auto end = decodeFacts<EndFacts>(encode(EndFacts{Verdict::ByUs, "us", "clean", 12, "ended by us"}));
        QCOMPARE(end.verdict, Verdict::ByUs);
        QCOMPARE(end.pendingBytes, 12u);
        QCOMPARE(end.text, std::string("ended by us"));

        const auto coding = decodeFacts<CodingFacts>(encode(CodingFacts{"br", 10, 200, 1.5}));
        QCOMPARE(coding.coding, std::string("br"));
        QCOMPARE(coding.wire, 10u);
        QCOMPARE(coding.plain, 200u);
        QCOMPARE(coding.delayMs, 1.5);
        const auto resume = decodeFacts<ResumeFacts>(encode(ResumeFacts{IdKind::Lexical, 1, 2, 3, true}));
        QCOMPARE(resume.idKind, IdKind::Lexical);
        QCOMPARE(resume.replayed, 3u);
        QVERIFY(resume.ignored);
        QVERIFY(!decodeFacts<ResumeFacts>(encode(ResumeFacts{})).gap);

        QCOMPARE(decodeFacts<TcpFacts>(encode(TcpFacts{"p", "l", "x", 2})).proxy, std::string("x"));
        QCOMPARE(decodeFacts<RequestFacts>(encode(RequestFacts{9})).bodyBytes, 9u);
        QCOMPARE(decodeFacts<ResponseFacts>(encode(ResponseFacts{4.5})).ttfbMs, 4.5);
        QCOMPARE(decodeFacts<WsOpenFacts>(encode(WsOpenFacts{"s", "o", "a", 1})).accepted, std::string("a"));
        QCOMPARE(decodeFacts<ErrorFacts>(encode(ErrorFacts{"tls.verify", "no"})).code, std::string("tls.verify"));
    }

    void stateKeepsWhatIsNotThere()
    {
        StateFacts facts;
        facts.state = SessionState::Securing;
        facts.attempt = 2;
        facts.cause = Cause::Reset;
        facts.idSent = "";
        const auto back = decodeFacts<StateFacts>(encode(facts));
        QCOMPARE(back.state, SessionState::Securing);
        QCOMPARE(back.cause, Cause::Reset);
        QCOMPARE(back.attempt, 2u);
        QVERIFY(!back.delayMs);
        QVERIFY(back.idSent && back.idSent->empty());
        QVERIFY(!back.idSeen);
    }

    void bytesThatAreNoTextStay()
    {
        const std::string bad = "a\xFF\x80z";
        QCOMPARE(decodeFacts<ErrorFacts>(encode(ErrorFacts{"c", bad})).text, bad);
    }

    void readFactsFitOnTheStack()
    {
        for (const std::uint64_t bytes : {0ull, 1ull, 65536ull, 0xFFFFFFFFull, 0x100000000ull, 123456789012ull})
            QCOMPARE(decodeFacts<ReadFacts>(encode(ReadFacts{bytes})).bytes, bytes);
        QCOMPARE(encode(ReadFacts{70000}).size(), 12u);
    }

    void foreignBytesGiveDefaults()
    {
        for (const ByteView bad : {ByteView(), ByteView("\xFF\xFF"), ByteView("\x83\x01\x02"),
                                   ByteView("\xA1\x65"
                                            "bytes"),
                                   ByteView("\xBF\xBF\xBF\xBF"), ByteView("\xA1\x65state\x19\x03\xE8")}) {
            QCOMPARE(decodeFacts<StateFacts>(bad).state, SessionState::Idle);
            QCOMPARE(decodeFacts<ReadFacts>(bad).bytes, 0u);
            QVERIFY(decodeFacts<DnsFacts>(bad).addresses.empty());
            QVERIFY(decodeFacts<SessionFacts>(bad).name.empty());
        }
        // The right names with the wrong types.
        QCOMPARE(decodeFacts<ErrorFacts>(encode(StateFacts{})).code, std::string());
        QCOMPARE(decodeFacts<EndFacts>(encode(ErrorFacts{"c", "t"})).text, std::string("t"));
    }
};

PUSHSCOPE_TEST(FactsTest)
#include "factstest.moc"
