#include "core/base/curlcommand.h"

#include "core/base/ascii.h"
#include "core/base/curloptions.h"
#include "core/base/proxyurl.h"
#include "core/base/shellwords.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace pushscope {

namespace {
Error usage(std::string detail)
{
    return {ErrorCode::UsageInvalid, std::move(detail)};
}

std::string_view withoutBlanks(std::string_view text)
{
    return trimmed(text, " \t\r\n");
}

bool startsWithIgnoringCase(std::string_view text, std::string_view start)
{
    return equalsIgnoreCase(text.substr(0, start.size()), start);
}

template <class Transform>
std::string encoded(std::string_view text, Transform transform)
{
    return transform(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).toStdString();
}

std::string percentEncoded(std::string_view text)
{
    return encoded(text, [](const QByteArray &bytes) { return bytes.toPercentEncoding(); });
}

std::string base64(std::string_view text)
{
    return encoded(text, [](const QByteArray &bytes) { return bytes.toBase64(); });
}

template <class Number>
bool parseNumber(std::string_view text, Number &number)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

/// "host[:port]" or "[address][:port]".
bool parseHostPort(std::string_view text, std::string &host, std::uint16_t &port)
{
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
    if (bracket == std::string_view::npos)
        return false;
    const std::size_t colon = text.find(':', bracket);
    if (colon != std::string_view::npos && !parseNumber(text.substr(colon + 1), port))
        return false;
    const std::string_view name = text.substr(0, colon);
    host = name.starts_with('[') ? name.substr(1, name.size() - 2) : name;
    return !host.empty();
}

/// Carries the options of one command out, in order, onto a Target.
class CurlReader
{
public:
    explicit CurlReader(std::vector<std::string> words) : m_words(std::move(words)) {}

    Expected<CurlCommand, Error> read()
    {
        while (m_error.code == ErrorCode::None && m_next < m_words.size())
            readWord(m_words[m_next++]);
        if (m_error.code == ErrorCode::None)
            conclude();
        if (m_error.code != ErrorCode::None)
            return m_error;
        return std::move(m_command);
    }

private:
    Target &target() { return m_command.target; }
    void fail(std::string detail) { m_error = usage(std::move(detail)); }

    void readWord(const std::string &word)
    {
        if (m_onlyUrls || !word.starts_with('-') || word == "-")
            takeUrl(word);
        else if (word == "--")
            m_onlyUrls = true;
        else if (word.starts_with("--"))
            readLong(std::string_view(word).substr(2));
        else
            readLetters(std::string_view(word).substr(1));
    }

    void readLong(std::string_view name)
    {
        const std::size_t equals = name.find('=');
        const CurlOption *option = findCurlOption(name.substr(0, equals));
        const std::string flag = "--" + std::string(name.substr(0, equals));
        if (!option)
            fail("curl's option " + flag + " is not known here");
        else if (equals != std::string_view::npos && !option->takesValue)
            fail(flag + " takes no value");
        else
            apply(*option, flag,
                  equals == std::string_view::npos ? std::nullopt : std::optional(name.substr(equals + 1)));
    }

    /// `-sSN`: several letters; the first one that takes a value takes the rest of the word, as in `-XPOST`.
    void readLetters(std::string_view letters)
    {
        while (!letters.empty() && m_error.code == ErrorCode::None) {
            const CurlOption *option = findCurlOption(letters.front());
            const std::string flag = {'-', letters.front()};
            letters.remove_prefix(1);
            if (!option) {
                fail("curl's option " + flag + " is not known here");
            } else if (option->takesValue && !letters.empty()) {
                apply(*option, flag, letters);
                return;
            } else {
                apply(*option, flag, std::nullopt);
            }
        }
    }

    void apply(const CurlOption &option, const std::string &flag, std::optional<std::string_view> attached)
    {
        std::string value(attached.value_or(""));
        if (option.takesValue && !attached) {
            if (m_next == m_words.size()) {
                fail(flag + " needs a value");
                return;
            }
            value = m_words[m_next++];
        }
        carryOut(option.effect, option.takesValue ? flag + ' ' + value : flag, value);
    }

