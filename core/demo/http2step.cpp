#include "core/demo/http2step.h"

#include "core/demo/http2connection.h"

namespace pushscope::demo {

namespace {

void perform(const http2step::Reset &step, Http2Stream &stream)
{
    stream.resetWith(step.code);
}

void perform(const http2step::AnnounceGoaway &, Http2Stream &stream)
{
    stream.connection().codec().announceGoaway();
}

void perform(const http2step::Goaway &step, Http2Stream &stream)
{
    stream.connection().goaway(step.code, step.debugData);
}

void perform(const http2step::Settings &step, Http2Stream &stream)
{
    stream.connection().codec().submitSettings(step.values);
}

void perform(const http2step::Ping &step, Http2Stream &stream)
{
    stream.connection().codec().ping(step.opaque);
}

void perform(const http2step::Pad &step, Http2Stream &stream)
{
    stream.connection().pad(step.padTo);
}

void perform(const http2step::Promise &step, Http2Stream &stream)
{
    Http2Codec &codec = stream.connection().codec();
    HttpHead request = step.request;
    request.headers = {{":method", request.method},
                       {":scheme", stream.request().isSecure ? "https" : "http"},
                       {":authority", stream.request().authority},
                       {":path", request.target}};
    const auto promised = codec.promise(stream.id(), request);
    if (!promised) {
        stream.sendBody(step.refusal);
        return;
    }
    codec.sendHead(*promised, step.answer);
    codec.sendBody(*promised, step.content);
    codec.sendEnd(*promised);
}

void perform(const http2step::Frame &step, Http2Stream &stream)
{
    Http2FrameHeader header;
    header.type = step.type;
    header.flags = step.flags;
    header.stream = step.onConnection ? 0 : stream.id().value;
    Bytes frame;
    appendHttp2Frame(frame, header, step.payload);
    stream.connection().sendRaw(frame);
}

} // namespace

void perform(const Http2Step &step, Http2Stream &stream)
{
    std::visit([&stream](const auto &one) { perform(one, stream); }, step);
    stream.connection().requestFlush();
}

} // namespace pushscope::demo
