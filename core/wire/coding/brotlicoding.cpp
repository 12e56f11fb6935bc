#include "core/wire/coding/brotlicoding.h"

#include <brotli/decode.h>
#include <brotli/encode.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pushscope {

namespace {

/// Coded bytes a call: when one of them is wrong, the library keeps back all that the call had made before it.
constexpr std::size_t CautiousBytes = 16;

struct DecoderDeleter
{
    void operator()(BrotliDecoderState *state) const { BrotliDecoderDestroyInstance(state); }
};
struct EncoderDeleter
{
    void operator()(BrotliEncoderState *state) const { BrotliEncoderDestroyInstance(state); }
};

/// The library's word, "CL_SPACE", "EXUBERANT_NIBBLE", as a part of a sentence.
std::string errorWords(const BrotliDecoderState *state)
{
    return std::string("the decoder says ") + BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state));
}

class BrotliDecompressor final : public Decompressor
{
public:
    BrotliDecompressor() : m_state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {}

    Progress decode(ByteView coded, std::span<char> plain) override
    {
        Progress progress;
        do {
            if (isComplete()) {
                if (progress.taken < coded.size())
                    fail("bytes follow behind its end");
                break;
            }
            const Progress step = decodeSome(coded.substr(progress.taken, CautiousBytes), plain.subspan(progress.made));
            progress.taken += step.taken;
            progress.made += step.made;
            if (step.taken == 0 && step.made == 0)
                break;
        } while (problem().empty() && progress.made < plain.size());
        return progress;
    }

    bool isComplete() const override { return BrotliDecoderIsFinished(m_state.get()) == BROTLI_TRUE; }
    bool holdsContent() const override { return !isComplete(); }

private:
    Progress decodeSome(ByteView coded, std::span<char> plain)
    {
        const auto *in = reinterpret_cast<const std::uint8_t *>(coded.data());
        auto *out = reinterpret_cast<std::uint8_t *>(plain.data());
        std::size_t inLeft = coded.size();
        std::size_t outLeft = plain.size();
        const BrotliDecoderResult result =
            BrotliDecoderDecompressStream(m_state.get(), &inLeft, &in, &outLeft, &out, nullptr);
        if (result == BROTLI_DECODER_RESULT_ERROR)
            fail(errorWords(m_state.get()));
        return {coded.size() - inLeft, plain.size() - outLeft};
    }

    std::unique_ptr<BrotliDecoderState, DecoderDeleter> m_state;
};

class BrotliEncoder final : public ContentEncoder
{
public:
    BrotliEncoder() : m_state(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr))
    {
        constexpr std::uint32_t quickQuality = 5; // what servers use for content that is made while it is sent
        constexpr std::uint32_t windowBits = 18;
        BrotliEncoderSetParameter(m_state.get(), BROTLI_PARAM_QUALITY, quickQuality);
        BrotliEncoderSetParameter(m_state.get(), BROTLI_PARAM_LGWIN, windowBits);
    }

    Bytes encode(ByteView plain, Flush flush) override
    {
        const BrotliEncoderOperation operation = flush == Flush::None   ? BROTLI_OPERATION_PROCESS
                                                 : flush == Flush::Sync ? BROTLI_OPERATION_FLUSH
                                                                        : BROTLI_OPERATION_FINISH;
        const auto *in = reinterpret_cast<const std::uint8_t *>(plain.data());
        std::size_t inLeft = plain.size();
        Bytes coded;
        do {
            std::size_t noRoom = 0;
            std::uint8_t *nowhere = nullptr;
            if (BrotliEncoderCompressStream(m_state.get(), operation, &inLeft, &in, &noRoom, &nowhere, nullptr) ==
                BROTLI_FALSE)
                break;
            std::size_t size = 0;
            const std::uint8_t *made = BrotliEncoderTakeOutput(m_state.get(), &size);
            coded.append(reinterpret_cast<const char *>(made), size);
        } while (inLeft > 0 || BrotliEncoderHasMoreOutput(m_state.get()) == BROTLI_TRUE);
        return coded;
    }

private:
    std::unique_ptr<BrotliEncoderState, EncoderDeleter> m_state;
};

} // namespace

std::unique_ptr<Decompressor> makeBrotliDecompressor()
{
    return std::make_unique<BrotliDecompressor>();
}

std::unique_ptr<ContentEncoder> makeBrotliEncoder()
{
    return std::make_unique<BrotliEncoder>();
}

} // namespace pushscope
