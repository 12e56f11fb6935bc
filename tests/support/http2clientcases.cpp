#include "tests/support/http2bytes.h"
#include "tests/support/http2cases.h"

#include <iterator>
#include <utility>

namespace pushscope::test {

namespace {

using Cases = std::vector<Http2Case>;
using Outcome = Http2Case::Outcome;
using Code = Http2ErrorCode;
using Type = Http2FrameType;
using namespace std::string_literals;

constexpr std::size_t frameLimit = 16384; ///< SETTINGS_MAX_FRAME_SIZE unless said otherwise
constexpr std::uint8_t endHeaders = Http2Flag::EndHeaders;

/// What a client that wants events takes.
Bytes eventStream()
{
    return answerBlock("200", {{"content-type", "text/event-stream"}});
}

Bytes answer(bool endsStream = true)
{
    return headers(1, eventStream(), endsStream);
}

/// A HEADERS frame without END_HEADERS.
Bytes begunAnswer()
{
    return frame(Type::Headers, Http2Flag::EndStream, 1, eventStream());
}

Http2Case harmless(std::string section, std::string name, std::vector<Bytes> steps)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::PingAnswered};
}

Http2Case fatal(std::string section, std::string name, std::vector<Bytes> steps, std::vector<Code> codes)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::ConnectionError, std::move(codes)};
}

Http2Case streamError(std::string section, std::string name, std::vector<Bytes> steps, std::vector<Code> codes)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::StreamError, std::move(codes)};
}

Cases frameFormat()
{
    const auto unknown = static_cast<Type>(0xF0);
    const std::vector<Code> protocol{Code::ProtocolError};
    Bytes reserved = ping("12345678");
    reserved[5] = '\x80';
    return {
        harmless("9113 3.4", "SETTINGS and an answer", {answer()}),
        harmless("9113 4.1", "a frame of unknown type", {frame(unknown, 0xFF, 0, "12345678")}),
        harmless("9113 4.1", "undefined flags", {frame(Type::Ping, 0x16, 0, "12345678")}),
        harmless("9113 4.1", "the reserved bit", {reserved}),
        harmless("9113 4.2", "DATA as large as allowed", {answer(false) + data(1, Bytes(frameLimit, 'x'))}),
        streamError("9113 4.2", "DATA larger than allowed", {answer(false) + data(1, Bytes(frameLimit + 1, 'x'))},
                    {Code::FrameSizeError}),
        fatal("9113 4.2", "HEADERS larger than allowed", {headers(1, answerBlock() + longBlock(frameLimit))},
              {Code::FrameSizeError}),
        fatal("9113 4.3", "a field block that can't be decoded", {headers(1, "\x88\x41\x8c\xff\xff\xff\xff"s)},
              {Code::CompressionError}),
        fatal("9113 4.3", "PRIORITY inside a field block", {begunAnswer() + priority(1, 0) + continuation(1, {})},
              protocol),
        fatal("9113 4.3", "HEADERS of another stream inside a field block",
              {begunAnswer() + headers(3, answerBlock()) + continuation(1, {})}, protocol),
        harmless("9113 5.5", "a frame of unknown type on stream 0", {frame(unknown, 0, 0, Bytes(20, 'x'))}),
        fatal("9113 5.5", "a frame of unknown type inside a field block",
              {begunAnswer() + frame(unknown, 0, 1, "x") + continuation(1, {})}, protocol),
    };
}

Cases streamStates()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> closed{Code::StreamClosed};
    const std::vector<Code> either{Code::StreamClosed, Code::ProtocolError};
    const Bytes more = continuation(1, literal("a", "b"));
    const Bytes reset = answer(false) + rstStream(1);
    const Bytes badPing = frame(Type::Ping, 0, 3, Bytes(8, '\0'));
    return {
        fatal("9113 5.1", "idle: DATA", {data(2, "test")}, protocol),
        fatal("9113 5.1", "idle: RST_STREAM", {rstStream(2)}, protocol),
        fatal("9113 5.1", "idle: WINDOW_UPDATE", {windowUpdate(2, 100)}, protocol),
        fatal("9113 5.1", "idle: CONTINUATION", {continuation(2, answerBlock())}, protocol),
        streamError("9113 5.1", "reset: DATA", {reset + data(1, "test")}, closed),
        streamError("9113 5.1", "reset: HEADERS", {reset + answer()}, closed),
        streamError("9113 5.1", "reset: CONTINUATION", {reset + more}, either),
        fatal("9113 5.1", "closed: DATA", {answer() + data(1, "test")}, closed),
        fatal("9113 5.1", "closed: HEADERS", {answer() + answer()}, closed),
        fatal("9113 5.1", "closed: CONTINUATION", {answer() + more}, either),
        fatal("9113 5.1.1", "HEADERS on a stream that the client did not open", {headers(101, answerBlock())},
              protocol),
        {"9113 5.4.1", "the connection is closed", {badPing}, Outcome::Over},
        fatal("9113 5.4.1", "GOAWAY tells why", {badPing}, protocol),
    };
}

