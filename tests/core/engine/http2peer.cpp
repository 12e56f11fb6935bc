#include "tests/core/engine/http2peer.h"

#include "core/wire/http/http2frame.h"
#include "tests/core/engine/recordtext.h"

#include <QtGlobal>

#include <sstream>
#include <vector>

namespace pushscope::test {

namespace {

using Words = std::vector<std::string>;

Words wordsOf(const std::string &text)
{
    std::istringstream stream(text);
    Words words;
    for (std::string next; stream >> next;)
        words.push_back(next);
    return words;
}

template <class Enum>
std::uint32_t numberOf(const std::string &name)
{
    for (std::uint32_t number = 0; number < 0x20; ++number) {
        if (word(static_cast<Enum>(number)) == name)
            return number;
    }
    return static_cast<std::uint32_t>(std::stoul(name, nullptr, 0));
}

Bytes bigEndian(std::uint64_t number, int size)
{
    Bytes bytes;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift);
    return bytes;
}

/// Literal fields without indexing (RFC 7541 section 6.2.2), short enough for lengths of one byte.
Bytes fieldBlock(const Words &words, std::size_t from)
{
    Bytes block;
    for (std::size_t i = from; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        std::string name = words[i].substr(0, equals);
        if (name == "status" || name == "path" || name == "method" || name == "scheme" || name == "authority")
            name.insert(0, ":");
        const std::string value = words[i].substr(equals + 1);
        block += Bytes(1, '\0') + static_cast<char>(name.size()) + name + static_cast<char>(value.size()) + value;
    }
    return block;
}

Bytes settings(const Words &words)
{
    Bytes payload;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        payload += bigEndian(numberOf<Http2Setting>(words[i].substr(0, equals)), 2) +
                   bigEndian(std::stoul(words[i].substr(equals + 1)), 4);
    }
    return payload;
}

/// What stands behind the first `count` words.
std::string behind(const std::string &text, int count)
{
    std::size_t at = 0;
    for (; count > 0; --count)
        at = text.find(' ', at) + 1;
    return text.substr(at);
}

} // namespace

Bytes http2Frame(const std::string &text)
{
    const Words words = wordsOf(text);
    const std::string &kind = words.at(0);
    const auto number = [&](std::size_t i) { return static_cast<std::uint32_t>(std::stoul(words.at(i), nullptr, 0)); };
    const bool end = words.size() > 2 && words[2] == "end";
    Http2FrameHeader header;
    Bytes payload;
    if (kind == "settings" || kind == "settings-ack") {
        header.type = Http2FrameType::Settings;
        header.flags = kind == "settings-ack" ? Http2Flag::Ack : std::uint8_t(0);
        payload = settings(words);
    } else if (kind == "headers") {
        header.type = Http2FrameType::Headers;
        header.stream = number(1);
        header.flags = Http2Flag::EndHeaders | (end ? Http2Flag::EndStream : 0);
        payload = fieldBlock(words, end ? 3 : 2);
    } else if (kind == "data") {
        header.stream = number(1);
        header.flags = end ? Http2Flag::EndStream : std::uint8_t(0);
        payload = words.size() > (end ? 3u : 2u) ? unescaped(behind(text, end ? 3 : 2)) : Bytes();
    } else if (kind == "rst") {
        header.type = Http2FrameType::RstStream;
        header.stream = number(1);
        payload = bigEndian(numberOf<Http2ErrorCode>(words.at(2)), 4);
    } else if (kind == "goaway") {
        header.type = Http2FrameType::Goaway;
        payload = bigEndian(number(1), 4) + bigEndian(numberOf<Http2ErrorCode>(words.at(2)), 4) +
                  (words.size() > 3 ? behind(text, 3) : Bytes());
    } else if (kind == "ping-ack") {
        header.type = Http2FrameType::Ping;
        header.flags = Http2Flag::Ack;
        payload = bigEndian(number(1), 8);
    } else if (kind == "window") {
        header.type = Http2FrameType::WindowUpdate;
        header.stream = number(1);
        payload = bigEndian(number(2), 4);
    } else if (kind == "push") {
        header.type = Http2FrameType::PushPromise;
        header.flags = Http2Flag::EndHeaders;
        header.stream = number(1);
        payload = bigEndian(number(2), 4) + fieldBlock(words, 3);
    } else if (kind == "raw") {
        header.type = static_cast<Http2FrameType>(number(1));
        header.flags = static_cast<std::uint8_t>(number(2));
        header.stream = number(3);
        payload = unescaped(behind(text, 4));
    } else {
        qFatal("unknown frame %s", kind.c_str());
    }
    Bytes frame;
    appendHttp2Frame(frame, header, payload);
    return frame;
}

} // namespace pushscope::test
