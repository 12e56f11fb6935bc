#include "core/capture/record.h"

namespace pushscope {

std::string_view word(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Session: return "session";
    case RecordKind::Dns: return "dns";
    case RecordKind::Tcp: return "tcp";
    case RecordKind::Tls: return "tls";
    case RecordKind::HttpRequest: return "http.request";
    case RecordKind::HttpResponse: return "http.response";
    case RecordKind::HttpBody: return "http.body";
    case RecordKind::HttpTrailers: return "http.trailers";
    case RecordKind::HttpPush: return "http.push";
    case RecordKind::WsOpen: return "ws.open";
    case RecordKind::Coding: return "coding";
    case RecordKind::State: return "state";
    case RecordKind::Resume: return "resume";
    case RecordKind::End: return "end";
    case RecordKind::Error: return "error";
    case RecordKind::H1Chunk: return "h1.chunk";
    case RecordKind::H2Data: return "h2.data";
    case RecordKind::H2Headers: return "h2.headers";
    case RecordKind::H2Priority: return "h2.priority";
    case RecordKind::H2RstStream: return "h2.rst_stream";
    case RecordKind::H2Settings: return "h2.settings";
    case RecordKind::H2PushPromise: return "h2.push_promise";
    case RecordKind::H2Ping: return "h2.ping";
    case RecordKind::H2Goaway: return "h2.goaway";
    case RecordKind::H2WindowUpdate: return "h2.window_update";
    case RecordKind::H2Continuation: return "h2.continuation";
    case RecordKind::H2Altsvc: return "h2.altsvc";
    case RecordKind::H2Origin: return "h2.origin";
    case RecordKind::H2PriorityUpdate: return "h2.priority_update";
    case RecordKind::H2Unknown: return "h2.unknown";
    case RecordKind::WsFrame: return "ws.frame";
    case RecordKind::SseEvent: return "sse.event";
    case RecordKind::SseBlock: return "sse.block";
    case RecordKind::SseComment: return "sse.comment";
    case RecordKind::SseRetry: return "sse.retry";
    case RecordKind::SseUnknown: return "sse.unknown";
    case RecordKind::SseIncomplete: return "sse.incomplete";
    case RecordKind::StreamLine: return "stream.line";
    case RecordKind::StreamChunk: return "stream.chunk";
    case RecordKind::StreamPart: return "stream.part";
    case RecordKind::WsText: return "ws.text";
    case RecordKind::WsBinary: return "ws.binary";
    case RecordKind::WsPing: return "ws.ping";
    case RecordKind::WsPong: return "ws.pong";
    case RecordKind::WsClose: return "ws.close";
    case RecordKind::Finding: return "finding";
    case RecordKind::TcpRead: return "tcp.read";
    case RecordKind::TcpWrite: return "tcp.write";
    case RecordKind::Count: break;
    }
    return {};
}

std::string_view word(Layer layer)
{
    switch (layer) {
    case Layer::Connection: return "connection";
    case Layer::Frames: return "frames";
    case Layer::Messages: return "messages";
    case Layer::Findings: return "findings";
    case Layer::Reads: return "reads";
    }
    return {};
}

std::string_view word(Direction direction)
{
    switch (direction) {
    case Direction::None: return "-";
    case Direction::In: return "in";
    case Direction::Out: return "out";
    }
    return {};
}

} // namespace pushscope
