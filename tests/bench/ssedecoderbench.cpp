#include "core/wire/sse/ssedecoder.h"

#include <benchmark/benchmark.h>

#include <cstring>

using namespace pushscope;

namespace {
constexpr std::size_t readSize = 64 * 1024;

/// Events of 120 bytes of payload, 8 MiB of them.
Bytes eventStream(ByteView lineEnd, ByteView id, ByteView character)
{
    Bytes payload;
    while (payload.size() + character.size() <= 120)
        payload += character;
    Bytes stream;
    while (stream.size() < 8 * 1024 * 1024) {
        if (!id.empty())
            stream.append("id: ").append(id).append(lineEnd);
        stream.append("data: ").append(payload).append(lineEnd).append(lineEnd);
    }
    return stream;
}

void report(benchmark::State &state, const Bytes &stream, std::uint64_t events)
{
    state.SetBytesProcessed(static_cast<std::int64_t>(stream.size()) * static_cast<std::int64_t>(state.iterations()));
    state.SetItemsProcessed(static_cast<std::int64_t>(events));
}

void decode(benchmark::State &state, const Bytes &stream)
{
    std::uint64_t events = 0;
    for (auto _ : state) {
        SseDecoder decoder;
        SseFact fact{};
        for (std::size_t at = 0; at < stream.size(); at += readSize) {
            decoder.feed(ByteView(stream).substr(at, readSize));
            while (decoder.next(fact)) {
                benchmark::DoNotOptimize(fact);
                ++events;
            }
        }
    }
    report(state, stream, events);
}

/// What the goal is measured against: find each LF, and nothing else.
void scanLines(benchmark::State &state, const Bytes &stream)
{
    std::uint64_t lines = 0;
    for (auto _ : state) {
        const char *at = stream.data();
        const char *const end = at + stream.size();
        while (const void *lf = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
            at = static_cast<const char *>(lf) + 1;
            ++lines;
            benchmark::DoNotOptimize(lines);
        }
    }
    report(state, stream, lines / 2);
}

BENCHMARK_CAPTURE(scanLines, lf, eventStream("\n", "", "x"));
BENCHMARK_CAPTURE(scanLines, ids, eventStream("\n", "1234567890", "x"));
BENCHMARK_CAPTURE(decode, lf, eventStream("\n", "", "x"));
BENCHMARK_CAPTURE(decode, crlf, eventStream("\r\n", "", "x"));
BENCHMARK_CAPTURE(decode, ids, eventStream("\n", "1234567890", "x"));
BENCHMARK_CAPTURE(decode, greek, eventStream("\n", "", "\xCE\xB1"));
BENCHMARK_CAPTURE(decode, han, eventStream("\n", "", "\xE4\xB8\xAD"));
BENCHMARK_CAPTURE(decode, emoji, eventStream("\n", "", "\xF0\x9F\x98\x80"));
BENCHMARK_CAPTURE(decode, mixed, eventStream("\n", "", "caf\xC3\xA9 au lait, ")); // 15 bytes
} // namespace
