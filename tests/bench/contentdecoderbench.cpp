#include "core/wire/coding/contentdecoder.h"
#include "core/wire/coding/contentencoder.h"

#include <benchmark/benchmark.h>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <vector>

using namespace pushscope;

namespace {
constexpr std::size_t readSize = 64 * 1024;

/// Events as a ticker sends them, 8 MiB of them, coded; each flushed when `flushed`.
Bytes codedStream(ContentCoding coding, bool flushed)
{
    const auto encoder = makeContentEncoder(coding);
    Bytes content;
    std::size_t plain = 0;
    for (std::uint64_t id = 1; plain < 8 * 1024 * 1024; ++id) {
        const Bytes event = "id: " + std::to_string(id) + "\nevent: tick\ndata: {\"id\":" + std::to_string(id) +
                            ",\"ts\":" + std::to_string(1763812982120 + id * 7919) +
                            ",\"price\":" + std::to_string(id * 2654435761 % 100'000) + "}\n\n";
        plain += event.size();
        content += encoder->encode(event, flushed ? ContentEncoder::Flush::Sync : ContentEncoder::Flush::None);
    }
    return content + encoder->encode({}, ContentEncoder::Flush::End);
}

/// Coded when it is first asked for: benchmarks of other things start at once.
using Stream = const Bytes &(*)();
template <ContentCoding coding, bool flushed>
const Bytes &coded()
{
    static const Bytes content = codedStream(coding, flushed);
    return content;
}
constexpr Stream gzipFlushed = coded<ContentCoding::Gzip, true>;
constexpr Stream gzipHeld = coded<ContentCoding::Gzip, false>;
constexpr Stream brotliFlushed = coded<ContentCoding::Brotli, true>;
constexpr Stream zstdFlushed = coded<ContentCoding::Zstd, true>;

void report(benchmark::State &state, std::uint64_t plain)
{
    state.SetBytesProcessed(static_cast<std::int64_t>(plain)); // plain bytes made
}

void decodeContent(benchmark::State &state, ContentCoding coding, Stream source)
{
    const Bytes &content = source();
    std::uint64_t plain = 0;
    Bytes room(readSize, '\0');
    for (auto _ : state) {
        ContentDecoder decoder({coding});
        for (std::size_t at = 0; at < content.size(); at += readSize) {
            decoder.feed(ByteView(content).substr(at, readSize));
            while (const std::size_t made = decoder.next(room))
                plain += made;
        }
        benchmark::DoNotOptimize(room.data());
    }
    report(state, plain);
}

/// What decodeContent() is measured against: the library alone over the same bytes, read by read into the same room.
void bareInflate(benchmark::State &state, Stream source)
{
    const Bytes &content = source();
    std::uint64_t plain = 0;
    std::vector<Bytef> room(readSize);
    for (auto _ : state) {
        z_stream stream{};
        if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
            return state.SkipWithError("no memory");
        for (std::size_t at = 0; at < content.size(); at += readSize) {
            const ByteView piece = ByteView(content).substr(at, readSize);
            stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(piece.data()));
            stream.avail_in = static_cast<uInt>(piece.size());
            do {
                stream.next_out = room.data();
                stream.avail_out = readSize;
                inflate(&stream, Z_SYNC_FLUSH);
                plain += readSize - stream.avail_out;
            } while (stream.avail_out == 0);
        }
        benchmark::DoNotOptimize(room.data());
        inflateEnd(&stream);
    }
    report(state, plain);
}

/// The same of brotli.
void bareBrotli(benchmark::State &state, Stream source)
{
    const Bytes &content = source();
    std::uint64_t plain = 0;
    std::vector<std::uint8_t> room(readSize);
    for (auto _ : state) {
        BrotliDecoderState *decoder = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
        for (std::size_t at = 0; at < content.size(); at += readSize) {
            const ByteView piece = ByteView(content).substr(at, readSize);
            const auto *in = reinterpret_cast<const std::uint8_t *>(piece.data());
            std::size_t inLeft = piece.size();
            std::size_t outLeft = 0;
            do {
                std::uint8_t *out = room.data();
                outLeft = room.size();
                BrotliDecoderDecompressStream(decoder, &inLeft, &in, &outLeft, &out, nullptr);
                plain += room.size() - outLeft;
            } while (outLeft == 0);
        }
        benchmark::DoNotOptimize(room.data());
        BrotliDecoderDestroyInstance(decoder);
    }
    report(state, plain);
}

/// The same of zstd.
void bareZstd(benchmark::State &state, Stream source)
{
    const Bytes &content = source();
    std::uint64_t plain = 0;
    Bytes room(readSize, '\0');
    for (auto _ : state) {
        ZSTD_DStream *decoder = ZSTD_createDStream();
        for (std::size_t at = 0; at < content.size(); at += readSize) {
            const ByteView piece = ByteView(content).substr(at, readSize);
            ZSTD_inBuffer in{piece.data(), piece.size(), 0};
            ZSTD_outBuffer out{};
            do {
                out = {room.data(), room.size(), 0};
                ZSTD_decompressStream(decoder, &out, &in);
                plain += out.pos;
            } while (out.pos == out.size);
        }
        benchmark::DoNotOptimize(room.data());
        ZSTD_freeDStream(decoder);
    }
    report(state, plain);
}

BENCHMARK_CAPTURE(bareInflate, flushed, gzipFlushed);
BENCHMARK_CAPTURE(decodeContent, gzipFlushed, ContentCoding::Gzip, gzipFlushed);
BENCHMARK_CAPTURE(bareInflate, heldBack, gzipHeld);
BENCHMARK_CAPTURE(decodeContent, gzipHeldBack, ContentCoding::Gzip, gzipHeld);
BENCHMARK_CAPTURE(bareBrotli, flushed, brotliFlushed);
BENCHMARK_CAPTURE(decodeContent, brFlushed, ContentCoding::Brotli, brotliFlushed);
BENCHMARK_CAPTURE(bareZstd, flushed, zstdFlushed);
BENCHMARK_CAPTURE(decodeContent, zstdFlushed, ContentCoding::Zstd, zstdFlushed);
} // namespace
