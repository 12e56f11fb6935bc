#include "core/base/curlbody.h"

#include "core/base/ascii.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

Error usage(std::string detail)
{
    return {ErrorCode::UsageInvalid, std::move(detail)};
}

/// As --data-urlencode does it.
std::string percentEncoded(std::string_view text)
{
    QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    return bytes.toPercentEncoding(" ").replace(' ', '+').toStdString();
}

/// curl writes the hexadecimal digits of what it puts into a query in lower case.
std::string withLowerHex(std::string query)
{
    for (std::size_t at = 0; (at = query.find('%', at)) != query.npos; ++at) {
        for (std::size_t i = at + 1; i < std::min(at + 3, query.size()); ++i)
            query[i] = lowered(query[i]);
    }
    return query;
}

std::string_view fileNameOf(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

/// A word of a -F value up to a ";", or in quotes with backslashes before what is meant as it is; taken off `text`.
std::string takeWord(std::string_view &text)
{
    std::string word;
    if (text.starts_with('"')) {
        std::size_t at = 1;
        for (; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '\\' || text[at + 1] == '"'))
                ++at;
            word += text[at];
        }
        if (at < text.size()) { // what stands between the quote and the ";" counts for nothing
            text = text.substr(std::min(text.find(';', at), text.size()));
            return word;
        }
    }
    word = withoutTrailing(text.substr(0, text.find(';')), " \t");
    text.remove_prefix(std::min(text.find(';'), text.size()));
    return word;
}

/// A media type with its parameters: what follows a ";" belongs to it unless it is one of -F's own words.
std::string takeType(std::string_view &text)
{
    std::string type = takeWord(text);
    while (text.starts_with(';')) {
        const std::string_view next = trimmed(text.substr(1), " \t");
        const auto isOwn = [&](std::string_view name) { return equalsIgnoreCase(next.substr(0, name.size()), name); };
        if (isOwn("filename=") || isOwn("encoder=") || isOwn("headers=") || isOwn("type="))
            break;
        text.remove_prefix(1);
        type += ';' + std::string(text.substr(0, text.find(';')));
        text.remove_prefix(std::min(text.find(';'), text.size()));
    }
    return type;
}

/// The ";type=..." and ";filename=..." behind a -F value. Words that mean nothing are skipped, as by curl.
Expected<void, Error> takeFormWords(std::string_view rest, FormPart &part)
{
    while (rest.starts_with(';')) {
        rest = trimmed(rest.substr(1), " \t");
        const std::size_t equals = rest.find('=');
        const std::string_view name = equals == rest.npos ? std::string_view() : rest.substr(0, equals);
        if (equalsIgnoreCase(name, "encoder") || equalsIgnoreCase(name, "headers"))
            return usage("a form with ;" + std::string(name) + "= can't be made here");
        if (equalsIgnoreCase(name, "type")) {
            rest.remove_prefix(equals + 1);
            part.contentType = takeType(rest);
        } else if (equalsIgnoreCase(name, "filename")) {
            rest.remove_prefix(equals + 1);
            part.fileName = takeWord(rest);
        } else {
            rest.remove_prefix(std::min(rest.find(';'), rest.size()));
        }
    }
    return {};
}

} // namespace

Expected<Bytes, Error> CurlBody::contentsOf(std::string_view path) const
{
    return m_files ? m_files(std::string(path)) : Bytes();
}

void CurlBody::addRaw(std::string_view value)
{
    if (m_data)
        *m_data += '&';
    m_data = m_data.value_or("").append(value);
}

