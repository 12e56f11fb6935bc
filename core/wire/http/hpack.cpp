#include "core/wire/http/hpack.h"

#include <nghttp2/nghttp2.h>

#include <new>
#include <optional>

namespace pushscope {

namespace {

constexpr std::uint32_t longestString = 65536; // of what nghttp2 decodes, as it is on the wire
constexpr std::uint64_t fieldOverhead = 32;

/// A field or a dynamic table size update, taken apart (RFC 7541 section 6).
struct Representation
{
    bool isSizeUpdate = false;
    HpackCoding coding = HpackCoding::Literal;
    std::uint32_t number = 0; ///< the index, or the table's new size
    ByteRange range;
};

/// Walks a block without decoding it.
class BlockReader
{
public:
    explicit BlockReader(ByteView block) : m_block(block) {}

    [[nodiscard]] bool atEnd() const { return m_at == m_block.size(); }
    /// nullopt: error() says why.
    std::optional<Representation> next();
    [[nodiscard]] const std::string &error() const { return m_error; }

private:
    std::optional<std::uint32_t> integer(unsigned prefixBits);
    bool skipString();
    void fail(std::string_view why);

    ByteView m_block;
    std::size_t m_at = 0;
    std::string m_error;
};

std::string errorAt(std::string_view why, std::uint64_t at)
{
    return std::string(why) + " at byte " + std::to_string(at);
}

void BlockReader::fail(std::string_view why)
{
    m_error = errorAt(why, m_at);
}

/// RFC 7541 section 5.1: what does not fit in the prefix follows, seven bits a byte, the lowest first.
std::optional<std::uint32_t> BlockReader::integer(unsigned prefixBits)
{
    if (atEnd()) {
        fail("the block ends inside a field");
        return std::nullopt;
    }
    const std::uint64_t full = (1u << prefixBits) - 1;
    std::uint64_t value = static_cast<std::uint8_t>(m_block[m_at]) & full;
    if (value < full) {
        ++m_at;
        return static_cast<std::uint32_t>(value);
    }
    const std::size_t begin = m_at++;
    for (unsigned shift = 0; !atEnd(); shift += 7) {
        const auto byte = static_cast<std::uint8_t>(m_block[m_at++]);
        if (shift < 32)
            value += static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (shift >= 32 || value > 0xffffffff) {
            m_at = begin;
            fail("a number is too large");
            return std::nullopt;
        }
        if ((byte & 0x80) == 0)
            return static_cast<std::uint32_t>(value);
    }
    fail("the block ends inside a number");
    return std::nullopt;
}

/// RFC 7541 section 5.2: the highest bit of the length tells a Huffman code.
bool BlockReader::skipString()
{
    const std::size_t begin = m_at;
    const auto length = integer(7);
    if (!length)
        return false;
    if (*length > longestString) {
        m_at = begin;
        fail("a string is longer than 65536 bytes");
        return false;
    }
    if (*length > m_block.size() - m_at) {
        m_at = m_block.size();
        fail("the block ends inside a string");
        return false;
    }
    m_at += *length;
    return true;
}

std::optional<Representation> BlockReader::next()
{
    Representation result;
    const std::uint64_t begin = m_at;
    const auto first = static_cast<std::uint8_t>(m_block[m_at]);
    unsigned prefixBits = 4;
    if ((first & 0x80) != 0) {
        result.coding = HpackCoding::Indexed;
        prefixBits = 7;
    } else if ((first & 0x40) != 0) {
        result.coding = HpackCoding::Incremental;
        prefixBits = 6;
    } else if ((first & 0x20) != 0) {
        result.isSizeUpdate = true;
        prefixBits = 5;
    } else if ((first & 0x10) != 0) {
        result.coding = HpackCoding::Never;
    }
    const auto number = integer(prefixBits);
    if (!number)
        return std::nullopt;
    result.number = *number;
    if (!result.isSizeUpdate && result.coding != HpackCoding::Indexed) {
        if ((result.number == 0 && !skipString()) || !skipString())
            return std::nullopt;
    }
    result.range = {begin, m_at};
    return result;
}

struct InflaterDeleter
{
    void operator()(nghttp2_hd_inflater *inflater) const { nghttp2_hd_inflate_del(inflater); }
};
using Inflater = std::unique_ptr<nghttp2_hd_inflater, InflaterDeleter>;

Inflater makeInflater()
{
    nghttp2_hd_inflater *inflater = nullptr;
    if (nghttp2_hd_inflate_new(&inflater) != 0)
        throw std::bad_alloc();
    return Inflater(inflater);
}

std::string_view viewOf(const std::uint8_t *bytes, std::size_t size)
{
    return {reinterpret_cast<const char *>(bytes), size};
}

} // namespace

struct HpackDecoder::Private
{
    /// Why nghttp2 refused, or would.
    [[nodiscard]] std::string_view refusal(const Representation &representation, bool isFirst) const;
    /// Hands one representation to nghttp2; false: the block's error says why.
    bool take(const Representation &representation, ByteView block, HpackBlock &result);
    void keep(const nghttp2_nv &pair, const Representation &representation, HpackBlock &result);

