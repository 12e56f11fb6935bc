#include "core/wire/http/http1framing.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

HttpHead answer(int status, Headers headers = {}, HttpVersion version = HttpVersion::Http11)
{
    HttpHead head;
    head.isRequest = false;
    head.status = status;
    head.headers = std::move(headers);
    head.version = version;
    return head;
}

HttpHead request(Headers headers = {}, HttpVersion version = HttpVersion::Http11)
{
    HttpHead head = answer(0, std::move(headers), version);
    head.isRequest = true;
    return head;
}

/// "chunked", "length 5", ...; the rules found follow.
std::string framed(const HttpHead &head, AnswerTo to = AnswerTo::Other)
{
    std::vector<Finding> findings;
    const auto framing = messageFraming(head, to, {10, 20}, findings);
    std::string text;
    if (!framing) {
        text = "error " + framing.error().detail;
    } else {
        switch (framing->kind) {
        case BodyFraming::None: text = "none"; break;
        case BodyFraming::ContentLength: text = "length " + std::to_string(framing->length); break;
        case BodyFraming::Chunked: text = "chunked"; break;
        case BodyFraming::UntilClose: text = "until close"; break;
        case BodyFraming::Tunnel: text = "tunnel"; break;
        }
    }
    for (const Finding &finding : findings) {
        if (finding.begin != 10 || finding.length != 10)
            text += " BAD RANGE";
        text.append(1, ' ').append(ruleInfo(finding.rule).id);
    }
    return text;
}

} // namespace

class Http1FramingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithoutBody()
    {
        const Headers both{{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}};
        QCOMPARE(framed(answer(204, both)), std::string("none"));
        QCOMPARE(framed(answer(304, both)), std::string("none"));
        QCOMPARE(framed(answer(100, both)), std::string("none"));
        QCOMPARE(framed(answer(200, both), answerTo("HEAD")), std::string("none"));
        QCOMPARE(framed(answer(101, both)), std::string("tunnel"));
        QCOMPARE(framed(answer(200, both), answerTo("CONNECT")), std::string("tunnel"));
        QCOMPARE(framed(answer(404, Headers{{"Content-Length", "5"}}), answerTo("CONNECT")), std::string("length 5"));
    }

    void withoutFields()
    {
        QCOMPARE(framed(answer(200)), std::string("until close"));
        QCOMPARE(framed(request()), std::string("none"));
    }

    void lengths()
    {
        const auto length = [](std::string value) {
            return framed(request(Headers{{"content-length", std::move(value)}}));
        };
        QCOMPARE(length("18446744073709551615"), std::string("length 18446744073709551615"));
        QCOMPARE(length("007, 7"), std::string("length 7"));
        QCOMPARE(
            length("18446744073709551616"),
            std::string("error the Content-Length is no number: \"18446744073709551616\" http.bad-content-length"));
        QCOMPARE(length("-1"), std::string("error the Content-Length is no number: \"-1\" http.bad-content-length"));
        QCOMPARE(length("+1"), std::string("error the Content-Length is no number: \"+1\" http.bad-content-length"));
        QCOMPARE(length(""), std::string("error the Content-Length is empty http.bad-content-length"));
        QCOMPARE(length("1, 2"),
                 std::string("error several Content-Length values differ: \"1, 2\" http.conflicting-content-length"));
    }

    void codings()
    {
        const auto coded = [](std::string value) {
            return framed(answer(200, Headers{{"Transfer-Encoding", std::move(value)}}));
        };
        QCOMPARE(coded("chunked"), std::string("chunked"));
        QCOMPARE(coded("CHUNKED"), std::string("chunked"));
        QCOMPARE(coded("gzip, chunked"), std::string("chunked http.unknown-transfer-coding"));
        QCOMPARE(coded("chunked, gzip"), std::string("until close http.unknown-transfer-coding"));
        QCOMPARE(coded("identity"), std::string("until close http.unknown-transfer-coding"));
        QCOMPARE(coded(""), std::string("until close http.unknown-transfer-coding"));
        QCOMPARE(framed(answer(200, Headers{{"Transfer-Encoding", "identity"}, {"Content-Length", "3"}})),
                 std::string("length 3 http.transfer-encoding-and-length http.unknown-transfer-coding"));
        QCOMPARE(framed(answer(200, Headers{{"Transfer-Encoding", "chunked"}}, HttpVersion::Http10)),
                 std::string("chunked http.unknown-transfer-coding"));
        QCOMPARE(framed(request(Headers{{"Transfer-Encoding", "gzip"}})),
                 std::string(
                     "error the request's last transfer coding isn't chunked: \"gzip\" http.unknown-transfer-coding"));
        QCOMPARE(framed(answer(200, Headers{{"Transfer-Encoding", "chunked"}, {"Content-Length", "x"}})),
                 std::string("chunked http.transfer-encoding-and-length"));
    }

    void persistence()
    {
        QVERIFY(isPersistent(answer(200)));
        QVERIFY(!isPersistent(answer(200, Headers{{"connection", "foo, Close"}})));
        QVERIFY(!isPersistent(request({}, HttpVersion::Http10)));
        QVERIFY(isPersistent(request(Headers{{"Connection", "Keep-Alive"}}, HttpVersion::Http10)));
    }
};

PUSHSCOPE_TEST(Http1FramingTest)
#include "http1framingtest.moc"
