#pragma once

#include "tests/support/http2builder.h"

#include <string>

namespace pushscope::test {

/// An HTTP/2 connection as an engine records it: number 3, opened by session 1; others join it.
class Http2Talk : public Http2Builder
{
public:
    using Http2Builder::Http2Builder;

    static constexpr std::uint32_t Connection = 3;

    void addSession(std::uint32_t id, const std::string &name, const std::string &transport = "sse")
    {
        as(id, 0);
        connection = 0;
        facts(RecordKind::Session, SessionFacts{name, "https://localhost:8443/" + name, transport});
        enter(SessionState::Connecting);
        connection = Connection;
    }
    /// TCP, TLS and the SETTINGS of both sides, acknowledged.
    void openConnection()
    {
        as(1, 0);
        facts(RecordKind::Tcp, TcpFacts{"127.0.0.1:8443", "127.0.0.1:40412", "", 0.21});
        TlsRecordFacts tls;
        tls.version = "TLSv1.3";
        tls.cipher = "TLS_AES_128_GCM_SHA256";
        tls.alpn = "h2";
        facts(RecordKind::Tls, tls);
        settings = frame({.type = Http2FrameType::Settings}, ByteView("\x00\x04\x00\x10\x00\x00", 6), Direction::Out);
        frame({.type = Http2FrameType::Settings}, ByteView("\x00\x03\x00\x00\x00\x64\x00\x08\x00\x00\x00\x01", 12));
        frame({.type = Http2FrameType::Settings, .flags = Http2Flag::Ack}, {});
        frame({.type = Http2FrameType::Settings, .flags = Http2Flag::Ack}, {}, Direction::Out);
    }
    /// HEADERS out, the request, HEADERS in, the answer: the session is open.
    void openStream(std::uint32_t id, std::uint32_t number, const std::string &path)
    {
        as(id, number);
        FieldBlockFacts block;
        block.fields = {{{":method", "GET"}, 0, 2, {0, 1}},
                        {{":path", path}, 1, 4, {1, 9}},
                        {{"authorization", "secret"}, 3, 0, {9, 20}}};
        block.tableSize = 57;
        const HttpFields fields = fieldsOf(block);
        const Http2FrameHeader header{
            .type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders | Http2Flag::EndStream, .stream = number};
        asked = frame(header, Bytes(20, 'q'), block, Direction::Out);
        const Seq request = head(RecordKind::HttpRequest, asked, RequestFacts{0, fields}, Direction::Out);
        answer(number, "200", request);
        enter(SessionState::Open);
    }
    Seq answer(std::uint32_t number, const std::string &status, Seq request)
    {
        FieldBlockFacts block;
        block.fields = {{{":status", status}, 0, 8, {0, 1}}, {{"content-type", "text/event-stream"}, 1, 31, {1, 9}}};
        block.tableSize = 60;
        const Seq came = frame({.type = Http2FrameType::Headers, .flags = Http2Flag::EndHeaders, .stream = number},
                               Bytes(9, 'a'), block);
        relatedTo = request.value;
        const Seq response = head(RecordKind::HttpResponse, came, ResponseFacts{1.5, fieldsOf(block)});
        relatedTo = 0;
        return response;
    }
    /// One event in a DATA frame of its own; the frame stands before it.
    Seq event(std::uint32_t id, std::uint32_t number, const std::string &data)
    {
        as(id, number);
        const std::string block = "data: " + data + "\n\n";
        const std::uint64_t begin = trail(Direction::In).end() + Http2FrameHeader::Size;
        const Seq carrier = frame({.type = Http2FrameType::Data, .stream = number}, block);
        Record record = make(RecordKind::SseEvent, Direction::In);
        trail(Direction::In).locate({begin, begin + block.size()}, record, writer);
        record.carrierFirst = record.carrierLast = std::uint32_t(writer.nextSeq().value - carrier.value);
        return append(record);
    }
    /// Our PING, and its answer a while later.
    Seq ping(double rttMs)
    {
        as(1, 0);
        const Seq sent = frame({.type = Http2FrameType::Ping}, "12345678", Direction::Out);
        time += std::int64_t(rttMs * 1e6);
        relatedTo = sent.value;
        const Seq answered =
            frame({.type = Http2FrameType::Ping, .flags = Http2Flag::Ack}, "12345678", PingFacts{rttMs});
        relatedTo = 0;
        return answered;
    }
    void enter(SessionState state) { facts(RecordKind::State, StateFacts{.state = state, .attempt = 1}); }
    void as(std::uint32_t id, std::uint32_t number)
    {
        session = id;
        stream = number;
    }

    Seq settings; ///< ours
    Seq asked;    ///< the HEADERS frame of the newest request

private:
    static HttpFields fieldsOf(const FieldBlockFacts &block)
    {
        HttpFields fields;
        for (const FieldBlockFacts::Field &field : block.fields)
            fields.push_back(field.field);
        return fields;
    }
};

} // namespace pushscope::test