    Inflater inflater = makeInflater();
    std::uint64_t keepLimit = 0;
    bool owesUpdate = false; ///< the table in use is larger than what is allowed now (RFC 7541 section 4.2)
    std::uint64_t kept = 0;  ///< of the block being decoded, as keepLimit counts
    std::string lost;        ///< why there is no state any more
};

std::string_view HpackDecoder::Private::refusal(const Representation &representation, bool isFirst) const
{
    if (representation.isSizeUpdate) {
        return isFirst ? "the dynamic table is made larger than allowed"
                       : "a dynamic table size update follows a field";
    }
    if (owesUpdate)
        return "the dynamic table was not made smaller as its new limit asks";
    if (representation.coding == HpackCoding::Indexed && representation.number == 0)
        return "index 0 means nothing";
    if (representation.number > nghttp2_hd_inflate_get_num_table_entries(inflater.get()))
        return "an index is in no table";
    return "a Huffman code is invalid";
}

bool HpackDecoder::Private::take(const Representation &representation, ByteView block, HpackBlock &result)
{
    const ByteView bytes = block.substr(representation.range.begin, representation.range.size());
    nghttp2_nv pair{};
    int flags = 0;
    const auto used = nghttp2_hd_inflate_hd2(inflater.get(), &pair, &flags,
                                             reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size(), 0);
    const bool emitted = (flags & NGHTTP2_HD_INFLATE_EMIT) != 0;
    if (used < 0 || static_cast<std::size_t>(used) != bytes.size() || emitted == representation.isSizeUpdate) {
        const bool isFirst = result.fields.empty() && result.leftOut == 0;
        result.error = errorAt(refusal(representation, isFirst), representation.range.begin);
        return false;
    }
    if (!representation.isSizeUpdate) {
        keep(pair, representation, result);
        return true;
    }
    owesUpdate = false;
    kept += fieldOverhead;
    if (kept <= keepLimit)
        result.sizeUpdates.push_back(representation.number);
    return true;
}

/// Once a field is left out, all behind it are: what is kept is the block's beginning.
void HpackDecoder::Private::keep(const nghttp2_nv &pair, const Representation &representation, HpackBlock &result)
{
    result.decodedBytes += pair.namelen + pair.valuelen;
    kept += pair.namelen + pair.valuelen + fieldOverhead;
    if (kept > keepLimit) {
        ++result.leftOut;
        return;
    }
    result.fields.push_back({.name = std::string(viewOf(pair.name, pair.namelen)),
                             .value = std::string(viewOf(pair.value, pair.valuelen)),
                             .coding = representation.coding,
                             .index = representation.number,
                             .range = representation.range});
}

std::string_view word(HpackCoding coding)
{
    switch (coding) {
    case HpackCoding::Indexed: return "indexed";
    case HpackCoding::Incremental: return "incremental";
    case HpackCoding::Literal: return "literal";
    case HpackCoding::Never: return "never";
    }
    return {};
}

HpackDecoder::HpackDecoder(std::uint64_t keepLimit) : d(std::make_unique<Private>())
{
    d->keepLimit = keepLimit;
}

HpackDecoder::~HpackDecoder() = default;
HpackDecoder::HpackDecoder(HpackDecoder &&) noexcept = default;
HpackDecoder &HpackDecoder::operator=(HpackDecoder &&) noexcept = default;

void HpackDecoder::allowTableSize(std::uint32_t bytes)
{
    if (nghttp2_hd_inflate_get_max_dynamic_table_size(d->inflater.get()) > bytes)
        d->owesUpdate = true;
    nghttp2_hd_inflate_change_table_size(d->inflater.get(), bytes);
}

HpackBlock HpackDecoder::decode(ByteView block)
{
    HpackBlock result;
    if (!d->lost.empty()) {
        result.error = d->lost;
        return result;
    }
    d->kept = 0;
    BlockReader reader(block);
    while (!reader.atEnd()) {
        const auto representation = reader.next();
        if (!representation)
            result.error = reader.error();
        if (!representation || !d->take(*representation, block, result))
            break;
    }
    result.tableSize = static_cast<std::uint32_t>(nghttp2_hd_inflate_get_dynamic_table_size(d->inflater.get()));
    if (result.error.empty())
        nghttp2_hd_inflate_end_headers(d->inflater.get());
    else
        d->lost = "an earlier field block could not be decoded";
    return result;
}

void HpackDecoder::giveUp(std::string_view why)
{
    if (d->lost.empty())
        d->lost = why;
}

} // namespace pushscope
