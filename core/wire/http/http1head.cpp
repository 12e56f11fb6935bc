#include "core/wire/http/http1head.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdio>

namespace pushscope {

namespace {

constexpr std::string_view protocolName = "HTTP/";

bool hasControls(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<std::uint8_t>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7F;
    });
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes one head apart. Ranges of Findings count from m_begin.
class HeadReader
{
public:
    HeadReader(ByteView bytes, Http1Side side, std::uint64_t begin, std::vector<Finding> &findings)
        : m_bytes(bytes), m_side(side), m_begin(begin), m_findings(findings)
    {
    }

    Expected<HttpHead, Error> readHead();
    HttpHead readTrailers();

private:
    bool nextLine();
    void readFields();
    Expected<void, Error> readStatusLine();
    Expected<void, Error> readRequestLine();
    bool readVersion(std::string_view text, Rule rule);
    void readField();
    void find(Rule rule);
    void note(Rule rule, ByteView where);
    Error refuse(Rule rule, std::string_view what);

    ByteView m_bytes;
    Http1Side m_side;
    std::uint64_t m_begin;
    std::vector<Finding> &m_findings;
    std::size_t m_next = 0; ///< where the line after m_line begins
    ByteView m_line;
    std::bitset<static_cast<std::size_t>(Rule::Count)> m_broken; ///< rules, by number
    HttpHead m_head;
    std::vector<HeaderField> m_fields;
};

void HeadReader::find(Rule rule)
{
    note(rule, m_line);
}

/// Says a rule once for each head: who breaks it on one line may break it on 60,000.
void HeadReader::note(Rule rule, ByteView where)
{
    const auto place = static_cast<std::size_t>(rule);
    if (m_broken.test(place))
        return;
    m_broken.set(place);
    const auto offset = static_cast<std::uint64_t>(where.data() - m_bytes.data());
    m_findings.push_back({rule, m_begin + offset, static_cast<std::uint32_t>(where.size())});
}

Error HeadReader::refuse(Rule rule, std::string_view what)
{
    find(rule);
    return {ErrorCode::HttpMalformed, std::string(what) + ": " + quotedBytes(m_line)};
}

bool HeadReader::nextLine()
{
    if (m_next >= m_bytes.size())
        return false;
    const std::size_t lineFeed = std::min(m_bytes.find('\n', m_next), m_bytes.size());
    m_line = m_bytes.substr(m_next, lineFeed - m_next);
    m_next = lineFeed + 1;
    if (m_line.ends_with('\r'))
        m_line.remove_suffix(1);
    else if (lineFeed < m_bytes.size())
        note(Rule::HttpBareLf, m_bytes.substr(lineFeed, 1));
    return true;
}

Expected<HttpHead, Error> HeadReader::readHead()
{
    // RFC 9112 section 2.2: empty lines before a start line are skipped.
    m_next = std::min(m_bytes.find_first_not_of("\r\n"), m_bytes.size());
    nextLine();
    m_head.isRequest = m_side == Http1Side::Requests;
    const auto started = m_head.isRequest ? readRequestLine() : readStatusLine();
    if (!started)
        return started.error();
    readFields();
    return std::move(m_head);
}

HttpHead HeadReader::readTrailers()
{
    m_head.isRequest = m_side == Http1Side::Requests;
    readFields();
    return std::move(m_head);
}

void HeadReader::readFields()
{
    while (nextLine() && !m_line.empty())
        readField();
    m_head.headers = Headers(std::move(m_fields));
}

/// "HTTP/1.1"; other versions are taken as 1.1 with a Finding.
bool HeadReader::readVersion(std::string_view text, Rule rule)
{
    if (!equalsIgnoreCase(text.substr(0, protocolName.size()), protocolName))
        return false;
    m_head.version = text == "HTTP/1.0" ? HttpVersion::Http10 : HttpVersion::Http11;
    if (text != "HTTP/1.0" && text != "HTTP/1.1")
        find(rule);
    return true;
}

/// RFC 9112 section 4. Without a reason phrase many leave out the space before it as well; everybody accepts that.
Expected<void, Error> HeadReader::readStatusLine()
{
    const std::size_t space = m_line.find_first_of(OptionalWhitespace);
    if (space == std::string_view::npos || !readVersion(m_line.substr(0, space), Rule::HttpBadStatusLine))
        return refuse(Rule::HttpBadStatusLine, "the status line is malformed");
    const std::size_t digits = std::min(m_line.find_first_not_of(OptionalWhitespace, space), m_line.size());
    const std::string_view status = m_line.substr(digits, 3);
    const std::string_view rest = m_line.substr(std::min(digits + 3, m_line.size()));
    if (status.size() != 3 || !std::all_of(status.begin(), status.end(), isDigit) ||
        (!rest.empty() && OptionalWhitespace.find(rest.front()) == std::string_view::npos))
        return refuse(Rule::HttpBadStatusLine, "the status line is malformed");
    m_head.status = (status[0] - '0') * 100 + (status[1] - '0') * 10 + (status[2] - '0');
    m_head.reason = rest.substr(std::min<std::size_t>(rest.size(), 1));
    if (digits != space + 1 || m_line[space] != ' ' || m_head.status < 100 || hasControls(m_head.reason))
        find(Rule::HttpBadStatusLine);
    return {};
}

/// RFC 9112 section 3.
Expected<void, Error> HeadReader::readRequestLine()
{
    const std::size_t first = m_line.find(' ');
    const std::size_t last = m_line.rfind(' ');
    if (first == std::string_view::npos || first == last || !isToken(m_line.substr(0, first)))
        return refuse(Rule::HttpBadRequestLine, "the request line is malformed");
    const std::string_view target = m_line.substr(first + 1, last - first - 1);
    if (trimmed(target, OptionalWhitespace).empty() || !readVersion(m_line.substr(last + 1), Rule::HttpBadRequestLine))
        return refuse(Rule::HttpBadRequestLine, "the request line is malformed");
    m_head.method = m_line.substr(0, first);
    m_head.target = trimmed(target, OptionalWhitespace);
    if (target.find_first_of(OptionalWhitespace) != std::string_view::npos || hasControls(target))
        find(Rule::HttpBadRequestLine);
    return {};
}

/// RFC 9112 section 5. A line that is no field is kept as a name without value.
void HeadReader::readField()
{
    const bool folded = OptionalWhitespace.find(m_line.front()) != std::string_view::npos;
    if (folded && !m_fields.empty()) { // section 5.2: obs-fold is read as a space
        find(Rule::HttpObsFold);
        std::string &value = m_fields.back().value;
        const std::string_view more = trimmed(m_line, OptionalWhitespace);
        if (!value.empty() && !more.empty())
            value += ' ';
        value += more;
        if (hasControls(more))
            find(Rule::HttpBadHeaderValue);
        return;
    }
    const std::size_t colon = std::min(m_line.find(':'), m_line.size());
    std::string_view name = m_line.substr(0, colon);
    const std::string_view value = trimmed(m_line.substr(std::min(colon + 1, m_line.size())), OptionalWhitespace);
    if (colon < m_line.size() && !name.empty() && OptionalWhitespace.find(name.back()) != std::string_view::npos)
        find(Rule::HttpWhitespaceBeforeColon); // section 5.1
    name = trimmed(name, OptionalWhitespace);
    if (folded || colon == m_line.size() || !isToken(name))
        find(Rule::HttpBadHeaderName);
    if (hasControls(value))
        find(Rule::HttpBadHeaderValue);
    m_fields.push_back({std::string(name), std::string(value)});
}

/// Protocols that people point an HTTP client at by mistake, by what their servers say first.
struct ForeignProtocol
{
    std::string_view start;
    std::string_view name;
};
constexpr std::array foreignProtocols{
    ForeignProtocol{"\x16\x03", "TLS"},    ForeignProtocol{"\x15\x03", "TLS"},
    ForeignProtocol{"SSH-", "SSH"},        ForeignProtocol{"PRI * H", "HTTP/2"},
    ForeignProtocol{"RTSP/", "RTSP"},      ForeignProtocol{"ICY ", "SHOUTcast"},
    ForeignProtocol{"220", "SMTP or FTP"}, ForeignProtocol{"+OK", "POP3"},
    ForeignProtocol{"* OK", "IMAP"},       ForeignProtocol{"-ERR", "Redis"},
    ForeignProtocol{"+PONG", "Redis"},     ForeignProtocol{"<", "markup without a head"},
    ForeignProtocol{"AMQP", "AMQP"},       ForeignProtocol{"RFB ", "VNC"},
};

/// Whether no start line leads: a status line has the protocol's name in front, a request line at its end.
bool isTrailerSection(ByteView bytes, Http1Side side)
{
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    if (side == Http1Side::Answers)
        return line.size() < protocolName.size() || !mayStartHttp1(line, side);
    const std::size_t version = line.rfind(' ');
    return version == std::string_view::npos ||
           !equalsIgnoreCase(line.substr(version + 1, protocolName.size()), protocolName);
}

std::string_view foreignName(ByteView bytes)
{
    // The frame header of HTTP/2 settings: length below 256, type 4, no flags, stream 0 (RFC 9113 section 6.5).
    if (bytes.size() >= 7 && bytes.starts_with(std::string_view("\0\0", 2)) &&
        bytes.substr(3, 4) == std::string_view("\x04\0\0\0", 4))
        return "HTTP/2";
    const auto known =
        std::find_if(foreignProtocols.begin(), foreignProtocols.end(),
                     [bytes](const ForeignProtocol &protocol) { return bytes.starts_with(protocol.start); });
    return known == foreignProtocols.end() ? std::string_view() : known->name;
}

} // namespace

