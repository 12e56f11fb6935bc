#include "core/base/utf8.h"

#include <benchmark/benchmark.h>

using namespace pushscope;

namespace {
/// Messages of 120 bytes, each validated for itself.
void validate(benchmark::State &state, ByteView character)
{
    Bytes message;
    while (message.size() + character.size() <= 120)
        message += character;
    for (auto _ : state) {
        benchmark::DoNotOptimize(message.data());
        benchmark::DoNotOptimize(isUtf8(message));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(message.size()) * static_cast<std::int64_t>(state.iterations()));
}

BENCHMARK_CAPTURE(validate, ascii, "x");
BENCHMARK_CAPTURE(validate, greek, "\xCE\xB1");
BENCHMARK_CAPTURE(validate, han, "\xE4\xB8\xAD");
BENCHMARK_CAPTURE(validate, emoji, "\xF0\x9F\x98\x80");
BENCHMARK_CAPTURE(validate, mixed, "caf\xC3\xA9 au lait ");
} // namespace