Cases dataHeadersPriorityReset()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> size{Code::FrameSizeError};
    const Bytes tooPadded = Bytes("\x05") + "xxxx";
    return {
        fatal("9113 6.1", "DATA on stream 0", {answer(false) + data(0, "test")}, protocol),
        streamError("9113 6.1", "DATA on a stream that is not open", {answer() + data(1, "test")},
                    {Code::StreamClosed}),
        fatal("9113 6.1", "DATA with too much padding",
              {answer(false) + frame(Type::Data, Http2Flag::EndStream | Http2Flag::Padded, 1, tooPadded)}, protocol),
        fatal("9113 6.2", "PRIORITY behind HEADERS without END_HEADERS", {begunAnswer() + priority(1, 0)}, protocol),
        fatal("9113 6.2", "HEADERS of another stream behind HEADERS without END_HEADERS",
              {begunAnswer() + headers(3, answerBlock())}, protocol),
        fatal("9113 6.2", "HEADERS on stream 0", {headers(0, answerBlock())}, protocol),
        fatal("9113 6.2", "HEADERS with too much padding",
              {frame(Type::Headers, Http2Flag::EndStream | endHeaders | Http2Flag::Padded, 1, tooPadded)}, protocol),
        fatal("9113 6.3", "PRIORITY on stream 0", {priority(0, 1)}, protocol),
        streamError("9113 6.3", "PRIORITY of a wrong length", {frame(Type::Priority, 0, 1, "1234")}, size),
        fatal("9113 6.4", "RST_STREAM on stream 0", {rstStream(0)}, protocol),
        fatal("9113 6.4", "RST_STREAM on an idle stream", {rstStream(2)}, protocol),
        fatal("9113 6.4", "RST_STREAM of a wrong length", {answer(false) + frame(Type::RstStream, 0, 1, "123")}, size),
    };
}

Cases settingsPingGoaway()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> size{Code::FrameSizeError};
    const auto with = [](Http2Setting setting, std::uint32_t value) {
        return std::vector<Bytes>{settings({{setting, value}})};
    };
    return {
        fatal("9113 6.5", "SETTINGS with ACK and a payload",
              {frame(Type::Settings, Http2Flag::Ack, 0, uint16(1) + uint32(1))}, size),
        fatal("9113 6.5", "SETTINGS on a stream", {frame(Type::Settings, 0, 1, uint16(3) + uint32(1))}, protocol),
        fatal("9113 6.5", "SETTINGS of a wrong length", {frame(Type::Settings, 0, 0, "123")}, size),
        fatal("9113 6.5.2", "ENABLE_PUSH 1 from a server", with(Http2Setting::EnablePush, 1), protocol),
        fatal("9113 6.5.2", "INITIAL_WINDOW_SIZE 2^31", with(Http2Setting::InitialWindowSize, 1U << 31),
              {Code::FlowControlError}),
        fatal("9113 6.5.2", "MAX_FRAME_SIZE 2^14-1", with(Http2Setting::MaxFrameSize, frameLimit - 1), protocol),
        fatal("9113 6.5.2", "MAX_FRAME_SIZE 2^24", with(Http2Setting::MaxFrameSize, 1U << 24), protocol),
        harmless("9113 6.5.2", "an unknown setting", with(static_cast<Http2Setting>(0xFF), 1)),
        {"9113 6.5.3", "SETTINGS are acknowledged", with(Http2Setting::MaxConcurrentStreams, 9), Outcome::SettingsAck},
        harmless("9113 6.7", "PING is answered with its payload", {ping("87654321")}),
        harmless("9113 6.7", "PING with ACK is not answered", {frame(Type::Ping, Http2Flag::Ack, 0, "invalid!")}),
        fatal("9113 6.7", "PING on a stream", {frame(Type::Ping, 0, 1, "12345678")}, protocol),
        fatal("9113 6.7", "PING of a wrong length", {frame(Type::Ping, 0, 0, "123456")}, size),
        fatal("9113 6.8", "GOAWAY on a stream", {frame(Type::Goaway, 0, 1, uint32(0) + uint32(0))}, protocol),
        {"9113 7",
         "GOAWAY with an unknown error code",
         {answer() + goaway(1, static_cast<Code>(0xFF))},
         Outcome::Leaves},
        harmless("9113 7", "RST_STREAM with an unknown error code",
                 {answer(false) + rstStream(1, static_cast<Code>(0xFF))}),
    };
}