    /// `shown` is the flag with its value, for people.
    void carryOut(CurlEffect effect, const std::string &shown, const std::string &value)
    {
        switch (effect) {
        case CurlEffect::Url: takeUrl(value); break;
        case CurlEffect::Method: m_method = value; break;
        case CurlEffect::Head: m_head = true; break;
        case CurlEffect::Header: takeHeader(shown, value); break;
        case CurlEffect::UserAgent: addHeader("User-Agent", value); break;
        case CurlEffect::Referer: addHeader("Referer", value); break;
        case CurlEffect::Cookie: takeCookie(shown, value); break;
        case CurlEffect::User: m_authorization = "Basic " + base64(value); break;
        case CurlEffect::Bearer: m_authorization = "Bearer " + value; break;
        case CurlEffect::Data: takeData(shown, value); break;
        case CurlEffect::DataRaw: addData(value); break;
        case CurlEffect::DataUrlencode: takeUrlencoded(shown, value); break;
        case CurlEffect::Json: takeJson(shown, value); break;
        case CurlEffect::Get: m_get = true; break;
        case CurlEffect::Insecure: target().tls.insecure = true; break;
        case CurlEffect::CaFile: takeFile(target().tls.caFile, shown, value); break;
        case CurlEffect::Certificate: takeCertificate(shown, value); break;
        case CurlEffect::Key: takeFile(target().tls.keyFile, shown, value); break;
        case CurlEffect::Passphrase: target().tls.passphrase = value; break;
        case CurlEffect::Tls12: target().tls.minimumVersion = 12; break;
        case CurlEffect::Tls13: target().tls.minimumVersion = 13; break;
        case CurlEffect::Proxy: takeProxy(shown, value); break;
        case CurlEffect::ProxyUser: takeProxyUser(value); break;
        case CurlEffect::Socks5: takeProxy(shown, "socks5://" + value); break;
        case CurlEffect::Resolve: takeResolve(shown, value); break;
        case CurlEffect::ConnectTimeout: takeConnectTimeout(shown, value); break;
        case CurlEffect::Http11: target().http = HttpChoice::Http11; break;
        case CurlEffect::Http2: takeHttp2(true); break;
        case CurlEffect::Http2PriorKnowledge: takeHttp2(false); break;
        case CurlEffect::NoAlpn: m_withoutAlpn = true; break;
        case CurlEffect::File: m_command.fileFlags.push_back(shown); break;
        case CurlEffect::Ignored: m_command.ignoredFlags.push_back(shown); break;
        case CurlEffect::Refused: fail("a request with curl's " + shown + " can't be made here"); break;
        }
    }

    void takeUrl(const std::string &text)
    {
        if (m_url)
            fail("the command names a second URL: " + text);
        m_url = text;
    }

    void addHeader(std::string name, std::string value)
    {
        target().headers.push_back({std::move(name), std::move(value)});
    }

    /// "Name: value"; "Name;" sends it empty; "Name:" drops one of curl's own, of which nothing is sent here anyway.
    void takeHeader(const std::string &shown, const std::string &text)
    {
        if (text.starts_with('@')) {
            m_command.fileFlags.push_back(shown);
            return;
        }
        const std::size_t colon = text.find(':');
        const std::string_view name = withoutBlanks(std::string_view(text).substr(0, colon));
        const std::string_view value =
            colon == std::string::npos ? "" : withoutBlanks(std::string_view(text).substr(colon + 1));
        if (colon == std::string::npos && text.ends_with(';'))
            addHeader(std::string(name.substr(0, name.size() - 1)), "");
        else if (value.empty())
            m_command.ignoredFlags.push_back(shown);
        else
            addHeader(std::string(name), std::string(value));
    }

    /// A cookie string has an equals sign; anything else names a file.
    void takeCookie(const std::string &shown, const std::string &value)
    {
        if (value.find('=') == std::string::npos)
            m_command.fileFlags.push_back(shown);
        else
            addHeader("Cookie", value);
    }

    void takeData(const std::string &shown, const std::string &value)
    {
        if (value.starts_with('@'))
            takeDataFile(shown);
        else
            addData(value);
    }

    /// The body stays without the file's part, but it is there: the method is POST.
    void takeDataFile(const std::string &shown)
    {
        m_command.fileFlags.push_back(shown);
        m_data = m_data.value_or("");
    }

    void addData(std::string_view piece)
    {
        if (m_data)
            *m_data += '&';
        m_data = m_data.value_or("").append(piece);
    }

