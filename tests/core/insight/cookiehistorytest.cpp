#include "core/insight/cookiehistory.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class CookieHistoryTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<CaptureBuilder> m_builder;
    std::vector<Seq> m_records;

    Seq ask(const char *target, const char *host = "h.test")
    {
        return note(m_builder->whole(RecordKind::HttpRequest,
                                     "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
                                     Direction::Out));
    }
    Seq answer(Seq request, const std::string &fields)
    {
        return note(m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n" + fields + "\r\n", Direction::In,
                                     0, request.value));
    }
    Seq note(Seq seq)
    {
        m_records.push_back(seq);
        return seq;
    }
    std::string jar(Seq upTo) const
    {
        std::string text;
        for (const Cookie &cookie : cookiesBehind(*m_builder->capture, m_records, upTo))
            text += cookie.name + '=' + cookie.value + " for " + cookie.domain + cookie.path + " from #" +
                    std::to_string(cookie.from) + '\n';
        return text;
    }

private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<CaptureBuilder>();
        m_records.clear();
    }

    void isMadeAgainFromTheAnswers()
    {
        const Seq first = answer(ask("/one/x"), "Set-Cookie: a=1\r\nset-cookie: b=2; Path=/\r\n");
        const Seq second = answer(ask("/"), "Set-Cookie: b=3; Path=/\r\nSet-Cookie: c=4; Max-Age=0\r\n");
        const auto number = [](Seq seq) { return std::to_string(seq.value); };
        QCOMPARE(jar(first),
                 "a=1 for h.test/one from #" + number(first) + "\nb=2 for h.test/ from #" + number(first) + '\n');
        QCOMPARE(jar(second),
                 "a=1 for h.test/one from #" + number(first) + "\nb=3 for h.test/ from #" + number(second) + '\n');
    }

    void whatTheEngineRefusedIsNotThere()
    {
        const Seq seq = answer(ask("/"), "Set-Cookie: a=1\r\nSet-Cookie: b=2; Domain=test\r\n");
        m_builder->writer.appendFinding(seq, 0, Rule::HttpCookieRefused, 0, 0, 2);
        m_builder->writer.publish();
        QCOMPARE(jar(seq), "a=1 for h.test/ from #" + std::to_string(seq.value) + '\n');
    }

    void secureOnesNeedTls()
    {
        const Seq clear = answer(ask("/"), "Set-Cookie: a=1; Secure\r\n");
        QCOMPARE(jar(clear), std::string());
        note(m_builder->facts(RecordKind::Tls, TlsRecordFacts{}));
        const Seq secure = answer(ask("/"), "Set-Cookie: a=1; Secure\r\n");
        QCOMPARE(jar(secure), "a=1 for h.test/ from #" + std::to_string(secure.value) + '\n');
    }

    void requestsWithoutAHostTellNothing()
    {
        const Seq request = note(m_builder->whole(RecordKind::HttpRequest, "GET / HTTP/1.1\r\n\r\n", Direction::Out));
        QCOMPARE(jar(answer(request, "Set-Cookie: a=1\r\n")), std::string());
    }
};

PUSHSCOPE_TEST(CookieHistoryTest)
#include "cookiehistorytest.moc"
