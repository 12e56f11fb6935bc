#include "core/base/curlcommand.h"

#include "core/base/ascii.h"
#include "core/base/cmdwords.h"
#include "core/base/curloptions.h"
#include "core/base/proxyurl.h"

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

std::string base64(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toBase64().toStdString();
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
    CurlReader(std::vector<std::string> words, CurlFiles files)
        : m_words(std::move(words)), m_files(std::move(files)), m_body(m_files)
    {
    }

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
        if (!option && name.starts_with("no-"))
            negate(findCurlOption(name.substr(3)), flag);
        else if (!option)
            fail("curl's option " + flag + " is not known here");
        else if (equals != std::string_view::npos && !option->takesValue)
            fail(flag + " takes no value");
        else
            apply(*option, flag,
                  equals == std::string_view::npos ? std::nullopt : std::optional(name.substr(equals + 1)));
    }

    /// curl knows a --no-NAME for each option without a value.
    void negate(const CurlOption *option, const std::string &flag)
    {
        if (!option || option->takesValue)
            fail("curl's option " + flag + " is not known here");
        else if (option->effect == CurlEffect::Compressed)
            target().compressed = false;
        else if (option->effect == CurlEffect::Insecure)
            target().tls.insecure = false;
        else if (option->effect == CurlEffect::Get)
            m_get = false;
        else if (option->effect == CurlEffect::Head)
            m_head = false;
        else
            m_command.ignoredFlags.push_back(flag);
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
        carryOut(option, option.takesValue ? flag + ' ' + value : flag, value);
    }

    /// `shown` is the flag with its value, for people.
    void carryOut(const CurlOption &option, const std::string &shown, const std::string &value)
    {
        switch (option.effect) {
        case CurlEffect::Url: takeUrl(value); break;
        case CurlEffect::Method: m_method = value; break;
        case CurlEffect::Head: m_head = true; break;
        case CurlEffect::Header: takeHeaders(shown, value); break;
        case CurlEffect::UserAgent: m_userAgent = value; break;
        case CurlEffect::Referer: m_referer = value.substr(0, value.find(";auto")); break;
        case CurlEffect::Cookie: takeCookie(shown, value); break;
        case CurlEffect::User: m_authorization = "Basic " + base64(value); break;
        case CurlEffect::Bearer: m_authorization = "Bearer " + value; break;
        case CurlEffect::Data: takeBody(shown, m_body.addData(value, false)); break;
        case CurlEffect::DataBinary: takeBody(shown, m_body.addData(value, true)); break;
        case CurlEffect::DataRaw: m_body.addRaw(value); break;
        case CurlEffect::DataUrlencode: takeBody(shown, m_body.addUrlencoded(value)); break;
        case CurlEffect::Json: takeBody(shown, m_body.addJson(value)); break;
        case CurlEffect::Form: takeBody(shown, m_body.addForm(value, false)); break;
        case CurlEffect::FormString: takeBody(shown, m_body.addForm(value, true)); break;
        case CurlEffect::Upload: takeBody(shown, m_body.setUpload(value)); break;
        case CurlEffect::UrlQuery: takeBody(shown, m_body.addQuery(value)); break;
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
        case CurlEffect::Range: m_range = "bytes=" + value + (value.find('-') == value.npos ? "-" : ""); break;
        case CurlEffect::RequestTarget: m_requestTarget = value; break;
        case CurlEffect::PathAsIs: m_pathAsIs = true; break;
        case CurlEffect::DefaultScheme: m_defaultScheme = value; break;
        case CurlEffect::Compressed: target().compressed = true; break;
        case CurlEffect::Http11: target().http = HttpChoice::Http11; break;
        case CurlEffect::Http2: takeHttp2(true); break;
        case CurlEffect::Http2PriorKnowledge: takeHttp2(false); break;
        case CurlEffect::NoAlpn: m_withoutAlpn = true; break;
        case CurlEffect::Output: differ(shown, "nothing is written there"); break;
        case CurlEffect::Ignored: m_command.ignoredFlags.push_back(shown); break;
        case CurlEffect::Otherwise: differ(shown, option.words); break;
        case CurlEffect::Refused: fail("curl's " + shown + ": " + std::string(option.words)); break;
        }
    }

    void differ(const std::string &shown, std::string_view words)
    {
        m_command.differences.push_back(shown + ": " + std::string(words));
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

    /// "@file" has one in each line.
    void takeHeaders(const std::string &shown, std::string_view text)
    {
        if (!text.starts_with('@'))
            return takeHeader(shown, text);
        m_command.fileFlags.push_back(shown);
        const auto lines = m_files ? m_files(std::string(text.substr(1))) : Expected<Bytes, Error>(Bytes());
        if (!lines) {
            m_error = lines.error();
            return;
        }
        for (std::string_view rest = *lines; !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            if (const std::string_view line = withoutBlanks(rest.substr(0, end)); !line.empty())
                takeHeader(shown, line);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    /// "Name: value"; "Name;" sends it empty; "Name:" drops one of curl's own, of which nothing is sent here anyway.
    void takeHeader(const std::string &shown, std::string_view text)
    {
        const std::size_t colon = text.find(':');
        const std::string_view name = withoutBlanks(text.substr(0, colon));
        const std::string_view value = colon == text.npos ? "" : withoutBlanks(text.substr(colon + 1));
        if (colon == text.npos && text.ends_with(';'))
            addHeader(std::string(name.substr(0, name.size() - 1)), "");
        else if (value.empty())
            m_command.ignoredFlags.push_back(shown);
        else
            addHeader(std::string(name), std::string(value));
    }

    /// A cookie string has an equals sign; anything else names a file, which need not be there.
    void takeCookie(const std::string &shown, const std::string &value)
    {
        if (value.find('=') == std::string::npos)
            differ(shown, "a file's cookies are not sent; -b NAME=VALUE gives one");
        else
            m_cookies += (m_cookies.empty() ? "" : ";") + value;
    }

    void takeBody(const std::string &shown, const Expected<CurlBody::Taken, Error> &taken)
    {
        if (!taken)
            m_error = taken.error();
        else if (taken->namesFile)
            m_command.fileFlags.push_back(shown);
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
        const auto url = parseUrl(hasScheme ? *m_url : m_defaultScheme + "://" + *m_url);
        if (!url) {
            m_error = url.error();
            return;
        }
        target().url = *url;
        if (const auto plain = resolveUrl(*url, url->text()); plain && !m_pathAsIs)
            target().url.target = plain->target; // without its dot segments (RFC 3986 section 5.2.4)
        concludeFields();
        concludeBody();
        concludeTarget();
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

    /// A -H of the same name goes in the place of what these flags ask for.
    void concludeFields()
    {
        const auto add = [this](const char *name, const std::string &value) {
            if (!value.empty() && !hasHeader(name))
                addHeader(name, value);
        };
        add("User-Agent", m_userAgent);
        add("Referer", m_referer);
        add("Cookie", m_cookies);
        add("Authorization", m_authorization.value_or(""));
        add("Range", m_range);
    }

    void concludeBody()
    {
        const bool posts = !m_get && !m_body.isEmpty();
        const char *const usual = m_head ? "HEAD" : m_body.isUpload() ? "PUT" : posts ? "POST" : "GET";
        if (const auto applied = m_body.apply(target(), m_get); !applied)
            m_error = applied.error();
        target().method = m_method.value_or(usual);
    }

    void concludeTarget()
    {
        if (m_requestTarget && !m_requestTarget->starts_with('/'))
            fail("curl's --request-target " + *m_requestTarget + ": here a target begins with a slash");
        else if (m_requestTarget)
            target().url.target = *m_requestTarget;
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

    bool hasHeader(std::string_view name) const { return fieldNamed(m_command.target.headers, name) != nullptr; }

    std::vector<std::string> m_words;
    std::size_t m_next = 1; // behind "curl"
    bool m_onlyUrls = false;
    std::optional<std::string> m_url;
    std::optional<std::string> m_method;
    CurlFiles m_files;
    CurlBody m_body;
    std::optional<std::string> m_authorization;
    std::string m_userAgent, m_referer, m_cookies, m_range;
    std::string m_defaultScheme = "http";
    std::optional<std::string> m_requestTarget;
    bool m_pathAsIs = false;
    bool m_head = false;
    bool m_get = false;
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

Expected<CurlCommand, Error> parseCurlCommand(std::string_view text, const ShellVariables &variables, CurlFiles files)
{
    if (!isCurlCommand(text))
        return usage("the text is not a curl command");
    text = withoutPrompt(text);
    if (isCmdCommand(text)) {
        auto words = splitCmdWords(text, variables);
        if (!words)
            return words.error();
        return CurlReader(std::move(*words), std::move(files)).read();
    }
    auto split = splitShellWords(text, variables);
    if (!split)
        return split.error();
    auto command = CurlReader(std::move(split->words), std::move(files)).read();
    if (command && !withoutBlanks(split->rest).empty())
        command->ignoredFlags.emplace_back(withoutBlanks(split->rest));
    return command;
}

} // namespace pushscope