Expected<HttpHead, Error> readHttp1Head(ByteView bytes, Http1Side side, std::uint64_t begin,
                                        std::vector<Finding> &findings)
{
    return HeadReader(bytes, side, begin, findings).readHead();
}

HttpHead readHttp1Trailers(ByteView bytes, Http1Side side, std::uint64_t begin, std::vector<Finding> &findings)
{
    return HeadReader(bytes, side, begin, findings).readTrailers();
}

Expected<HttpHead, Error> parseHttp1Head(ByteView bytes, Http1Side side)
{
    std::vector<Finding> unused;
    HeadReader reader(bytes, side, 0, unused);
    if (isTrailerSection(bytes, side))
        return reader.readTrailers();
    return reader.readHead();
}

bool mayStartHttp1(ByteView start, Http1Side side)
{
    if (side == Http1Side::Answers)
        return equalsIgnoreCase(start.substr(0, protocolName.size()), protocolName.substr(0, start.size()));
    return isToken(start.substr(0, start.find(' ')));
}

Error notHttp(ByteView bytes)
{
    const std::string_view name = foreignName(bytes);
    std::string detail = "not HTTP";
    if (!name.empty())
        detail.append(" but ").append(name);
    return {ErrorCode::HttpMalformed, detail + ": " + quotedBytes(bytes.substr(0, bytes.find_first_of("\r\n")))};
}

std::string quotedBytes(ByteView bytes)
{
    constexpr std::size_t mostCharacters = 60;
    constexpr std::size_t mostNumbers = 8;
    const bool text = std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return (c >= 0x20 && c < 0x7F) || c == '\r' || c == '\n' || c == '\t';
    });
    const ByteView shown = bytes.substr(0, text ? mostCharacters : mostNumbers);
    std::string result;
    for (const char c : shown) {
        if (!text) {
            char number[6];
            std::snprintf(number, sizeof number, "%s0x%02x", result.empty() ? "" : " ", static_cast<std::uint8_t>(c));
            result += number;
        } else if (c < 0x20) {
            result += c == '\r' ? "\\r" : c == '\n' ? "\\n" : "\\t";
        } else {
            result += c;
        }
    }
    if (text)
        result = '"' + result + '"';
    return shown.size() < bytes.size() ? result + "..." : result;
}

} // namespace pushscope
