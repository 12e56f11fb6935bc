#include "core/base/formbody.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <utility>

namespace pushscope {

namespace {

/// RFC 7578 section 2 points to WHATWG HTML 4.10.21.8: what would end the quotes or the line is percent-encoded.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"')
            result += "%22";
        else if (c == '\r')
            result += "%0D";
        else if (c == '\n')
            result += "%0A";
        else
            result += c;
    }
    return result + '"';
}

std::string unquoted(std::string_view text)
{
    std::string result(text);
    for (const auto &[code, c] : {std::pair("%22", "\""), std::pair("%0D", "\r"), std::pair("%0A", "\n")}) {
        for (std::size_t at = 0; (at = result.find(code, at)) != result.npos; ++at)
            result.replace(at, 3, c);
    }
    return result;
}

/// `name="value"` behind `name=`; nothing without.
std::optional<std::string> parameter(std::string_view line, std::string_view start)
{
    const std::size_t at = line.find(start);
    if (at == line.npos)
        return {};
    const std::string_view rest = line.substr(at + start.size());
    return unquoted(rest.substr(0, rest.find('"')));
}

std::string headOf(const FormPart &part)
{
    std::string head = "Content-Disposition: form-data";
    if (!part.name.empty())
        head += "; name=" + quoted(part.name);
    if (part.fileName)
        head += "; filename=" + quoted(*part.fileName);
    if (!part.contentType.empty())
        head += "\r\nContent-Type: " + part.contentType;
    return head;
}

std::optional<FormPart> readPart(ByteView text)
{
    constexpr std::string_view typeField = "\r\nContent-Type: ";
    const std::size_t blank = text.find("\r\n\r\n");
    if (blank == text.npos)
        return {};
    const ByteView head = text.substr(0, blank);
    const std::size_t type = head.find(typeField);
    const ByteView disposition = head.substr(0, type);
    FormPart part{parameter(disposition, "; name=\"").value_or(""), Bytes(text.substr(blank + 4)),
                  parameter(disposition, "; filename=\""),
                  type == head.npos ? std::string() : std::string(head.substr(type + typeField.size()))};
    return headOf(part) == head ? std::optional(std::move(part)) : std::nullopt;
}

} // namespace

std::string formBoundary(const std::vector<FormPart> &parts)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](ByteView bytes) {
        hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
        hash.addData(QByteArrayView("\n", 1));
    };
    for (const FormPart &part : parts) {
        add(headOf(part));
        add(part.content);
    }
    for (;;) {
        const std::string boundary = "------------------------" + hash.result().toHex().left(16).toStdString();
        if (std::ranges::none_of(parts,
                                 [&](const FormPart &part) { return part.content.find(boundary) != Bytes::npos; }))
            return boundary;
        add(boundary);
    }
}

Bytes multipartForm(const std::vector<FormPart> &parts, std::string_view boundary)
{
    const std::string delimiter = "--" + std::string(boundary);
    Bytes body;
    for (const FormPart &part : parts)
        body += delimiter + "\r\n" + headOf(part) + "\r\n\r\n" + part.content + "\r\n";
    return body + delimiter + "--\r\n";
}

std::optional<std::vector<FormPart>> readMultipartForm(ByteView body, std::string_view boundary)
{
    const std::string delimiter = "--" + std::string(boundary);
    const std::string between = "\r\n" + delimiter;
    std::vector<FormPart> parts;
    if (boundary.empty() || !body.starts_with(delimiter))
        return {};
    body.remove_prefix(delimiter.size());
    while (body.starts_with("\r\n")) {
        body.remove_prefix(2);
        const std::size_t end = body.find(between);
        auto part = end == body.npos ? std::nullopt : readPart(body.substr(0, end));
        if (!part)
            return {};
        parts.push_back(std::move(*part));
        body.remove_prefix(end + between.size());
    }
    return body == "--\r\n" ? std::optional(std::move(parts)) : std::nullopt;
}

std::string urlencodedForm(const std::vector<HeaderField> &pairs)
{
    const auto encoded = [](const std::string &text) {
        QByteArray bytes = QByteArray::fromStdString(text).toPercentEncoding(" *", "~");
        return bytes.replace(' ', '+').toStdString();
    };
    std::string body;
    for (const HeaderField &pair : pairs)
        body += (body.empty() ? "" : "&") + encoded(pair.name) + '=' + encoded(pair.value);
    return body;
}

std::vector<HeaderField> readUrlencodedForm(std::string_view body)
{
    const auto decoded = [](std::string_view text) {
        QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
        return QByteArray::fromPercentEncoding(bytes.replace('+', ' ')).toStdString();
    };
    std::vector<HeaderField> pairs;
    while (!body.empty()) {
        const std::string_view pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            pairs.push_back({decoded(pair.substr(0, equals)), decoded(pair.substr(std::min(equals + 1, pair.size())))});
    }
    return pairs;
}

std::string_view contentTypeOfFile(std::string_view name)
{
    using Type = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Type, 10> types = {{{".gif", "image/gif"},
                                                    {".jpg", "image/jpeg"},
                                                    {".jpeg", "image/jpeg"},
                                                    {".png", "image/png"},
                                                    {".svg", "image/svg+xml"},
                                                    {".txt", "text/plain"},
                                                    {".htm", "text/html"},
                                                    {".html", "text/html"},
                                                    {".pdf", "application/pdf"},
                                                    {".xml", "application/xml"}}};
    const auto found = std::ranges::find_if(types, [name](const Type &type) {
        return name.size() >= type.first.size() &&
               equalsIgnoreCase(name.substr(name.size() - type.first.size()), type.first);
    });
    return found == types.end() ? std::string_view("application/octet-stream") : found->second;
}

} // namespace pushscope