    /// "text", "=text", "name=text"; with an @ before any = it names a file.
    void takeUrlencoded(const std::string &shown, const std::string &value)
    {
        const std::size_t split = value.find_first_of("=@");
        if (split == std::string::npos) {
            addData(percentEncoded(value));
            return;
        }
        if (value[split] == '@') {
            takeDataFile(shown);
            return;
        }
        const std::string name = split == 0 ? "" : value.substr(0, split + 1);
        addData(name + percentEncoded(std::string_view(value).substr(split + 1)));
    }

    /// Several are put together without anything between them.
    void takeJson(const std::string &shown, const std::string &value)
    {
        m_json = true;
        if (value.starts_with('@'))
            takeDataFile(shown);
        else
            m_data = m_data.value_or("") + value;
    }

    void takeFile(std::string &member, const std::string &shown, const std::string &value)
    {
        member = value;
        m_command.fileFlags.push_back(shown);
    }

    /// "file[:passphrase]"; a colon that belongs to the file's name is written \:
    void takeCertificate(const std::string &shown, const std::string &value)
    {
        std::string file;
        std::size_t at = 0;
        for (; at < value.size() && value[at] != ':'; ++at) {
            if (value[at] == '\\' && at + 1 < value.size())
                ++at;
            file += value[at];
        }
        if (at < value.size())
            target().tls.passphrase = value.substr(at + 1);
        takeFile(target().tls.certificateFile, shown, file);
    }

    void takeProxy(const std::string &shown, const std::string &value)
    {
        ProxyOptions &proxy = target().proxy;
        if (value.empty()) {
            proxy.kind = ProxyOptions::Kind::None;
            return;
        }
        auto named = parseProxyUrl(value);
        if (!named)
            return fail(shown + ": " + named.error().detail);
        if (named->user.empty()) { // --proxy-user may have come before
            named->user = proxy.user;
            named->password = proxy.password;
        }
        proxy = *named;
    }

    void takeProxyUser(std::string_view value)
    {
        const std::size_t colon = value.find(':');
        target().proxy.user = value.substr(0, colon);
        target().proxy.password = colon == std::string_view::npos ? "" : value.substr(colon + 1);
    }

    /// "[+]host:port:address[,address]..."; the first address is taken.
    void takeResolve(const std::string &shown, const std::string &value)
    {
        std::string_view rest = value;
        if (rest.starts_with('+'))
            rest.remove_prefix(1);
        const std::size_t first = rest.find(':', rest.starts_with('[') ? rest.find(']') : 0);
        const std::size_t second = first == std::string_view::npos ? first : rest.find(':', first + 1);
        ResolveOverride entry;
        if (second == std::string_view::npos || !parseHostPort(rest.substr(0, second), entry.host, entry.port)) {
            fail(shown + " is not HOST:PORT:ADDRESS");
            return;
        }
        std::string_view address = rest.substr(second + 1);
        address = address.substr(0, address.find(','));
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        entry.address = address;
        target().resolve.push_back(std::move(entry));
    }

    void takeHttp2(bool byUpgrade)
    {
        target().http = HttpChoice::Http2;
        m_upgradesToHttp2 = byUpgrade;
    }

    void takeConnectTimeout(const std::string &shown, const std::string &value)
    {
        double seconds = 0;
        if (!parseNumber(std::string_view(value), seconds) || !(seconds > 0) || seconds > 1e6)
            fail(shown + " is not a number of seconds");
        else
            target().timeouts.connect = Milliseconds(std::lround(seconds * 1000));
    }

    void conclude()
    {
        if (!m_url) {
            fail("the command names no URL");
            return;
        }
        // curl guesses http for a URL without a scheme, and so does who pastes the command.
        const bool hasScheme = m_url->find("://") != std::string::npos;
        const auto url = parseUrl(hasScheme ? *m_url : "http://" + *m_url);
        if (!url) {
            m_error = url.error();
            return;
        }
        target().url = *url;
        concludeBody();
        if (m_authorization && !hasHeader("Authorization"))
            addHeader("Authorization", *m_authorization);
        concludeWebSocket();
        concludeHttpVersion();
        takeLastEventId(target());
    }

    /// RFC 9113 section 3.1 has withdrawn the Upgrade to h2c, and a TLS handshake here always has ALPN.
    void concludeHttpVersion()
    {
        HttpChoice &http = target().http;
        const bool isSecure = target().url.isSecure();
        if (http == HttpChoice::Http2 && m_upgradesToHttp2 && !isSecure)
            m_command.differences.emplace_back(
                "--http2: in clear HTTP/2 is spoken from the first byte, without an Upgrade from HTTP/1.1");
        if (!m_withoutAlpn || !isSecure)
            return;
        if (http == HttpChoice::Auto)
            http = HttpChoice::Http11; // what a peer speaks that was offered nothing
        m_command.differences.emplace_back(std::string("--no-alpn: ALPN is there, and offers ") +
                                           (http == HttpChoice::Http2 ? "h2" : "http/1.1") + " alone");
    }

