#include "app/options/optionvalues.h"

#include "core/base/ascii.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace pushscope {

namespace {
using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

bool isTokenCharacter(char c)
{
    const bool isAlphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return isAlphanumeric || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

Error unreadable(std::string_view path, int error)
{
    return {ErrorCode::FileUnreadable, quoted(path) + " can't be read: " + std::strerror(error)};
}

Expected<Bytes, Error> contentsOf(std::FILE *file, std::string_view name,
                                  std::size_t largest = std::numeric_limits<std::size_t>::max())
{
    Bytes contents;
    char buffer[64 * 1024];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file)) {
        if (size > largest - contents.size())
            return Error{ErrorCode::FileUnreadable,
                         quoted(name) + " is larger than " + std::to_string(largest) + " bytes"};
        contents.append(buffer, size);
    }
    if (std::ferror(file) != 0)
        return unreadable(name, errno);
    return contents;
}

std::string firstLine(const Bytes &text)
{
    const std::string line = text.substr(0, text.find('\n'));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}
} // namespace

Error wrongUsage(std::string detail)
{
    return {ErrorCode::UsageInvalid, std::move(detail)};
}

Expected<std::uint64_t, Error> wholeNumber(std::string_view text, std::uint64_t smallest, std::uint64_t largest)
{
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < smallest || number > largest)
        return wrongUsage(quoted(text) + " is not a whole number from " + std::to_string(smallest) + " to " +
                          std::to_string(largest));
    return number;
}

Expected<Milliseconds, Error> milliseconds(std::string_view text)
{
    // The most that fits a 32-bit timer: 24 days.
    const auto number = wholeNumber(text, 0, 0x7FFF'FFFF);
    if (!number)
        return wrongUsage(quoted(text) + " is not a number of milliseconds");
    return Milliseconds(*number);
}

Expected<Milliseconds, Error> seconds(std::string_view text)
{
    double number = 0;
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    constexpr double Most = 0x7FFF'FFFF / 1000.0;
    if (problem != std::errc() || end != text.data() + text.size() || !(number > 0) || number > Most)
        return wrongUsage(quoted(text) + " is not a number of seconds above 0 and up to 2147483");
    return Milliseconds(std::max<std::int64_t>(1, std::llround(number * 1000)));
}

Expected<Bytes, Error> hexBytes(std::string_view text)
{
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return wrongUsage(quoted(text) + " is not hexadecimal");
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    if (text.size() % 2 != 0)
        return wrongUsage(quoted(text) + " has an odd number of hexadecimal digits");
    return bytes;
}

Expected<std::vector<std::string>, Error> commaList(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string_view part = trimmed(text.substr(begin, end - begin), OptionalWhitespace);
        if (part.empty())
            return wrongUsage(quoted(text) + " is not a list of words between commas");
        parts.emplace_back(part);
        begin = end + 1;
    }
    return parts;
}

Expected<std::string, Error> token(std::string_view text)
{
    if (text.empty() || !std::all_of(text.begin(), text.end(), isTokenCharacter))
        return wrongUsage(quoted(text) + " is not a token");
    return std::string(text);
}

Expected<std::string, Error> fieldValue(std::string_view text)
{
    if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        return wrongUsage("a header field can't hold line ends or NUL");
    return std::string(trimmed(text, OptionalWhitespace));
}

Expected<HeaderField, Error> headerField(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return wrongUsage(quoted(text) + " is not of the form 'Name: value'");
    auto name = token(text.substr(0, colon));
    if (!name)
        return wrongUsage(quoted(text.substr(0, colon)) + " is not a header field name");
    auto value = fieldValue(text.substr(colon + 1));
    if (!value)
        return value.error();
    return HeaderField{std::move(*name), std::move(*value)};
}

std::string basicAuthorization(std::string_view nameAndPassword)
{
    const auto raw = QByteArray::fromRawData(nameAndPassword.data(), static_cast<qsizetype>(nameAndPassword.size()));
    return "Basic " + raw.toBase64().toStdString();
}

