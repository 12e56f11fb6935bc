#include "core/wire/coding/zlibcoding.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace pushscope {

namespace {

constexpr int GzipWindowBits = MAX_WBITS + 16; // zlib.h: "Add 16 to windowBits to write a simple gzip header"
constexpr std::size_t GzipHeaderBytes = 10;    // RFC 1952 section 2.3, without its optional parts
constexpr std::size_t ZlibHeaderBytes = 2;
constexpr char GzipMagic = '\x1F';
constexpr int AtBlockBoundary = 128; // zlib.h, inflate(): data_type "plus 128 if inflate() returned immediately after
                                     // decoding an end-of-block code or decoding the complete header"

/// RFC 1950 section 2.2: the method, a window it can have, and a check over both bytes.
bool isZlibHeader(ByteView head)
{
    const unsigned cmf = static_cast<unsigned char>(head[0]);
    const unsigned flags = static_cast<unsigned char>(head[1]);
    return (cmf & 0x0F) == Z_DEFLATED && cmf >> 4 <= 7 && (cmf << 8 | flags) % 31 == 0;
}

Bytef *zlibBytes(ByteView bytes)
{
    return const_cast<Bytef *>(reinterpret_cast<const Bytef *>(bytes.data())); // z_const is empty by default
}

uInt clamped(std::size_t size)
{
    return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

class ZlibDecompressor final : public Decompressor
{
public:
    explicit ZlibDecompressor(ZlibFormat format) : m_isGzip(format == ZlibFormat::Gzip), m_isBegun(m_isGzip)
    {
        if (m_isGzip)
            begin(GzipWindowBits);
    }
    ~ZlibDecompressor() override
    {
        if (m_isBegun)
            inflateEnd(&m_stream);
    }

    Progress decode(ByteView coded, std::span<char> plain) override
    {
        Progress progress;
        if (!m_isBegun) {
            progress.taken = std::min(ZlibHeaderBytes - m_head.size(), coded.size());
            m_head += coded.substr(0, progress.taken);
            if (m_head.size() < ZlibHeaderBytes)
                return progress;
            m_isBegun = true;
            m_isUnwrapped = !isZlibHeader(m_head);
            begin(m_isUnwrapped ? -MAX_WBITS : MAX_WBITS);
        }
        if (!m_head.empty()) {
            const Progress head = inflateAll(m_head, plain);
            m_head.erase(0, head.taken);
            progress.made = head.made;
        }
        if (m_head.empty() && problem().empty()) {
            const Progress rest = inflateAll(coded.substr(progress.taken), plain.subspan(progress.made));
            progress.taken += rest.taken;
            progress.made += rest.made;
        }
        return progress;
    }

    bool isComplete() const override { return m_isEnded; }
    bool holdsContent() const override { return m_holds; }
    bool isUnwrapped() const override { return m_isUnwrapped; }

private:
    void begin(int windowBits)
    {
        if (inflateInit2(&m_stream, windowBits) != Z_OK)
            fail("no memory to decode it");
    }

    Progress inflateAll(ByteView coded, std::span<char> plain)
    {
        Progress progress;
        while (problem().empty() && progress.made < plain.size()) {
            const ByteView rest = coded.substr(progress.taken);
            if (m_isEnded && !rest.empty())
                beginMember(rest.front());
            if (m_isEnded || !problem().empty())
                break;
            const Progress step = inflateSome(rest, plain.subspan(progress.made));
            progress.taken += step.taken;
            progress.made += step.made;
            if (step.taken == 0 && step.made == 0)
                break;
        }
        return progress;
    }

    Progress inflateSome(ByteView coded, std::span<char> plain)
    {
        m_stream.next_in = zlibBytes(coded);
        m_stream.avail_in = clamped(coded.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(plain.data());
        m_stream.avail_out = clamped(plain.size());
        const int result = inflate(&m_stream, Z_SYNC_FLUSH);
        const Progress progress{clamped(coded.size()) - m_stream.avail_in, clamped(plain.size()) - m_stream.avail_out};
        if (result == Z_NEED_DICT)
            fail("it needs a preset dictionary");
        else if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            fail(m_stream.msg != nullptr ? m_stream.msg : "no memory to decode it");
        m_isEnded = result == Z_STREAM_END;
        if (progress.taken != 0 || progress.made != 0) // without any, zlib forgets that it stands between blocks
            m_holds = !m_isEnded && (m_stream.data_type & AtBlockBoundary) == 0 && m_stream.total_in > headerBytes();
        return progress;
    }

    void beginMember(char first)
    {
        if (!m_isGzip || first != GzipMagic)
            return fail("bytes follow behind its end");
        m_isEnded = false;
        inflateReset(&m_stream);
    }

    std::size_t headerBytes() const { return m_isGzip ? GzipHeaderBytes : m_isUnwrapped ? 0 : ZlibHeaderBytes; }

    z_stream m_stream{};
    Bytes m_head; ///< of "deflate", until it is told what it is
    bool m_isGzip;
    bool m_isBegun;
    bool m_isUnwrapped = false;
    bool m_isEnded = false;
    bool m_holds = false;
};

class ZlibEncoder final : public ContentEncoder
{
public:
    explicit ZlibEncoder(ZlibFormat format)
    {
        constexpr int memoryLevel = 8; // zlib's own choice
        deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                     format == ZlibFormat::Gzip ? GzipWindowBits : MAX_WBITS, memoryLevel, Z_DEFAULT_STRATEGY);
    }
    ~ZlibEncoder() override { deflateEnd(&m_stream); }

    Bytes encode(ByteView plain, Flush flush) override
    {
        constexpr std::size_t pieceBytes = 16 * 1024;
        const int how = flush == Flush::None ? Z_NO_FLUSH : flush == Flush::Sync ? Z_SYNC_FLUSH : Z_FINISH;
        Bytes coded;
        m_stream.next_in = zlibBytes(plain);
        m_stream.avail_in = clamped(plain.size());
        do {
            const std::size_t before = coded.size();
            coded.resize(before + pieceBytes);
            m_stream.next_out = reinterpret_cast<Bytef *>(coded.data() + before);
            m_stream.avail_out = pieceBytes;
            deflate(&m_stream, how);
            coded.resize(coded.size() - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
        return coded;
    }

private:
    z_stream m_stream{};
};

} // namespace

std::unique_ptr<Decompressor> makeZlibDecompressor(ZlibFormat format)
{
    return std::make_unique<ZlibDecompressor>(format);
}

std::unique_ptr<ContentEncoder> makeZlibEncoder(ZlibFormat format)
{
    return std::make_unique<ZlibEncoder>(format);
}

} // namespace pushscope