    void concludeBody()
    {
        if (m_data && m_get) {
            target().url.target += (target().url.target.find('?') == std::string::npos ? '?' : '&') + *m_data;
        } else if (m_data) {
            target().body = *m_data;
            if (!hasHeader("Content-Type"))
                addHeader("Content-Type", m_json ? "application/json" : "application/x-www-form-urlencoded");
            if (m_json && !hasHeader("Accept"))
                addHeader("Accept", "application/json");
        }
        const bool posts = !m_get && m_data;
        target().method = m_method.value_or(m_head ? "HEAD" : posts ? "POST" : "GET");
    }

    /// Browsers copy a WebSocket as a request with the handshake's fields, which each connection must make anew.
    void concludeWebSocket()
    {
        std::vector<HeaderField> &headers = target().headers;
        const bool upgrades = std::ranges::any_of(headers, [](const HeaderField &field) {
            return equalsIgnoreCase(field.name, "Upgrade") && equalsIgnoreCase(field.value, "websocket");
        });
        if (!upgrades && !target().url.isWebSocket())
            return;
        target().transport = TransportChoice::WebSocket;
        std::erase_if(headers, [this](const HeaderField &field) { return takeHandshakeField(field); });
    }

    /// Whether the field is one of the opening handshake's (RFC 6455 section 4.1), which is not sent as it was copied.
    bool takeHandshakeField(const HeaderField &field)
    {
        if (equalsIgnoreCase(field.name, "Origin")) {
            target().webSocket.origin = field.value;
        } else if (equalsIgnoreCase(field.name, "Sec-WebSocket-Protocol")) {
            for (std::string_view rest = field.value; !rest.empty();) {
                const std::size_t comma = rest.find(',');
                target().webSocket.subprotocols.emplace_back(withoutBlanks(rest.substr(0, comma)));
                rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
            }
        } else if (equalsIgnoreCase(field.name, "Connection") || equalsIgnoreCase(field.name, "Upgrade") ||
                   startsWithIgnoringCase(field.name, "Sec-WebSocket-")) {
            m_command.ignoredFlags.push_back("-H " + field.name + ": " + field.value);
        } else {
            return false;
        }
        return true;
    }

    bool hasHeader(std::string_view name) const
    {
        return std::ranges::any_of(m_command.target.headers,
                                   [name](const HeaderField &field) { return equalsIgnoreCase(field.name, name); });
    }

    std::vector<std::string> m_words;
    std::size_t m_next = 1; // behind "curl"
    bool m_onlyUrls = false;
    std::optional<std::string> m_url;
    std::optional<std::string> m_method;
    std::optional<std::string> m_data;
    std::optional<std::string> m_authorization;
    bool m_head = false;
    bool m_get = false;
    bool m_json = false;
    bool m_withoutAlpn = false;
    bool m_upgradesToHttp2 = false;
    CurlCommand m_command;
    Error m_error;
};

/// A prompt that was copied along.
std::string_view withoutPrompt(std::string_view text)
{
    text = withoutBlanks(text);
    if (text.starts_with("$ ") || text.starts_with("# ") || text.starts_with("% "))
        text = withoutBlanks(text.substr(2));
    return text;
}
} // namespace

bool isCurlCommand(std::string_view text)
{
    text = withoutPrompt(text);
    const std::string_view program = text.substr(0, text.find_first_of(" \t\r\n"));
    const std::string_view name = program.substr(program.rfind('/') + 1);
    return program.size() < text.size() && (name == "curl" || name == "curl.exe") &&
           program.find(':') == std::string_view::npos;
}

Expected<CurlCommand, Error> parseCurlCommand(std::string_view text)
{
    if (!isCurlCommand(text))
        return usage("the text is not a curl command");
    auto split = splitShellWords(withoutPrompt(text));
    if (!split)
        return split.error();
    auto command = CurlReader(std::move(split->words)).read();
    if (command && !withoutBlanks(split->rest).empty())
        command->ignoredFlags.emplace_back(withoutBlanks(split->rest));
    return command;
}

} // namespace pushscope
