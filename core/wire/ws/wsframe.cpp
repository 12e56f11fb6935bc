#include "core/wire/ws/wsframe.h"

#include <cstring>

namespace pushscope {

std::string_view word(WsOpcode opcode)
{
    static constexpr std::array<std::string_view, 16> words{
        "continuation", "text", "binary", "reserved-3",  "reserved-4",  "reserved-5",  "reserved-6",  "reserved-7",
        "close",        "ping", "pong",   "reserved-11", "reserved-12", "reserved-13", "reserved-14", "reserved-15"};
    return words[static_cast<std::uint8_t>(opcode) & 0xF];
}

void applyMask(char *bytes, std::size_t size, const std::array<std::uint8_t, 4> &key, std::uint64_t offset)
{
    // The key turned so that its first byte belongs to the first of these bytes, twice, in memory order: right on any
    // endianness.
    std::array<std::uint8_t, 8> turned;
    for (std::size_t i = 0; i < turned.size(); ++i)
        turned[i] = key[(offset + i) % 4];
    std::uint64_t mask;
    std::memcpy(&mask, turned.data(), sizeof mask);

    char *const end = bytes + size;
    for (; end - bytes >= 8; bytes += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes, sizeof word);
        word ^= mask;
        std::memcpy(bytes, &word, sizeof word);
    }
    for (std::size_t i = 0; bytes != end; ++bytes, ++i)
        *bytes = static_cast<char>(static_cast<std::uint8_t>(*bytes) ^ turned[i]);
}

} // namespace pushscope
