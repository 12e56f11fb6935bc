#include "core/wire/http/http2request.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class Http2RequestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void movesTheRequestLineToPseudoHeaders();
    void leavesConnectionSpecificFieldsOut();
    void makesAnUpgradeAnExtendedConnect();
};

namespace {

std::string text(const HttpHead &head)
{
    std::string lines;
    for (const HeaderField &field : head.headers)
        lines += field.name + "=" + field.value + "\n";
    return lines;
}

HttpHead get()
{
    HttpHead head;
    head.method = "GET";
    head.target = "/a?b";
    head.headers = {{"Host", "example.test:8443"}, {"Accept", "*/*"}};
    return head;
}

} // namespace

void Http2RequestTest::movesTheRequestLineToPseudoHeaders()
{
    const HttpHead head = http2Request(get(), "https");
    QCOMPARE(head.version, HttpVersion::Http2);
    QCOMPARE(text(head),
             std::string(":method=GET\n:scheme=https\n:authority=example.test:8443\n:path=/a?b\naccept=*/*\n"));
}

void Http2RequestTest::leavesConnectionSpecificFieldsOut()
{
    HttpHead head = get();
    for (const char *name : {"Connection", "keep-alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade"})
        head.headers.add(name, "x");
    head.headers.add("TE", "gzip");
    QCOMPARE(text(http2Request(head, "https")), text(http2Request(get(), "https")));
    head = get();
    head.headers.add("TE", "trailers");
    QVERIFY(text(http2Request(head, "https")).ends_with("te=trailers\n"));
}

void Http2RequestTest::makesAnUpgradeAnExtendedConnect()
{
    HttpHead head = get();
    head.headers.add("Upgrade", "websocket");
    head.headers.add("Connection", "Upgrade");
    head.headers.add("Sec-WebSocket-Key", "x");
    head.headers.add("Sec-WebSocket-Version", "13");
    QCOMPARE(text(http2Request(head, "http")),
             std::string(":method=CONNECT\n:protocol=websocket\n:scheme=http\n:authority=example.test:8443\n"
                         ":path=/a?b\naccept=*/*\nsec-websocket-version=13\n"));
}

PUSHSCOPE_TEST(Http2RequestTest)
#include "http2requesttest.moc"
