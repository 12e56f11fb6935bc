#include "core/base/curlcommand.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
void appendProxy(std::string &text, const ProxyOptions &proxy)
{
    switch (proxy.kind) {
    case ProxyOptions::Kind::FromEnvironment: return;
    case ProxyOptions::Kind::None: text += "proxy none\n"; return;
    case ProxyOptions::Kind::HttpConnect: text += "proxy http "; break;
    case ProxyOptions::Kind::Socks5: text += "proxy socks5 "; break;
    }
    text += proxy.host + ' ' + std::to_string(proxy.port);
    if (!proxy.user.empty())
        text += ' ' + proxy.user + ' ' + proxy.password;
    text += '\n';
}

void appendTls(std::string &text, const TlsOptions &tls)
{
    if (tls.insecure)
        text += "insecure\n";
    for (const auto &[name, value] : {std::pair("ca", tls.caFile), std::pair("cert", tls.certificateFile),
                                      std::pair("key", tls.keyFile), std::pair("pass", tls.passphrase)}) {
        if (!value.empty())
            text += std::string(name) + ' ' + value + '\n';
    }
    if (tls.minimumVersion != TlsOptions().minimumVersion)
        text += "tls " + std::to_string(tls.minimumVersion) + '\n';
}

std::optional<std::string> noVariables(const std::string &)
{
    return std::nullopt;
}

std::optional<std::string> variables(const std::string &name)
{
    return name == "KEY" ? std::optional<std::string>("k3y") : std::nullopt;
}

/// What a command asks for beyond the defaults, a line each.
std::string described(const Expected<CurlCommand, Error> &command)
{
    if (!command)
        return "! " + command.error().detail + '\n';
    const Target &target = command->target;
    std::string text = target.method + ' ' + target.url.text() + '\n';
    for (const HeaderField &field : target.headers)
        text += field.name + ": " + field.value + '\n';
    if (!target.body.empty())
        text += "body " + target.body + '\n';
    if (!target.lastEventId.empty())
        text += "last event ID " + target.lastEventId + '\n';
    if (target.transport == TransportChoice::WebSocket)
        text += "websocket " + target.webSocket.origin + '\n';
    for (const std::string &name : target.webSocket.subprotocols)
        text += "subprotocol " + name + '\n';
    if (target.http != HttpChoice::Auto)
        text += target.http == HttpChoice::Http2 ? "http 2\n" : "http 1.1\n";
    if (target.compressed)
        text += "compressed\n";
    appendTls(text, target.tls);
    appendProxy(text, target.proxy);
    for (const ResolveOverride &entry : target.resolve)
        text += "resolve " + entry.host + ' ' + std::to_string(entry.port) + ' ' + entry.address + '\n';
    if (target.timeouts != Timeouts())
        text += "connect within " + std::to_string(target.timeouts.connect.count()) + '\n';
    for (const std::string &flag : command->fileFlags)
        text += "file " + flag + '\n';
    for (const std::string &flag : command->ignoredFlags)
        text += "ignored " + flag + '\n';
    for (const std::string &difference : command->differences)
        text += "otherwise " + difference.substr(0, difference.find(':')) + '\n';
    return text;
}
} // namespace

class CurlCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isCurl_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *text, bool expected) { QTest::newRow(text) << std::string(text) << expected; };
        row("curl http://h", true);
        row("  $ curl -N http://h", true);
        row("/usr/bin/curl http://h", true);
        row("curl\nhttp://h", true);
        row("curl", false);
        row("curly http://h", false);
        row("http://curl/ curl x", false);
        row("http://h/curl x", false);
        row("", false);
    }

    void isCurl()
    {
        QFETCH(std::string, text);
        QFETCH(bool, expected);
        QCOMPARE(isCurlCommand(text), expected);
    }

    void parses_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("curl http://h/events", "GET http://h/events\n");
        row("curl h:8080/x", "GET http://h:8080/x\n");
        row("curl --url https://h -- ", "GET https://h/\n");
        row("curl -sSNv http://h", "GET http://h/\nignored -s\nignored -S\nignored -N\nignored -v\n");
        row("curl -XPOST http://h", "POST http://h/\n");
        row("curl --request PUT http://h", "PUT http://h/\n");
        row("curl -I http://h", "HEAD http://h/\n");
        row("curl -sXREPORT http://h -NHA:b", "REPORT http://h/\nA: b\nignored -s\nignored -N\n");
        row("curl http://h -H 'Accept: text/event-stream' --header=X-Y:z -H 'Empty;' -H 'Host:'",
            "GET http://h/\nAccept: text/event-stream\nX-Y: z\nEmpty: \nignored -H Host:\n");
        row("curl http://h -H 'last-event-id: 7'", "GET http://h/\nlast event ID 7\n");
        row("curl http://h -A agent -e http://from -b 'a=b; c=d'",
            "GET http://h/\nUser-Agent: agent\nReferer: http://from\nCookie: a=b; c=d\n");
        row("curl http://h -u me:secret", "GET http://h/\nAuthorization: Basic bWU6c2VjcmV0\n");
        row("curl http://h --oauth2-bearer t0k", "GET http://h/\nAuthorization: Bearer t0k\n");
        row("curl http://h -u me:x -H 'authorization: own'", "GET http://h/\nauthorization: own\n");
        row("curl --compressed http://h", "GET http://h/\ncompressed\n");
        row("curl http://h --max-time 5 -m 3 -L --retry 2",
            "GET http://h/\nignored --max-time 5\nignored -m 3\nignored -L\nignored --retry 2\n");
        row("curl --proto =https --tlsv1.2 -sSf --http0.9 -# --create-dirs --no-location https://h 2>&1",
            "GET https://h/\nignored --proto =https\nignored -s\nignored -S\nignored -f\nignored --http0.9\nignored "
            "-#\n"
            "ignored --create-dirs\nignored --no-location\nignored 2>&1\n");
        row("curl --compressed --no-compressed -I --no-head http://h", "GET http://h/\n");
        row("curl --proto-default https h", "GET https://h/\n");
        row("curl http://h/a/../b/./c?d=/../e", "GET http://h/b/c?d=/../e\n");
        row("curl --path-as-is http://h/a/../b", "GET http://h/a/../b\n");
        row("curl --request-target /x?y http://h/a -G -d b", "GET http://h/x?y\n");
        row("curl -r 0-9 http://h", "GET http://h/\nRange: bytes=0-9\n");
        row("curl --range 5 http://h", "GET http://h/\nRange: bytes=5-\n");
        row("curl http://h -H \"Authorization: Bearer $KEY\" -H 'X: $KEY'",
            "GET http://h/\nAuthorization: Bearer k3y\nX: $KEY\n");
        row("curl ^\"http://h^\" ^\n -H ^\"A: %KEY%^\"", "GET http://h/\nA: k3y\n");
        row("curl http://h | jq .", "GET http://h/\nignored | jq .\n");
        row("$ curl \\\n  http://h \\\n  -N", "GET http://h/\nignored -N\n");
    }

    void bodies_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        const char *form = "POST http://h/\nContent-Type: application/x-www-form-urlencoded\nbody a=1&b=2\n";
        row("curl http://h -d a=1 --data b=2", form);
        row("curl http://h --data-raw a=1 --data-binary b=2", form);
        row("curl http://h --json '{\"a\":' --json 1}",
            "POST http://h/\nContent-Type: application/json\nAccept: application/json\nbody {\"a\":1}\n");
        row("curl http://h -d '{}' -H 'content-type: application/json'",
            "POST http://h/\ncontent-type: application/json\nbody {}\n");
        row("curl http://h --data-raw @x",
            "POST http://h/\nContent-Type: application/x-www-form-urlencoded\nbody @x\n");
        row("curl http://h --data-urlencode 'a=b c' --data-urlencode '=&' --data-urlencode 'd e'",
            "POST http://h/\nContent-Type: application/x-www-form-urlencoded\nbody a=b+c&%26&d+e\n");
        row("curl http://h --url-query 'a=\xC3\xA9 b' --url-query +c=%2F", "GET http://h/?a=%c3%a9+b&c=%2f\n");
        row("curl 'http://h/?' --url-query a -d b",
            "POST http://h/?a\nContent-Type: application/x-www-form-urlencoded\nbody b\n");
        row("curl -G 'http://h/?x=1' -d a=1 -d b=2", "GET http://h/?x=1&a=1&b=2\n");
        row("curl -G http://h/ -d a=1", "GET http://h/?a=1\n");
        row("curl -X PUT http://h -d a=1",
            "PUT http://h/\nContent-Type: application/x-www-form-urlencoded\nbody a=1\n");
    }

    void bodies() { parses(); }

    /// What -H says goes in the place of what other flags ask for.
    void fields_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("curl http://h -b a=1 -b 'b=2; c=3'", "GET http://h/\nCookie: a=1;b=2; c=3\n");
        row("curl http://h -b a=1 -H 'cookie: z=9'", "GET http://h/\ncookie: z=9\n");
        row("curl http://h -A me -H 'User-Agent: you'", "GET http://h/\nUser-Agent: you\n");
        row("curl http://h -A '' -e 'http://r/;auto'", "GET http://h/\nReferer: http://r/\n");
        row("curl http://h -u me:pw -H 'Authorization: x'", "GET http://h/\nAuthorization: x\n");
    }

    void fields() { parses(); }

    /// As Chrome and its kin copy a request for Windows.
    void forWindows_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("carets everywhere")
            << std::string("curl ^\"https://h/x?a=1^&b=2^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw "
                           "^\"^{^\\^\"a^\\^\":^\\^\"50^%^ b^\\^\"^}^\"")
            << std::string("POST https://h/x?a=1&b=2\naccept: */*\nContent-Type: "
                           "application/x-www-form-urlencoded\nbody {\"a\":\"50% b\"}\n");
        QTest::newRow("carets at line ends")
            << std::string("curl.exe \"https://h/\" ^\n  -H \"a: b^c\" ^\n  --compressed")
            << std::string("GET https://h/\na: b^c\ncompressed\n");
        QTest::newRow("a caret in a shell's quotes")
            << std::string("curl 'http://h/^' -d 'a ^\"b'")
            << std::string("POST http://h/^\nContent-Type: application/x-www-form-urlencoded\nbody a ^\"b\n");
    }

    void forWindows() { parses(); }

    /// With the user's leave the files that make the body are read.
    void readsFilesWhenAllowed()
    {
        const CurlFiles files = [](const std::string &path) -> Expected<Bytes, Error> {
            if (path == "gone")
                return Error{ErrorCode::FileUnreadable, "no such file"};
            return Bytes("one\r\ntwo of " + path);
        };
        const auto body = [&](const char *text) {
            const auto command = parseCurlCommand(text, noVariables, files);
            return command ? command->target.body : "! " + command.error().detail;
        };
        QCOMPARE(body("curl http://h -d @f -d b"), "onetwo of f&b");
        QCOMPARE(body("curl http://h --data-binary @f"), "one\r\ntwo of f");
        QCOMPARE(body("curl http://h --data-urlencode n@f"), "n=one%0D%0Atwo+of+f");
        QCOMPARE(body("curl http://h --json @f"), "one\r\ntwo of f");
        QCOMPARE(body("curl http://h -d @gone"), "! no such file");
        QCOMPARE(body("curl http://h -H @gone"), "! no such file");
        QCOMPARE(described(parseCurlCommand("curl http://h/ -T dir/f", noVariables, files)),
                 "PUT http://h/f\nbody one\r\ntwo of dir/f\nfile -T dir/f\n");
        QCOMPARE(described(parseCurlCommand("curl http://h/a -XPOST -T f", noVariables, files)),
                 "POST http://h/a\nbody one\r\ntwo of f\nfile -T f\n");
        QCOMPARE(described(parseCurlCommand("curl http://h -H @f", noVariables,
                                            [](const std::string &) { return Bytes("A: b\r\n\n@c: d"); })),
                 "GET http://h/\nA: b\n@c: d\nfile -H @f\n");
        QVERIFY(body("curl http://h -F a=@dir/f.png")
                    .find("; filename=\"f.png\"\r\nContent-Type: image/png\r\n\r\none\r\ntwo of dir/f.png\r\n") !=
                Bytes::npos);
        QCOMPARE(parseCurlCommand("curl http://h -F a=@f", noVariables, files)->fileFlags,
                 std::vector<std::string>{"-F a=@f"});
    }

    void connections_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("curl -k https://h --http2 --tlsv1.3", "GET https://h/\nhttp 2\ninsecure\ntls 13\n");
        row("curl https://h --http1.1", "GET https://h/\nhttp 1.1\n");
        row("curl https://h --http2 --http1.1", "GET https://h/\nhttp 1.1\n");
        row("curl https://h --http2-prior-knowledge", "GET https://h/\nhttp 2\n");
        row("curl http://h --http2-prior-knowledge", "GET http://h/\nhttp 2\n");
        row("curl http://h --http2", "GET http://h/\nhttp 2\notherwise --http2\n");
        row("curl http://h --no-alpn", "GET http://h/\n");
        row("curl https://h --no-alpn", "GET https://h/\nhttp 1.1\notherwise --no-alpn\n");
        row("curl https://h --no-alpn --http2-prior-knowledge", "GET https://h/\nhttp 2\notherwise --no-alpn\n");
        row("curl https://h -x http://p:3128", "GET https://h/\nproxy http p 3128\n");
        row("curl https://h -x 'me:p%40ss@p'", "GET https://h/\nproxy http p 1080 me p@ss\n");
        row("curl https://h --socks5-hostname [::1]:9050", "GET https://h/\nproxy socks5 ::1 9050\n");
        row("curl https://h --proxy socks5h://p -U me:x", "GET https://h/\nproxy socks5 p 1080 me x\n");
        row("curl https://h -U me:x -x p", "GET https://h/\nproxy http p 1080 me x\n");
        row("curl https://h -x ''", "GET https://h/\nproxy none\n");
        row("curl https://h --resolve h:443:127.0.0.1 --resolve +i:80:[::1],1.2.3.4",
            "GET https://h/\nresolve h 443 127.0.0.1\nresolve i 80 ::1\n");
        row("curl https://h --connect-timeout 2.5", "GET https://h/\nconnect within 2500\n");
    }

    void connections() { parses(); }

    void filesAreNamedOnly_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("curl http://h -T f", "PUT http://h/f\nfile -T f\n");
        row("curl http://h -d @body",
            "POST http://h/\nContent-Type: application/x-www-form-urlencoded\nfile -d @body\n");
        row("curl http://h -H @fields", "GET http://h/\nfile -H @fields\n");
        row("curl https://h --cacert ca.pem -E 'c\\:1.pem:pw' --key k.pem",
            "GET https://h/\nca ca.pem\ncert c:1.pem\nkey k.pem\npass pw\n"
            "file --cacert ca.pem\nfile -E c\\:1.pem:pw\nfile --key k.pem\n");
    }

    void filesAreNamedOnly() { parses(); }

    /// What changes the request not at all, or less than curl's user may think, is told.
    void isDoneOtherwise_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("curl http://h -o out -OJ --dump-header - --stderr - -c jar --trace-ascii -",
            "GET http://h/\notherwise -o out\notherwise -O\notherwise -J\notherwise --dump-header -\n"
            "otherwise --stderr -\notherwise -c jar\notherwise --trace-ascii -\n");
        row("curl http://h -b jar --interface lo --location-trusted --tr-encoding",
            "GET http://h/\notherwise -b jar\notherwise --interface lo\notherwise --location-trusted\n"
            "otherwise --tr-encoding\n");
    }

    void isDoneOtherwise() { parses(); }

    void webSockets_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("as browsers copy it")
            << std::string(
                   "curl 'wss://h/ws' -H 'Upgrade: websocket' -H 'Origin: https://h' -H 'Sec-WebSocket-Key: x==' "
                   "-H 'Sec-WebSocket-Protocol: chat, superchat' -H 'Pragma: no-cache'")
            << std::string("GET wss://h/ws\nPragma: no-cache\nwebsocket https://h\nsubprotocol chat\nsubprotocol "
                           "superchat\nignored -H Upgrade: websocket\nignored -H Sec-WebSocket-Key: x==\n");
        QTest::newRow("by its Upgrade field")
            << std::string("curl http://h/ws -H 'upgrade: WebSocket'")
            << std::string("GET http://h/ws\nwebsocket \nignored -H upgrade: WebSocket\n");
    }

    void webSockets() { parses(); }

    void refuses_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("curl --frobnicate http://h", "! curl's option --frobnicate is not known here\n");
        row("curl -s@ http://h", "! curl's option -@ is not known here\n");
        row("curl http://h -H", "! -H needs a value\n");
        row("curl http://h --get=x", "! --get takes no value\n");
        row("curl -N", "! the command names no URL\n");
        row("curl http://h http://i", "! the command names a second URL: http://i\n");
        row("curl --no-frobnicate http://h", "! curl's option --no-frobnicate is not known here\n");
        row("curl --no-data http://h", "! curl's option --no-data is not known here\n");
        row("curl --http1.0 http://h", "! curl's --http1.0: Pushscope speaks HTTP/1.1 and HTTP/2\n");
        row("curl -K rc http://h", "! curl's -K rc: Pushscope reads no configuration of curl's\n");
        row("curl --request-target '*' http://h", "! curl's --request-target *: here a target begins with a slash\n");
        row("curl http://h -T f -d c", "! a request has a file (-T) or data and forms (-d, -F), not both\n");
        row("curl http://h -H \"A: $GONE\"",
            "! the environment has no $GONE: set it, or write its value in its place\n");
        row("curl http://h -F a", "! a form's part is NAME=CONTENT: a\n");
        row("curl http://h -F 'a=(;type=multipart/alternative'",
            "! a form with parts inside a part can't be made here\n");
        row("curl http://h -F 'a=@x,y'", "! a form with several files in one part can't be made here\n");
        row("curl http://h -F 'a=b;encoder=base64'", "! a form with ;encoder= can't be made here\n");
        row("curl http://h -F a=b -d c", "! a request has a form (-F) or data (-d), not both\n");
        row("curl http://h -F a=b -G", "! a form (-F) can't go into the query\n");
        row("curl ^\"http://h^\" -H ^\"a: b", "! a quote of the command is never closed\n");
        row("curl http://h -x socks4://p",
            "! -x socks4://p: a proxy of the kind \"socks4\" is not supported; use http or socks5\n");
        row("curl http://h -x http://p:x",
            "! -x http://p:x: \"http://p:x\" is not http://HOST:PORT or socks5://HOST:PORT\n");
        row("curl http://h --resolve h:80", "! --resolve h:80 is not HOST:PORT:ADDRESS\n");
        row("curl http://h --connect-timeout soon", "! --connect-timeout soon is not a number of seconds\n");
        row("curl ftp://h", "! the scheme \"ftp\" is not supported; use http, https, ws or wss\n");
        row("curl 'http://h", "! a quote in the command is never closed\n");
        row("wget http://h", "! the text is not a curl command\n");
    }

    void refuses() { parses(); }

    void parses()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        QCOMPARE(QString::fromStdString(described(parseCurlCommand(text, variables))),
                 QString::fromStdString(expected));
    }
};

PUSHSCOPE_TEST(CurlCommandTest)
#include "curlcommandtest.moc"