Expected<CurlBody::Taken, Error> CurlBody::addData(std::string_view value, bool isBinary)
{
    if (!value.starts_with('@')) {
        addRaw(value);
        return Taken{};
    }
    auto contents = contentsOf(value.substr(1));
    if (!contents)
        return contents.error();
    if (!isBinary)
        std::erase_if(*contents, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    if (m_files)
        addRaw(*contents);
    else
        m_data = m_data.value_or(""); // there is a body all the same: the method is POST
    return Taken{true};
}

/// "text", "=text", "name=text"; with an @ before any = it names a file.
Expected<CurlBody::Taken, Error> CurlBody::encode(std::string_view value, std::string &encoded) const
{
    const std::size_t split = value.find_first_of("=@");
    const std::string name = split == value.npos || split == 0 ? "" : std::string(value.substr(0, split)) + '=';
    const std::string_view text = split == value.npos ? value : value.substr(split + 1);
    if (split == value.npos || value[split] == '=') {
        encoded = name + percentEncoded(text);
        return Taken{};
    }
    const auto contents = contentsOf(text);
    if (!contents)
        return contents.error();
    encoded = name + percentEncoded(*contents);
    return Taken{true};
}

Expected<CurlBody::Taken, Error> CurlBody::addUrlencoded(std::string_view value)
{
    std::string encoded;
    const auto taken = encode(value, encoded);
    if (!taken)
        return taken.error();
    if (taken->namesFile && !m_files)
        m_data = m_data.value_or("");
    else
        addRaw(encoded);
    return *taken;
}

/// "+text" as it is, anything else as --data-urlencode.
Expected<CurlBody::Taken, Error> CurlBody::addQuery(std::string_view value)
{
    std::string encoded(value.substr(std::min<std::size_t>(1, value.size())));
    Taken taken;
    if (!value.starts_with('+')) {
        const auto coded = encode(value, encoded);
        if (!coded)
            return coded.error();
        taken = *coded;
    }
    if (!taken.namesFile || m_files)
        m_query += (m_query.empty() ? "" : "&") + encoded;
    return taken;
}

/// Several are put together without anything between them.
Expected<CurlBody::Taken, Error> CurlBody::addJson(std::string_view value)
{
    m_json = true;
    const bool namesFile = value.starts_with('@');
    const auto contents = namesFile ? contentsOf(value.substr(1)) : Expected<Bytes, Error>(Bytes(value));
    if (!contents)
        return contents.error();
    m_data = m_data.value_or("") + *contents;
    return Taken{namesFile};
}

Expected<CurlBody::Taken, Error> CurlBody::addForm(std::string_view value, bool isLiteral)
{
    const std::size_t equals = value.find('=');
    if (equals == value.npos)
        return usage("a form's part is NAME=CONTENT: " + std::string(value));
    FormPart part{std::string(value.substr(0, equals)), Bytes(value.substr(equals + 1))};
    Taken taken;
    if (!isLiteral) {
        std::string_view rest = value.substr(equals + 1);
        const char first = rest.empty() ? '\0' : rest.front();
        if (first == '(' || (part.name.empty() && first == ')'))
            return usage("a form with parts inside a part can't be made here");
        taken.namesFile = first == '@' || first == '<';
        rest.remove_prefix(taken.namesFile ? 1 : 0);
        rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
        const bool isPlain = !rest.starts_with('"');
        const std::string word = takeWord(rest);
        if (taken.namesFile && isPlain && word.find(',') != word.npos)
            return usage("a form with several files in one part can't be made here");
        part.content = word;
        if (first == '@')
            part.fileName = fileNameOf(word);
        if (const auto words = takeFormWords(rest, part); !words)
            return words.error();
        if (part.contentType.empty() && part.fileName) // what the file is called here says more than what for the peer
            part.contentType =
                contentTypeOfFile(first == '@' && *part.fileName == fileNameOf(word) ? word : *part.fileName);
        if (taken.namesFile) {
            auto contents = contentsOf(word);
            if (!contents)
                return contents.error();
            part.content = std::move(*contents);
        }
    }
    m_parts.push_back(std::move(part));
    return taken;
}

Expected<CurlBody::Taken, Error> CurlBody::setUpload(std::string_view path)
{
    auto contents = contentsOf(path);
    if (!contents)
        return contents.error();
    m_upload = std::move(*contents);
    m_uploadName = fileNameOf(path);
    return Taken{true};
}

void CurlBody::applyUpload(Target &target) const
{
    const QByteArray name(m_uploadName.data(), static_cast<qsizetype>(m_uploadName.size()));
    if (target.url.target.ends_with('/') && m_uploadName != "-")
        target.url.target += name.toPercentEncoding().toStdString();
    target.body = *m_upload;
}

void CurlBody::applyForm(Target &target) const
{
    const std::string boundary = formBoundary(m_parts);
    target.body = multipartForm(m_parts, boundary);
    if (HeaderField *typed = fieldNamed(target.headers, "Content-Type"))
        typed->value += "; boundary=" + boundary;
    else
        target.headers.push_back({"Content-Type", "multipart/form-data; boundary=" + boundary});
}

Expected<void, Error> CurlBody::apply(Target &target, bool get)
{
    if (!m_parts.empty() && (m_data || get))
        return usage(m_data ? "a request has a form (-F) or data (-d), not both"
                            : "a form (-F) can't go into the query");
    if (m_upload && (m_data || !m_parts.empty()))
        return usage("a request has a file (-T) or data and forms (-d, -F), not both");
    std::string query = m_query;
    if (get && m_data)
        query += (query.empty() ? "" : "&") + *m_data;
    if (!query.empty()) {
        const bool hasQuery = target.url.target.find('?') != std::string::npos;
        target.url.target += (!hasQuery ? "?" : target.url.target.ends_with('?') ? "" : "&") + withLowerHex(query);
    }
    if (m_upload) {
        applyUpload(target);
    } else if (!m_parts.empty()) {
        applyForm(target);
    } else if (m_data && !get) {
        target.body = *m_data;
        if (!fieldNamed(target.headers, "Content-Type"))
            target.headers.push_back(
                {"Content-Type", m_json ? "application/json" : "application/x-www-form-urlencoded"});
        if (m_json && !fieldNamed(target.headers, "Accept"))
            target.headers.push_back({"Accept", "application/json"});
    }
    return {};
}

} // namespace pushscope
