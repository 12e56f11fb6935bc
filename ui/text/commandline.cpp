#include "ui/text/commandline.h"

#include "core/base/utf8.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace pushscope {

namespace {

/// What is no plain text goes through any terminal as a shell's $'...'. No argument can hold a NUL.
QString shellBytes(const Bytes &bytes)
{
    const auto isPlain = [](char c) { return std::uint8_t(c) >= 0x20 && std::uint8_t(c) < 0x7F; };
    const bool isText = isUtf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
                            return std::uint8_t(c) < 0x20 && c != '\n' && c != '\t';
                        });
    if (isText)
        return shellQuoted(QString::fromStdString(bytes));
    QString text = QStringLiteral("$'");
    for (const char c : bytes) {
        if (c == '\'' || c == '\\')
            text += u'\\';
        text += isPlain(c) ? QString(QLatin1Char(c))
                           : QStringLiteral("\\x%1").arg(std::uint8_t(c), 2, 16, QLatin1Char('0'));
    }
    return text + u'\'';
}

/// Collects words; what a shell would take apart is quoted.
class Command
{
public:
    explicit Command(const QString &program) : m_words(program) {}
    void flag(const char *name) { m_words += QString::fromLatin1(name); }
    void option(const char *name, const QString &value) { m_words << QString::fromLatin1(name) << shellQuoted(value); }
    void option(const char *name, const std::string &value) { option(name, QString::fromStdString(value)); }
    void bytes(const char *name, const Bytes &value) { m_words << QString::fromLatin1(name) << shellBytes(value); }
    void word(const std::string &text) { m_words += shellQuoted(QString::fromStdString(text)); }
    [[nodiscard]] QString text() const { return m_words.join(u' '); }

private:
    QStringList m_words;
};

QString seconds(Milliseconds time)
{
    return QString::number(double(time.count()) / 1000);
}

QString milliseconds(Milliseconds time)
{
    return QString::number(qint64(time.count()));
}

std::string proxyUrl(const ProxyOptions &proxy)
{
    const std::string scheme = proxy.kind == ProxyOptions::Kind::Socks5 ? "socks5://" : "http://";
    const std::string user = proxy.user.empty() ? std::string() : proxy.user + ":" + proxy.password + "@";
    return scheme + user + proxy.host + ":" + std::to_string(proxy.port);
}

std::string resolveText(const ResolveOverride &entry)
{
    return entry.host + ":" + std::to_string(entry.port) + ":" + entry.address;
}

/// What both programs call the same.
void addShared(Command &command, const Target &target)
{
    // A body alone makes it a POST.
    if (target.method != (target.body.empty() ? "GET" : "POST"))
        command.option("-X", target.method);
    for (const HeaderField &field : target.headers)
        command.option("-H", field.name + ": " + field.value);
    if (!target.url.user.empty())
        command.option("-u", target.url.user + ":" + target.url.password);
    if (target.proxy.kind == ProxyOptions::Kind::HttpConnect || target.proxy.kind == ProxyOptions::Kind::Socks5)
        command.option("--proxy", proxyUrl(target.proxy));
    for (const ResolveOverride &entry : target.resolve)
        command.option("--resolve", resolveText(entry));
    if (target.tls.insecure)
        command.flag("-k");
    if (!target.tls.caFile.empty())
        command.option("--cacert", target.tls.caFile);
    if (!target.tls.certificateFile.empty())
        command.option("--cert", target.tls.certificateFile);
    if (!target.tls.keyFile.empty())
        command.option("--key", target.tls.keyFile);
    if (target.timeouts.connect != Timeouts().connect)
        command.option("--connect-timeout", seconds(target.timeouts.connect));
}

void addHttp(Command &command, const Target &target)
{
    const Sharing &sharing = target.sharing;
    if (target.http != HttpChoice::Auto)
        command.option("--http", QLatin1String(target.http == HttpChoice::Http2 ? "2" : "1.1"));
    if (sharing.ownConnection)
        command.flag("--own-connection");
    if (sharing.enablePush && maySpeakHttp2(target))
        command.flag("--enable-push");
    if (sharing.whenFull == WhenFull::Queue)
        command.option("--when-full", QStringLiteral("queue"));
}

