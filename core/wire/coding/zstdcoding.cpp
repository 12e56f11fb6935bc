#include "core/wire/coding/zstdcoding.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <cstddef>
#include <string>

namespace pushscope {

namespace {

constexpr int WindowLogLimit = 23;           // RFC 9659 section 3: 8 MiB
constexpr std::size_t BlockHeaderBytes = 3;  // RFC 8878 section 3.1.1.2
constexpr std::size_t FrameHeaderBytes = 18; // section 3.1.1: at the most

struct DecoderDeleter
{
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};
struct EncoderDeleter
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
};

std::string errorWords(std::size_t result)
{
    if (ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge)
        return "its window is larger than the 8 MiB of RFC 9659";
    return std::string("the decoder says \"") + ZSTD_getErrorName(result) + "\"";
}

class ZstdDecompressor final : public Decompressor
{
public:
    ZstdDecompressor() : m_context(ZSTD_createDCtx())
    {
        ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, WindowLogLimit);
    }

    Progress decode(ByteView coded, std::span<char> plain) override
    {
        Progress progress;
        do {
            // A call that fails tells nothing of the blocks before, so it gets one block or header at a time.
            const std::size_t size = m_wanted > BlockHeaderBytes ? m_wanted - BlockHeaderBytes : BlockHeaderBytes;
            const ByteView block = coded.substr(progress.taken, size);
            const Progress step = decodeSome(block, plain.subspan(progress.made));
            progress.taken += step.taken;
            progress.made += step.made;
            if (step.taken == 0 && step.made == 0)
                break;
        } while (problem().empty() && progress.made < plain.size());
        return progress;
    }

    bool isComplete() const override { return m_wanted == 0; }
    bool holdsContent() const override { return m_wanted > BlockHeaderBytes && m_frameBytes > FrameHeaderBytes; }

private:
    Progress decodeSome(ByteView coded, std::span<char> plain)
    {
        ZSTD_inBuffer in{coded.data(), coded.size(), 0};
        ZSTD_outBuffer out{plain.data(), plain.size(), 0};
        if (isComplete())
            m_frameBytes = 0;
        const std::size_t result = ZSTD_decompressStream(m_context.get(), &out, &in);
        m_frameBytes += in.pos;
        if (ZSTD_isError(result) != 0)
            fail(errorWords(result));
        else if (in.pos != 0 || out.pos != 0)
            m_wanted = result;
        return {in.pos, out.pos};
    }

    std::unique_ptr<ZSTD_DCtx, DecoderDeleter> m_context;
    std::size_t m_wanted = 0;     ///< coded bytes to the end of what has begun and the next header; 0: between frames
    std::size_t m_frameBytes = 0; ///< taken of this frame
};

class ZstdEncoder final : public ContentEncoder
{
public:
    ZstdEncoder() : m_context(ZSTD_createCCtx()) {}

    Bytes encode(ByteView plain, Flush flush) override
    {
        const ZSTD_EndDirective directive = flush == Flush::None   ? ZSTD_e_continue
                                            : flush == Flush::Sync ? ZSTD_e_flush
                                                                   : ZSTD_e_end;
        const std::size_t pieceBytes = ZSTD_CStreamOutSize();
        ZSTD_inBuffer in{plain.data(), plain.size(), 0};
        Bytes coded;
        std::size_t left = 0;
        do {
            const std::size_t before = coded.size();
            coded.resize(before + pieceBytes);
            ZSTD_outBuffer out{coded.data() + before, pieceBytes, 0};
            left = ZSTD_compressStream2(m_context.get(), &out, &in, directive);
            coded.resize(before + out.pos);
        } while (ZSTD_isError(left) == 0 && (in.pos < in.size || (flush != Flush::None && left != 0)));
        return coded;
    }

private:
    std::unique_ptr<ZSTD_CCtx, EncoderDeleter> m_context;
};

} // namespace

std::unique_ptr<Decompressor> makeZstdDecompressor()
{
    return std::make_unique<ZstdDecompressor>();
}

std::unique_ptr<ContentEncoder> makeZstdEncoder()
{
    return std::make_unique<ZstdEncoder>();
}

} // namespace pushscope