Expected<ResolveOverride, Error> resolveOverride(std::string_view text)
{
    const auto hostEnd = text.starts_with('[') ? text.find("]:") + 1 : text.find(':');
    const auto portEnd = hostEnd < text.size() ? text.find(':', hostEnd + 1) : std::string_view::npos;
    if (hostEnd == 0 || portEnd == std::string_view::npos)
        return wrongUsage(quoted(text) + " is not of the form HOST:PORT:ADDRESS");
    const auto withoutBrackets = [](std::string_view host) {
        return host.size() > 2 && host.front() == '[' && host.back() == ']' ? host.substr(1, host.size() - 2) : host;
    };
    const auto port = wholeNumber(text.substr(hostEnd + 1, portEnd - hostEnd - 1), 1, 65535);
    if (!port)
        return port.error();
    auto address = ipAddress(withoutBrackets(text.substr(portEnd + 1)));
    if (!address)
        return address.error();
    return ResolveOverride{std::string(withoutBrackets(text.substr(0, hostEnd))), static_cast<std::uint16_t>(*port),
                           std::move(*address)};
}

Expected<std::string, Error> ipAddress(std::string_view text)
{
    if (QHostAddress(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).isNull())
        return wrongUsage(quoted(text) + " is not an IP address");
    return std::string(text);
}

Expected<LayerSet, Error> layerSet(std::string_view text)
{
    const auto names = commaList(text);
    if (!names)
        return names.error();
    LayerSet set;
    for (const std::string &name : *names) {
        static constexpr std::array Layers{Layer::Connection, Layer::Frames, Layer::Messages, Layer::Findings,
                                           Layer::Reads};
        const auto layer = std::find_if(Layers.begin(), Layers.end(), [&](Layer each) { return word(each) == name; });
        if (layer == Layers.end())
            return wrongUsage(quoted(name) + " is no layer: messages, frames, connection, findings or reads");
        set.set(static_cast<std::size_t>(*layer));
    }
    return set;
}

Expected<Bytes, Error> fileContents(std::string_view path)
{
    const File file(std::fopen(std::string(path).c_str(), "rbe"), &std::fclose);
    if (file == nullptr)
        return unreadable(path, errno);
    return contentsOf(file.get(), path);
}

Expected<Bytes, Error> curlFile(const std::string &path)
{
    static constexpr std::size_t Largest = 64 * 1024 * 1024;
    if (path == "-")
        return contentsOf(stdin, "stdin", Largest);
    const File file(std::fopen(path.c_str(), "rbe"), &std::fclose);
    if (file == nullptr)
        return unreadable(path, errno);
    return contentsOf(file.get(), path, Largest);
}

Expected<std::string, Error> readableFile(std::string_view path)
{
    const auto contents = fileContents(path);
    if (!contents)
        return contents.error();
    return std::string(path);
}

Expected<std::string, Error> appendableFile(std::string_view path)
{
    const int descriptor =
        ::open(std::string(path).c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return Error{ErrorCode::FileUnwritable, quoted(path) + " can't be written: " + std::strerror(errno)};
    ::close(descriptor);
    return std::string(path);
}

Expected<std::string, Error> passphrase(std::string_view source)
{
    const auto after = [&](std::string_view prefix) { return std::string(source.substr(prefix.size())); };
    if (source.starts_with("pass:"))
        return after("pass:");
    if (source.starts_with("env:")) {
        const char *value = std::getenv(after("env:").c_str());
        if (value == nullptr)
            return wrongUsage("the environment has no " + quoted(after("env:")));
        return std::string(value);
    }
    if (!source.starts_with("file:") && source != "stdin")
        return wrongUsage("expected pass:TEXT, env:NAME, file:PATH or stdin");
    const auto text = source == "stdin" ? contentsOf(stdin, "stdin") : fileContents(after("file:"));
    if (!text)
        return text.error();
    return firstLine(*text);
}

} // namespace pushscope