Cases windowAndContinuation()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> flow{Code::FlowControlError};
    const Bytes more = literal("a", "b");
    const Bytes open = answer(false);
    constexpr std::uint32_t most = 0x7FFFFFFF;
    return {
        fatal("9113 6.9", "WINDOW_UPDATE with 0 on stream 0", {windowUpdate(0, 0)}, protocol),
        streamError("9113 6.9", "WINDOW_UPDATE with 0 on a stream", {open + windowUpdate(1, 0)}, protocol),
        fatal("9113 6.9", "WINDOW_UPDATE of a wrong length", {frame(Type::WindowUpdate, 0, 0, "123")},
              {Code::FrameSizeError}),
        fatal("9113 6.9.1", "WINDOW_UPDATE beyond 2^31-1 on stream 0", {windowUpdate(0, most) + windowUpdate(0, most)},
              flow),
        streamError("9113 6.9.1", "WINDOW_UPDATE beyond 2^31-1 on a stream",
                    {open + windowUpdate(1, most) + windowUpdate(1, most)}, flow),
        harmless("9113 6.10", "several CONTINUATION behind HEADERS",
                 {begunAnswer() + continuation(1, more, false) + continuation(1, more)}),
        fatal("9113 6.10", "a frame between HEADERS and CONTINUATION",
              {begunAnswer() + continuation(1, more, false) + data(1, "test")}, protocol),
        fatal("9113 6.10", "CONTINUATION on stream 0", {begunAnswer() + continuation(0, more)}, protocol),
        fatal("9113 6.10", "CONTINUATION behind HEADERS with END_HEADERS", {open + continuation(1, more)}, protocol),
        fatal("9113 6.10", "CONTINUATION behind CONTINUATION with END_HEADERS",
              {frame(Type::Headers, 0, 1, eventStream()) + continuation(1, more) + continuation(1, more)}, protocol),
        fatal("9113 6.10", "CONTINUATION behind DATA", {open + data(1, "x", false) + continuation(1, more)}, protocol),
        fatal("9113 8.4", "PUSH_PROMISE though it was disabled", {pushPromise(1, 2, requestBlock())}, protocol),
    };
}

Cases malformedAnswers()
{
    Cases cases;
    const auto malformed = [&cases](const char *section, const char *name, const Bytes &block) {
        cases.push_back(streamError(section, name, {headers(1, block)}, {Code::ProtocolError}));
    };
    const Bytes status = literal(":status", "200");
    malformed("9113 8.2.1", "a name in upper case", answerBlock("200", {{"X-TEST", "ok"}}));
    malformed("9113 8.2.1", "a line feed in a value", answerBlock("200", {{"x-test", "a\nb"}}));
    malformed("9113 8.2.2", "a connection-specific field", answerBlock("200", {{"connection", "close"}}));
    malformed("9113 8.3", "an unknown pseudo-header field", answerBlock("200", {{":test", "ok"}}));
    malformed("9113 8.3", "a request's pseudo-header field", answerBlock("200", {{":path", "/"}}));
    malformed("9113 8.3", ":status behind another field", literal("a", "b") + status);
    malformed("9113 8.3.2", "no :status", literal("a", "b"));
    malformed("9113 8.3.2", "two :status", status + status);
    malformed("9113 8.3.2", ":status that is no number", literal(":status", "2x0"));
    cases.push_back(streamError("9113 8.1.1", "content-length is not the content's",
                                {headers(1, eventStream() + literal("content-length", "1"), false) + data(1, "test")},
                                {Code::ProtocolError}));
    cases.push_back(streamError("9113 8.1", "an interim answer that ends the stream", {headers(1, answerBlock("103"))},
                                {Code::ProtocolError}));
    cases.push_back(
        streamError("9113 8.1", "DATA before the answer's HEADERS", {data(1, "test")}, {Code::ProtocolError}));
    return cases;
}

} // namespace

std::vector<Http2Case> http2ClientCases()
{
    Cases all;
    for (Cases &some : std::vector<Cases>{frameFormat(), streamStates(), dataHeadersPriorityReset(),
                                          settingsPingGoaway(), windowAndContinuation(), malformedAnswers()})
        all.insert(all.end(), std::move_iterator(some.begin()), std::move_iterator(some.end()));
    return all;
}

} // namespace pushscope::test
