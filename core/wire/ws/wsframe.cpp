#include "core/wire/ws/wsframe.h"

#include <bit>
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
    // The key turned so that its first byte in memory belongs to the first of these bytes, twice in a word.
    std::uint32_t turned;
    std::memcpy(&turned, key.data(), sizeof turned);
    const int turn = 8 * static_cast<int>(offset % key.size());
    turned = std::endian::native == std::endian::little ? std::rotr(turned, turn) : std::rotl(turned, turn);
    const std::uint64_t mask = static_cast<std::uint64_t>(turned) << 32 | turned;

    const auto maskWord = [mask](char *at) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        word ^= mask;
        std::memcpy(at, &word, sizeof word);
    };
    std::size_t at = 0;
    for (; size - at >= 64; at += 64) {
        for (std::size_t i = 0; i < 64; i += sizeof mask) // a count that the compiler makes vectors of
            maskWord(bytes + at + i);
    }
    for (; size - at >= sizeof mask; at += sizeof mask)
        maskWord(bytes + at);
    for (; at < size; ++at)
        bytes[at] = static_cast<char>(static_cast<std::uint8_t>(bytes[at]) ^ key[(offset + at) % key.size()]);
}

} // namespace pushscope