/// curl speaks WebSocket over HTTP/1.1 alone.
void addCurlHttp(Command &command, const Target &target)
{
    if (target.http == HttpChoice::Http11)
        command.flag("--http1.1");
    else if (target.http == HttpChoice::Http2 && !isWebSocket(target))
        command.flag(target.url.isSecure() ? "--http2" : "--http2-prior-knowledge");
}

/// Both programs call it so.
void addCompressed(Command &command, const Target &target)
{
    if (target.compressed)
        command.flag("--compressed");
}

void addReconnection(Command &command, const Reconnection &reconnection)
{
    const Reconnection usual;
    if (!reconnection.enabled)
        command.flag("--no-reconnect");
    if (reconnection.webSocket)
        command.flag("--reconnect-websocket");
    if (reconnection.initial != usual.initial)
        command.option("--retry", milliseconds(reconnection.initial));
    if (reconnection.overrideTime)
        command.option("--retry-override", milliseconds(*reconnection.overrideTime));
    if (reconnection.backoff == Backoff::Exponential)
        command.option("--backoff", QStringLiteral("exponential"));
    if (reconnection.maxAttempts)
        command.option("--max-reconnects", QString::number(*reconnection.maxAttempts));
    if (reconnection.dropAfter)
        command.option("--drop-after", QString::number(*reconnection.dropAfter));
}

void addWebSocket(Command &command, const WebSocketOptions &options)
{
    if (!options.origin.empty())
        command.option("--origin", options.origin);
    for (const std::string &name : options.subprotocols)
        command.option("--subprotocol", name);
    if (options.pong == PongMode::Off)
        command.option("--pong", QStringLiteral("off"));
    else if (options.pong == PongMode::Late)
        command.option("--pong", milliseconds(options.pongDelay));
    if (options.echo)
        command.flag("--echo");
}

} // namespace

QString shellQuoted(const QString &word)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(word).hasMatch())
        return word;
    QString inner = word;
    return u'\'' + inner.replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

QString pushscopeCommand(const Target &target)
{
    Command command(QStringLiteral("pushscope record"));
    if (target.transport != TransportChoice::Auto)
        command.option("--transport", QLatin1String(target.transport == TransportChoice::Sse ? "sse" : "websocket"));
    addHttp(command, target);
    addCompressed(command, target);
    addShared(command, target);
    if (!target.bodyFile.empty())
        command.option("--data-file", target.bodyFile);
    else if (!target.body.empty())
        command.bytes("-d", target.body);
    if (!target.lastEventId.empty())
        command.option("--last-event-id", target.lastEventId);
    if (target.timeouts.firstByte != Timeouts().firstByte)
        command.option("--first-byte-timeout", seconds(target.timeouts.firstByte));
    if (target.timeouts.idle)
        command.option("--idle-timeout", seconds(*target.timeouts.idle));
    if (target.tls.minimumVersion == 13)
        command.option("--tls-min", QStringLiteral("1.3"));
    if (!target.cookies)
        command.flag("--no-cookies");
    addReconnection(command, target.reconnection);
    addWebSocket(command, target.webSocket);
    command.word(target.url.text());
    return command.text();
}

QString curlCommandText(const Target &target)
{
    Command command(QStringLiteral("curl -N"));
    addCurlHttp(command, target);
    addCompressed(command, target);
    addShared(command, target);
    if (!target.bodyFile.empty())
        command.option("--data-binary", "@" + target.bodyFile);
    else if (!target.body.empty())
        command.bytes("--data-raw", target.body);
    if (!target.lastEventId.empty())
        command.option("-H", "Last-Event-ID: " + target.lastEventId);
    if (!target.url.isWebSocket())
        command.option("-H", std::string("Accept: text/event-stream"));
    if (!target.webSocket.origin.empty())
        command.option("-H", "Origin: " + target.webSocket.origin);
    if (target.tls.minimumVersion == 13)
        command.flag("--tlsv1.3");
    command.word(target.url.text());
    return command.text();
}

} // namespace pushscope
