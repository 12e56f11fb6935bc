#include "core/wire/ws/wsassembler.h"
#include "core/wire/ws/wsframedecoder.h"
#include "core/wire/ws/wsframeencoder.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>

#ifdef PUSHSCOPE_WSLAY
#include <wslay/wslay.h>
#endif

using namespace pushscope;

namespace {

constexpr std::size_t readSize = 65536; // what one read of a socket brings

/// Text frames of one size, masked as by a client or not.
Bytes streamOf(std::size_t payload, std::size_t frames, bool masked)
{
    WsFrameSpec spec;
    spec.payload.assign(payload, 'x');
    if (masked)
        spec.maskingKey = std::array<std::uint8_t, 4>{0x37, 0xfa, 0x21, 0x3d};
    const Bytes frame = encodeWsFrame(spec);
    Bytes stream;
    for (; frames > 0; --frames)
        stream += frame;
    return stream;
}

/// Runs `take` over every fact of a stream of text frames that comes in reads;
/// arguments: payload size, masked.
template <class Take>
void decodeReads(benchmark::State &state, Take take)
{
    const auto payload = static_cast<std::size_t>(state.range(0));
    const bool masked = state.range(1) != 0;
    const Bytes stream = streamOf(payload, (8 << 20) / (payload + 2), masked);
    std::int64_t frames = 0;
    for ([[maybe_unused]] auto _ : state) {
        WsFrameDecoder decoder(masked ? Role::Client : Role::Server);
        WsFrameFact fact;
        for (std::size_t at = 0; at < stream.size(); at += readSize) {
            decoder.feed(ByteView(stream).substr(at, readSize));
            while (decoder.next(fact)) {
                frames += fact.complete ? 1 : 0;
                take(fact);
            }
        }
    }
    state.SetItemsProcessed(frames);
}

void wsFrames(benchmark::State &state)
{
    decodeReads(state, [](const WsFrameFact &fact) { benchmark::DoNotOptimize(&fact); });
}
BENCHMARK(wsFrames)->ArgNames({"payload", "masked"})->ArgsProduct({{16, 120, 1024}, {0, 1}});

void wsMessages(benchmark::State &state)
{
    WsAssembler assembler;
    decodeReads(state, [&](const WsFrameFact &fact) { benchmark::DoNotOptimize(assembler.take(fact)); });
}
BENCHMARK(wsMessages)->ArgNames({"payload", "masked"})->ArgsProduct({{16, 120, 1024}, {0, 1}});

#ifdef PUSHSCOPE_WSLAY
/// wslay's frame layer over the same bytes in memory.
struct WslaySource
{
    const Bytes &stream;
    std::size_t at = 0;
};

ssize_t readForWslay(std::uint8_t *buffer, std::size_t length, int, void *user)
{
    auto &source = *static_cast<WslaySource *>(user);
    const std::size_t size = std::min(length, source.stream.size() - source.at);
    std::memcpy(buffer, source.stream.data() + source.at, size);
    source.at += size;
    return size == 0 ? -1 : static_cast<ssize_t>(size);
}

void wsFramesWithWslay(benchmark::State &state)
{
    const auto payload = static_cast<std::size_t>(state.range(0));
    const Bytes stream = streamOf(payload, (8 << 20) / (payload + 2), state.range(1) != 0);
    std::int64_t frames = 0;
    for ([[maybe_unused]] auto _ : state) {
        WslaySource source{stream};
        wslay_frame_callbacks callbacks{};
        callbacks.recv_callback = readForWslay;
        wslay_frame_context_ptr context = nullptr;
        wslay_frame_context_init(&context, &callbacks, &source);
        wslay_frame_iocb frame{};
        std::uint64_t left = 0;
        while (wslay_frame_recv(context, &frame) >= 0) {
            left = (left == 0 ? frame.payload_length : left) - frame.data_length;
            frames += left == 0 ? 1 : 0;
        }
        wslay_frame_context_free(context);
    }
    state.SetItemsProcessed(frames);
}
BENCHMARK(wsFramesWithWslay)->ArgNames({"payload", "masked"})->ArgsProduct({{16, 120, 1024}, {0, 1}});
#endif

void wsUnmask(benchmark::State &state)
{
    Bytes bytes(static_cast<std::size_t>(state.range(0)), 'x');
    for ([[maybe_unused]] auto _ : state) {
        applyMask(bytes.data(), bytes.size(), {0x37, 0xfa, 0x21, 0x3d}, 1);
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(wsUnmask)->Arg(64)->Arg(1024)->Arg(65536)->Arg(8 << 20);

void wsUnmaskAgainstMemcpy(benchmark::State &state)
{
    const Bytes bytes(static_cast<std::size_t>(state.range(0)), 'x');
    Bytes target(bytes.size(), 'y');
    for ([[maybe_unused]] auto _ : state) {
        std::memcpy(target.data(), bytes.data(), bytes.size());
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(wsUnmaskAgainstMemcpy)->Arg(64)->Arg(1024)->Arg(65536)->Arg(8 << 20);

} // namespace
