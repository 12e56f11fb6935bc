#include "app/options/commandline.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
using Arguments = std::vector<std::string_view>;

Arguments record(Arguments arguments, std::string_view url = "http://h/e")
{
    arguments.insert(arguments.begin(), "record");
    arguments.push_back(url);
    return arguments;
}

CommandLine parsed(const Arguments &arguments)
{
    const auto result = parseCommandLine(arguments);
    if (!result)
        qWarning("%s", result.error().detail.c_str());
    return result ? *result : CommandLine();
}

QString problem(const Arguments &arguments)
{
    const auto result = parseCommandLine(arguments);
    return result ? QStringLiteral("none") : QString::fromStdString(result.error().detail);
}

QString headers(const Target &target)
{
    QString text;
    for (const HeaderField &field : target.headers)
        text += QString::fromStdString(field.name + ": " + field.value + "\n");
    return text;
}
} // namespace

class CommandLineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void withoutSubcommandIsTheWindow()
    {
        const CommandLine line = parsed({"--demo", "http://h/a", "wss://h/b"});
        QCOMPARE(line.subcommand, Subcommand::Window);
        QVERIFY(line.window.demo);
        QCOMPARE(line.window.targets.size(), 2u);
        QCOMPARE(line.window.targets[1].url.scheme, std::string("wss"));
        QVERIFY(problem({"recrod", "http://h/"}).startsWith(QStringLiteral("\"recrod\" has no scheme")));
    }

    void tasks()
    {
        QCOMPARE(parsed({"--version"}).task, CommandLine::Task::Version);
        QCOMPARE(parsed({"--help"}).task, CommandLine::Task::Help);
        const CommandLine help = parsed({"demo", "--port", "wrong", "-h"});
        QCOMPARE(help.task, CommandLine::Task::Help);
        QCOMPARE(help.subcommand, Subcommand::Demo);
    }

    void aBareRecordingHasTheDefaults()
    {
        const CommandLine line = parsed(record({}));
        QCOMPARE(line.subcommand, Subcommand::Record);
        Target expected;
        expected.url = *parseUrl("http://h/e");
        QVERIFY(line.target == expected);
        QCOMPARE(line.record.output, RecordOptions::Output::StandardOutput);
        QVERIFY(line.record.layers.test(static_cast<std::size_t>(Layer::Messages)));
        QVERIFY(!line.record.layers.test(static_cast<std::size_t>(Layer::Reads)));
        QCOMPARE(line.record.streams, 1u);
        QVERIFY(!line.record.statistics && !line.record.count && !line.record.duration);
    }

    void headersKeepOrderAndCase()
    {
        const CommandLine line =
            parsed(record({"-H", "x-B: 1", "--header", "X-a:  two words ", "-H", "x-B: 3", "-H", "Empty:"}));
        QCOMPARE(headers(line.target), QStringLiteral("x-B: 1\nX-a: two words\nx-B: 3\nEmpty: \n"));
    }

    void credentialsAndCookies()
    {
        QCOMPARE(headers(parsed(record({"-u", "Aladdin:open sesame"})).target),
                 QStringLiteral("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\n"));
        QCOMPARE(problem({"record", "-u", "a:b", "--bearer", "t", "http://h/"}),
                 QStringLiteral("--bearer: a request has one authorization, and --user gives it"));
        QCOMPARE(headers(parsed(record({"--bearer", "a", "--bearer", "t0k"})).target),
                 QStringLiteral("Authorization: Bearer t0k\n"));
        QCOMPARE(headers(parsed(record({"--bearer", "t0k", "-H", "Authorization: other"})).target),
                 QStringLiteral("Authorization: Bearer t0k\n"));
        QCOMPARE(headers(parsed(record({"--cookie", "a=1", "--cookie", "b=2"})).target),
                 QStringLiteral("Cookie: a=1; b=2\n"));
    }

    void aBodyMakesThePost()
    {
        Target target = parsed(record({"-d", "a", "--data", "b"})).target;
        QCOMPARE(target.body, std::string("a&b"));
        QCOMPARE(target.method, std::string("POST"));
        target = parsed(record({"-X", "QUERY", "-d", "a"})).target;
        QCOMPARE(target.method, std::string("QUERY"));
    }

    void originGoesWhereTheProtocolWantsIt()
    {
        QCOMPARE(headers(parsed(record({"--origin", "https://o"})).target), QStringLiteral("Origin: https://o\n"));
        const Target webSocket = parsed(record({"--origin", "https://o"}, "ws://h/")).target;
        QCOMPARE(webSocket.webSocket.origin, std::string("https://o"));
        QVERIFY(webSocket.headers.empty());
    }

    void aCurlCommandComesFirst()
    {
        const CommandLine line = parsed({"record", "-X", "PUT", "--from-curl", "curl -H 'A: b' -d x https://h/p"});
        QCOMPARE(line.target.url.text(), std::string("https://h/p"));
        QCOMPARE(line.target.method, std::string("PUT"));
        QCOMPARE(line.target.body, std::string("x"));
        QVERIFY(problem({"record", "--from-curl", "curl -d @/no/such/file https://h/"})
                    .startsWith(QStringLiteral("--from-curl: \"/no/such/file\" can't be read: ")));
        QVERIFY(problem({"record", "--from-curl", "curl --cacert /no/such/file https://h/"})
                    .startsWith(QStringLiteral("--from-curl: \"/no/such/file\" can't be read: ")));
        QVERIFY(problem({"record", "--from-curl", "curl -H \"A: $PUSHSCOPE_NOT_SET\" https://h/"})
                    .contains(QStringLiteral("$PUSHSCOPE_NOT_SET")));
        QVERIFY(problem({"record", "--from-curl", "wget h"}).startsWith(QStringLiteral("--from-curl: ")));
    }

    void connectionOptions()
    {
        const Target target = parsed(record({"--connect-timeout",
                                             "1.5",
                                             "--idle-timeout=2",
                                             "--retry",
                                             "10",
                                             "--retry-override",
                                             "0",
                                             "--backoff",
                                             "exponential",
                                             "--max-reconnects",
                                             "0",
                                             "--drop-after",
                                             "3",
                                             "-k",
                                             "--tls-min",
                                             "1.3",
                                             "--alpn",
                                             "http/1.1,x",
                                             "--no-reconnect",
                                             "--reconnect-websocket",
                                             "--http",
                                             "1.1",
                                             "--last-event-id",
                                             "7",
                                             "--proxy",
                                             "socks5://u:p@[::1]:9",
                                             "--resolve",
                                             "h:80:::1",
                                             "--pass",
                                             "pass:s e"}))
                                  .target;
        QCOMPARE(target.timeouts.connect, Milliseconds(1500));
        QCOMPARE(*target.timeouts.idle, Milliseconds(2000));
        QCOMPARE(target.reconnection.initial, Milliseconds(10));
        QCOMPARE(*target.reconnection.overrideTime, Milliseconds(0));
        QVERIFY(target.reconnection.backoff == Backoff::Exponential);
        QCOMPARE(*target.reconnection.maxAttempts, 0u);
        QCOMPARE(*target.reconnection.dropAfter, 3u);
        QVERIFY(!target.reconnection.enabled && target.reconnection.webSocket && target.tls.insecure);
        QCOMPARE(target.tls.minimumVersion, 13);
        QVERIFY(target.tls.alpn == std::vector<std::string>({"http/1.1", "x"}));
        QVERIFY(target.http == HttpChoice::Http11);
        QCOMPARE(target.lastEventId, std::string("7"));
        QVERIFY(target.proxy == (ProxyOptions{ProxyOptions::Kind::Socks5, "::1", 9, "u", "p"}));
        QVERIFY(target.resolve == std::vector<ResolveOverride>({{"h", 80, "::1"}}));
        QCOMPARE(target.tls.passphrase, std::string("s e"));
    }

    void http2Options()
    {
        QVERIFY(parsed(record({"--http", "2"})).target.http == HttpChoice::Http2);
        QVERIFY(parsed(record({"--http", "2", "--http", "auto"})).target.http == HttpChoice::Auto);
        QVERIFY(parsed({"record", "--from-curl", "curl --http2 https://h/"}).target.http == HttpChoice::Http2);
        const Target target =
            parsed(record({"--own-connection", "--enable-push", "--when-full", "queue", "--alpn", "h2,http/1.1"},
                          "https://h/"))
                .target;
        QVERIFY(target.http == HttpChoice::Auto);
        QVERIFY(target.sharing == (Sharing{true, true, WhenFull::Queue}));
        QVERIFY(target.tls.alpn == std::vector<std::string>({"h2", "http/1.1"}));
        QVERIFY(parsed(record({"--when-full", "queue", "--when-full", "connect"})).target.sharing == Sharing());
        QVERIFY(parsed(record({"--http", "2", "--enable-push"})).target.sharing.enablePush);
    }

    void aTypedLastEventIdIsNoHeader()
    {
        const Target target = parsed(record({"-H", "X: 1", "-H", "last-event-id: 7"})).target;
        QCOMPARE(target.lastEventId, std::string("7"));
        QVERIFY(target.headers == std::vector<HeaderField>({{"X", "1"}}));
    }

    void theOptionComesOnTopOfTheField()
    {
        QCOMPARE(parsed(record({"-H", "Last-Event-ID: 1", "--last-event-id", "2"})).target.lastEventId,
                 std::string("2"));
        QCOMPARE(parsed(record({"--from-curl", "curl -H 'Last-Event-ID: 1' http://h/", "-H", "Last-Event-ID: 2"}))
                     .target.lastEventId,
                 std::string("2"));
    }

    void cookiesAreJoined()
    {
        const Target target = parsed(record({"--cookie", "b=2", "-H", "Cookie: a=1", "--cookie", "c=3"})).target;
        QVERIFY(target.headers == std::vector<HeaderField>({{"Cookie", "a=1; b=2; c=3"}}));
    }

    void aCurlCommandIsNotBent()
    {
        const auto compressed = parseCommandLine({"record", "--from-curl", "curl --compressed -N http://h/"});
        QVERIFY(compressed);
        QVERIFY(compressed->notes.empty());
        QVERIFY(compressed->target.compressed);
        const auto upgraded = parseCommandLine({"record", "--from-curl", "curl --http2 http://h/"});
        QVERIFY(upgraded && upgraded->notes.size() == 1 && upgraded->notes[0].starts_with("--from-curl: --http2: "));
        QVERIFY(!parseCommandLine({"record", "--from-curl", "curl -d a ws://h/"}));
    }

    void sendingsKeepTheirOrder()
    {
        const CommandLine line = parsed(record({"--ping", "p", "--send", "t", "--send-binary", "00fF", "--every", "20",
                                                "--pong", "30", "--close", "4000:bye: now", "--send-stdin", "--echo"},
                                               "ws://h/"));
        const std::vector<Sending> expected{
            {Sending::Kind::Ping, "p"}, {Sending::Kind::Text, "t"}, {Sending::Kind::Binary, Bytes("\0\xFF", 2)}};
        QVERIFY(line.record.sendings == expected);
        QCOMPARE(*line.record.every, Milliseconds(20));
        QVERIFY(line.record.sendStandardInput && line.target.webSocket.echo);
        QVERIFY(line.target.webSocket.pong == PongMode::Late);
        QCOMPARE(line.target.webSocket.pongDelay, Milliseconds(30));
        QCOMPARE(line.target.webSocket.closeCode, std::uint16_t(4000));
        QCOMPARE(line.target.webSocket.closeReason, std::string("bye: now"));
    }

    void recordOptions()
    {
        const CommandLine line = parsed(record({"--out", "a.b/c.jsonl", "--layers", "reads, findings", "--for", "0.25",
                                                "--count", "5", "--streams", "3", "--stats"}));
        QCOMPARE(line.record.output, RecordOptions::Output::File);
        QCOMPARE(line.record.layers, LayerSet(0b11000));
        QCOMPARE(*line.record.duration, Milliseconds(250));
        QCOMPARE(*line.record.count, 5u);
        QCOMPARE(line.record.streams, 3u);
        QVERIFY(line.record.statistics);
        QCOMPARE(parsed(record({"--out", "none"})).record.output, RecordOptions::Output::None);
        QCOMPARE(parsed(record({"--out", "a.b/pipe"})).record.output, RecordOptions::Output::File);
    }

    void demoOptions()
    {
        const DemoOptions options = parsed({"demo", "--port", "0", "--tls-port", "65535", "--bind",
                                            "::", "--allow-origin", "https://o", "--seed", "18446744073709551615"})
                                        .demo;
        QCOMPARE(options.port, 0);
        QCOMPARE(options.tlsPort, 65535);
        QCOMPARE(options.bindAddress, std::string("::"));
        QVERIFY(options.allowedOrigins == std::vector<std::string>{"https://o"});
        QCOMPARE(options.seed, ~std::uint64_t(0));
    }

    void wrongUsageNamesTheOption_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("begin");
        const auto row = [](const char *arguments, const char *begin) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ') << QString::fromLatin1(begin);
        };
        row("record", "URL: missing");
        row("record http://a/ http://b/", "http://b/: one URL");
        row("record h/e", "\"h/e\" has no scheme");
        row("record ftp://h/", "the scheme \"ftp\"");
        row("record --transport quic http://h/", "--transport: expected");
        row("record --transport sse ws://h/", "--transport: sse needs");
        row("record --http 3 http://h/", "--http: expected");
        row("record --when-full wait http://h/", "--when-full: expected connect or queue");
        row("record --http 1.1 --enable-push https://h/", "--enable-push: HTTP/1.1 has no server push");
        row("record --enable-push http://h/", "--enable-push: HTTP/1.1 has no server push");
        row("record --enable-push --alpn http/1.1 https://h/", "--enable-push: HTTP/1.1 has no server push");
        row("record --http 1.1 --alpn h2,http/1.1 https://h/", "--alpn: h2 can't be offered with --http 1.1");
        row("record --alpn http/1.1 --http 2 https://h/", "--alpn: without h2 there is no HTTP/2");
        row("record --streams 0 http://h/", "--streams: \"0\"");
        row("record --streams 10001 http://h/", "--streams: \"10001\"");
        row("record -H NoColon http://h/", "--header: \"NoColon\"");
        row("record --header=Bad\x20Name:x http://h/", "--header: \"Bad\" is not");
        row("record --retry -1 http://h/", "--retry: \"-1\"");
        row("record --retry 1s http://h/", "--retry: \"1s\"");
        row("record --for 0 http://h/", "--for: \"0\"");
        row("record --for nan http://h/", "--for: \"nan\"");
        row("record --for 1e9 http://h/", "--for: \"1e9\"");
        row("record --count 0 http://h/", "--count: \"0\"");
        row("record --count 99999999999999999999 http://h/", "--count: ");
        row("record --max-reconnects many http://h/", "--max-reconnects: ");
        row("record --backoff slow http://h/", "--backoff: expected");
        row("record --proxy http://:80 http://h/", "--proxy: ");
        row("record --resolve h:80 http://h/", "--resolve: ");
        row("record --resolve h:80:name http://h/", "--resolve: \"name\"");
        row("record --tls-min 1.1 http://h/", "--tls-min: expected");
        row("record --key /dev/null https://h/", "--key: the certificate");
        row("record --pass secret http://h/", "--pass: expected");
        row("record --layers frames,bytes http://h/", "--layers: \"bytes\"");
        row("record --layers , http://h/", "--layers: ");
        row("record --out x.csv http://h/", "--out: \".csv\"");
        row("record --send-binary 0g ws://h/", "--send-binary: ");
        row("record --send-binary 012 ws://h/", "--send-binary: ");
        row("record --close bye ws://h/", "--close: ");
        row("record --pong never ws://h/", "--pong: expected");
        row("record --send hello http://h/", "--send: only for WebSocket");
        row("record --echo http://h/", "--echo: only for WebSocket");
        row("record --pong off http://h/", "--pong: only for WebSocket");
        row("record --close 1000 http://h/", "--close: only for WebSocket");
        row("record --subprotocol a http://h/", "--subprotocol: only for WebSocket");
        row("record --every 5 ws://h/", "--every: there is nothing to repeat");
        row("record --echo --reconnect-websocket ws://h/", "--echo: it ends when the peer closes");
        row("record --data x ws://h/", "--data: a WebSocket's handshake has no body");
        row("record --method PUT ws://h/", "--method: a WebSocket's handshake is a GET");
        row("record --method CONNECT --http 2 http://h/", "--method: CONNECT asks a proxy for a tunnel");
        row("record --proxy http://p:0 http://h/", "--proxy: ");
        row("demo --port 65536", "--port: ");
        row("demo --bind localhost", "--bind: ");
        row("demo extra", "extra: ");
        row("demo --cert /dev/null", "--cert: the private key that belongs to it is missing: --key");
        row("demo --key /dev/null", "--key: the certificate that it belongs to is missing: --cert");
        row("--stats", "--stats: not an option of the window");
    }
    void wrongUsageNamesTheOption()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, begin);
        std::vector<std::string> texts;
        for (const QString &argument : arguments)
            texts.push_back(argument.toStdString());
        const auto result = parseCommandLine({texts.begin(), texts.end()});
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::UsageInvalid || result.error().code == ErrorCode::UrlInvalid);
        const QString detail = QString::fromStdString(result.error().detail);
        QVERIFY2(detail.startsWith(begin), qPrintable(detail));
        QVERIFY(!detail.contains(u'\n'));
    }

    void whatComesLaterSaysSo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const char *text :
             {"record --deflate x ws://h/", "record --filter kind:x http://h/", "record --out a.har http://h/",
              "record --out a.pcapng http://h/", "record --out a.pushscope http://h/", "check http://h/",
              "check --json http://h/", "compare", "convert a.jsonl b.har"})
            QTest::newRow(text) << QString::fromLatin1(text).split(u' ');
    }
    void whatComesLaterSaysSo()
    {
        QFETCH(QStringList, arguments);
        std::vector<std::string> texts;
        for (const QString &argument : arguments)
            texts.push_back(argument.toStdString());
        const auto result = parseCommandLine({texts.begin(), texts.end()});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NotSupported);
        QVERIFY(result.error().detail.ends_with("not yet available in this version"));
    }

    void unreadableFilesAreTheSystemsRefusal()
    {
        for (const std::string_view option : {"--data-file", "--cacert", "--cert", "--key", "--send-file"}) {
            const auto result = parseCommandLine(record({option, "/nonexistent/file"}, "ws://h/"));
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::FileUnreadable);
            QVERIFY(result.error().detail.starts_with(option));
        }
    }

    void soAreFilesThatCantBeWritten()
    {
        const auto result = parseCommandLine(record({"--keylog", "/nonexistent/file"}, "https://h/"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::FileUnwritable);
        QVERIFY(result.error().detail.starts_with("--keylog: "));
    }

    void whatChangesNothingIsAccepted()
    {
        QCOMPARE(problem(record({"--no-deflate", "--http", "auto"})), QStringLiteral("none"));
        QCOMPARE(problem(record({"--http", "1.1", "--own-connection", "--when-full", "queue"})),
                 QStringLiteral("none"));
    }
};

PUSHSCOPE_TEST(CommandLineTest)

#include "commandlinetest.moc"
