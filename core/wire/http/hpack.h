#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// How a header field was represented (RFC 7541 section 6).
enum class HpackCoding : std::uint8_t {
    Indexed,     ///< both from a table (section 6.1)
    Incremental, ///< literal, added to the dynamic table (section 6.2.1)
    Literal,     ///< literal, not added (section 6.2.2)
    Never        ///< literal that no intermediary may add either (section 6.2.3)
};
/// "indexed", "incremental", "literal", "never"
[[nodiscard]] std::string_view word(HpackCoding coding);

struct HpackField
{
    std::string name, value;
    HpackCoding coding = HpackCoding::Literal;
    std::uint32_t index = 0; ///< in the tables, of the field or of its name; 0: the name is literal too
    ByteRange range;         ///< of the representation, in the field block
    friend bool operator==(const HpackField &, const HpackField &) = default;
};

/// A field block (RFC 9113 section 4.3), decoded as far as it can be.
struct HpackBlock
{
    std::vector<HpackField> fields;
    std::vector<std::uint32_t> sizeUpdates; ///< dynamic table size updates, in order (RFC 7541 section 6.3)
    std::uint32_t tableSize = 0;            ///< bytes in the dynamic table behind the block (RFC 7541 section 4.1)
    std::uint64_t decodedBytes = 0;         ///< names and values, kept or not
    std::uint64_t leftOut = 0;              ///< fields beyond the limit that are not kept
    std::string error;                      ///< why and where decoding stopped, "" when it did not
};

/// One direction's HPACK state (RFC 7541): walks the representations itself, so that it is known how each field was
/// coded, and has nghttp2 decode them. After an error the state is lost: every later block fails too.
class HpackDecoder
{
public:
    /// `keepLimit`: how large the kept part of a block may be, with 32 bytes for each field as RFC 9113 section 6.5.2
    /// counts; the rest is decoded and counted.
    explicit HpackDecoder(std::uint64_t keepLimit = 256 * 1024);
    ~HpackDecoder();
    HpackDecoder(HpackDecoder &&) noexcept;
    HpackDecoder &operator=(HpackDecoder &&) noexcept;

    /// The receiver of these blocks allowed a dynamic table of that size (SETTINGS_HEADER_TABLE_SIZE), and their sender
    /// acknowledged it.
    void allowTableSize(std::uint32_t bytes);
    [[nodiscard]] HpackBlock decode(ByteView block);
    /// A block can't be had whole, so that the state is lost; `why` is the error of later blocks.
    void giveUp(std::string_view why);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
