#include "core/wire/http/http2splitter.h"

#include <benchmark/benchmark.h>

#include <string_view>

using namespace pushscope;

namespace {

constexpr std::size_t readSize = 65536; // what one read of a socket brings

/// A server's SETTINGS, then DATA frames of one size, as an event stream with an event in each.
void http2DataFrames(benchmark::State &state)
{
    const Bytes payload(static_cast<std::size_t>(state.range(0)), 'x');
    const std::size_t frames = (8 << 20) / (payload.size() + Http2FrameHeader::Size);
    Bytes stream;
    appendHttp2Frame(stream, {.type = Http2FrameType::Settings}, "");
    for (std::size_t i = 0; i < frames; ++i)
        appendHttp2Frame(stream, {.type = Http2FrameType::Data, .stream = 1}, payload);
    for ([[maybe_unused]] auto _ : state) {
        Http2Splitter splitter(Http2Splitter::Sender::Server);
        Http2Fact fact;
        for (std::size_t at = 0; at < stream.size(); at += readSize) {
            splitter.feed(ByteView(stream).substr(at, readSize));
            while (splitter.next(fact))
                benchmark::DoNotOptimize(&fact);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(frames));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(stream.size()));
}
BENCHMARK(http2DataFrames)->ArgName("payload")->Arg(16)->Arg(120)->Arg(1024);

/// A request as browsers send it, its fields in the dynamic table from the second on.
void http2FieldBlocks(benchmark::State &state)
{
    constexpr std::size_t requests = 10'000;
    constexpr std::string_view fields("\x82\x87\x84\xc1\xc0\xbf\xbe",
                                      7); // :method, :scheme, :path, then four from the table
    Bytes first(fields.substr(0, 3));
    for (const std::string_view name : {":authority", "accept", "user-agent", "last-event-id"}) {
        first.append(1, '\x40').append(1, static_cast<char>(name.size())).append(name);
        first.append(1, '\x20').append(32, 'v');
    }
    const Http2FrameHeader header{
        .type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders | Http2Flag::EndStream, .stream = 1};
    Bytes stream(Http2Preface);
    appendHttp2Frame(stream, {.type = Http2FrameType::Settings}, "");
    appendHttp2Frame(stream, header, first);
    for (std::size_t i = 1; i < requests; ++i)
        appendHttp2Frame(stream, header, fields);
    for ([[maybe_unused]] auto _ : state) {
        Http2Splitter splitter(Http2Splitter::Sender::Client);
        Http2Fact fact;
        splitter.feed(stream);
        while (splitter.next(fact))
            benchmark::DoNotOptimize(&fact);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(requests));
}
BENCHMARK(http2FieldBlocks);

} // namespace
