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

Bytes request(std::uint32_t stream = 1)
{
    return headers(stream, requestBlock());
}

/// HEADERS of a request whose content follows.
Bytes openRequest(std::uint32_t stream = 1, const Headers &more = {})
{
    return headers(stream, requestBlock("POST", more), false);
}

/// A HEADERS frame without END_HEADERS.
Bytes begunRequest(std::uint32_t stream = 1)
{
    return frame(Type::Headers, Http2Flag::EndStream, stream, requestBlock());
}

Bytes padded(Type type, std::uint8_t flags, std::uint8_t padding, ByteView content)
{
    const auto all = static_cast<std::uint8_t>(flags | Http2Flag::Padded);
    return frame(type, all, 1, Bytes(1, static_cast<char>(padding)).append(content).append(padding, '\0'));
}

Http2Case answered(std::string section, std::string name, std::vector<Bytes> steps, std::uint32_t stream = 1)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::Answered, {}, stream};
}

Http2Case harmless(std::string section, std::string name, std::vector<Bytes> steps)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::PingAnswered};
}

Http2Case fatal(std::string section, std::string name, std::vector<Bytes> steps, std::vector<Code> codes)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::ConnectionError, std::move(codes)};
}

Http2Case streamError(std::string section, std::string name, std::vector<Bytes> steps, std::vector<Code> codes,
                      std::uint32_t stream = 1)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::StreamError, std::move(codes), stream};
}

Http2Case sized(std::string section, std::string name, std::vector<Bytes> steps, std::vector<std::size_t> sizes)
{
    return {std::move(section), std::move(name), std::move(steps), Outcome::DataSizes, {}, 1, std::move(sizes)};
}

/// What every server must take.
Cases goodFrames()
{
    const Bytes padding(5, '\0');
    const Bytes prioritized = uint32(0) + '\x0f' + requestBlock();
    return {
        answered("9113 3.4", "a preface and a request", {request()}),
        harmless("9113 5.3", "PRIORITY on an idle stream", {priority(1, 0)}),
        harmless("9113 5.1", "WINDOW_UPDATE on a half-closed stream", {request() + windowUpdate(1, 100)}),
        harmless("9113 5.1", "PRIORITY on a half-closed stream", {request() + priority(1, 0)}),
        harmless("9113 5.1", "RST_STREAM on a half-closed stream", {request() + rstStream(1)}),
        harmless("9113 5.1", "PRIORITY on a closed stream", {request(), priority(1, 0)}),
        answered("9113 6.1", "DATA", {openRequest() + data(1, "test")}),
        answered("9113 6.1", "several DATA", {openRequest() + data(1, "one", false) + data(1, "two")}),
        answered("9113 6.1", "padded DATA", {openRequest() + padded(Type::Data, Http2Flag::EndStream, 6, "test")}),
        answered("9113 6.2", "HEADERS", {request()}),
        answered("9113 6.2", "padded HEADERS",
                 {padded(Type::Headers, Http2Flag::EndStream | Http2Flag::EndHeaders, 6, requestBlock())}),
        answered(
            "9113 6.2", "HEADERS with priority",
            {frame(Type::Headers, Http2Flag::EndStream | Http2Flag::EndHeaders | Http2Flag::Priority, 1, prioritized)}),
        answered("9113 6.3", "PRIORITY with the least weight", {priority(1, 0, 0) + request()}),
        answered("9113 6.3", "PRIORITY with the greatest weight", {priority(1, 0, 255) + request()}),
        answered("9113 6.3", "PRIORITY with a dependency", {priority(1, 0) + priority(3, 1) + request()}),
        answered("9113 6.3", "PRIORITY with an exclusive dependency",
                 {priority(1, 0) + priority(3, 0, 15, true) + request()}),
        answered("9113 6.3", "PRIORITY on an idle stream, then HEADERS on a lower one", {priority(5, 0) + request(3)},
                 3),
        harmless("9113 6.4", "RST_STREAM", {openRequest() + rstStream(1)}),
        {"9113 6.5", "SETTINGS", {settings({{Http2Setting::MaxConcurrentStreams, 100}})}, Outcome::SettingsAck},
        harmless("9113 6.7", "PING", {ping("12345678")}),
        {"9113 6.8", "GOAWAY", {goaway(0)}, Outcome::Leaves},
        harmless("9113 6.9", "WINDOW_UPDATE on stream 0", {windowUpdate(0, 1)}),
        answered("9113 6.9", "WINDOW_UPDATE on a stream", {openRequest() + windowUpdate(1, 1) + data(1, "test")}),
        answered("9113 6.10", "one CONTINUATION", {begunRequest() + continuation(1, literal("a", "b"))}),
        answered("9113 6.10", "several CONTINUATION",
                 {begunRequest() + continuation(1, literal("a", "b"), false) + continuation(1, {}, false) +
                  continuation(1, literal("c", "d"))}),
        answered("9113 8.1", "GET", {request()}),
        answered("9113 8.1", "HEAD", {headers(1, requestBlock("HEAD"))}),
        answered("9113 8.1", "POST", {openRequest() + data(1, "test")}),
        answered(
            "9113 8.1", "POST with trailers",
            {openRequest(1, {{"trailer", "x-test"}}) + data(1, "test", false) + headers(1, literal("x-test", "ok"))}),
    };
}

/// What every server must decode. The name and value that the bytes mean are "user-agent" or "x-test" and "pushscope".
Cases goodHpack()
{
    const Bytes value = "\x09pushscope"s;
    const Bytes newName = "\x06x-test"s;
    const Bytes huffmanName = "\x85\xf2\xb2\x4a\x84\xff"s;
    const auto sent = [](const Bytes &more) { return std::vector<Bytes>{headers(1, requestBlock() + more)}; };
    const Bytes huffman = "\x84\x9c\x48\xac\xa4"s; // any five letters
    return {
        answered("7541 6.1", "an indexed field", sent("\x90"s)),
        answered("7541 6.2.1", "incremental indexing, indexed name", sent("\x7a"s + value)),
        answered("7541 6.2.1", "incremental indexing, indexed name, Huffman", sent("\x7a"s + huffman)),
        answered("7541 6.2.1", "incremental indexing, new name", sent("\x40"s + newName + value)),
        answered("7541 6.2.1", "incremental indexing, new name, Huffman", sent("\x40"s + huffmanName + huffman)),
        answered("7541 6.2.2", "without indexing, indexed name", sent("\x0f\x2b"s + value)),
        answered("7541 6.2.2", "without indexing, indexed name, Huffman", sent("\x0f\x2b"s + huffman)),
        answered("7541 6.2.2", "without indexing, new name", sent("\0"s + newName + value)),
        answered("7541 6.2.2", "without indexing, new name, Huffman", sent("\0"s + huffmanName + huffman)),
        answered("7541 6.2.3", "never indexed, indexed name", sent("\x1f\x2b"s + value)),
        answered("7541 6.2.3", "never indexed, indexed name, Huffman", sent("\x1f\x2b"s + huffman)),
        answered("7541 6.2.3", "never indexed, new name", sent("\x10"s + newName + value)),
        answered("7541 6.2.3", "never indexed, new name, Huffman", sent("\x10"s + huffmanName + huffman)),
        answered("7541 6.3", "a dynamic table size update", {headers(1, "\x20"s + requestBlock())}),
        answered("7541 4.2", "several dynamic table size updates", {headers(1, "\x20\x3f\xe1\x1f"s + requestBlock())}),
    };
}

Cases connection()
{
    Http2Case badPreface{"9113 3.4", "no preface", {"INVALID CONNECTION PREFACE\r\n\r\n"}, Outcome::Over};
    badPreface.hasHandshake = false;
    Http2Case settingsFirst{
        "9113 3.4", "the server's first frame is SETTINGS", {Bytes(Http2Preface) + settings()}, Outcome::SettingsAck};
    settingsFirst.hasHandshake = false;
    const auto unknown = static_cast<Type>(0xF0);
    Bytes reserved = ping("12345678");
    reserved[5] = '\x80';
    return {
        settingsFirst,
        badPreface,
        harmless("9113 4.1", "a frame of unknown type", {frame(unknown, 0xFF, 0, "12345678")}),
        harmless("9113 4.1", "undefined flags", {frame(Type::Ping, 0x16, 0, "12345678")}),
        harmless("9113 4.1", "the reserved bit", {reserved}),
        answered("9113 4.2", "DATA as large as allowed", {openRequest() + data(1, Bytes(frameLimit, 'x'))}),
        {"9113 4.2",
         "DATA larger than allowed",
         {openRequest() + data(1, Bytes(frameLimit + 1, 'x'))},
         Outcome::StreamError,
         {Code::FrameSizeError}},
        fatal("9113 4.2", "HEADERS larger than allowed", {headers(1, requestBlock() + longBlock(frameLimit))},
              {Code::FrameSizeError}),
        fatal("9113 4.3", "a field block that can't be decoded", {headers(1, "\x82\x84\x86\x41\x8c\xff\xff\xff\xff"s)},
              {Code::CompressionError}),
        fatal("9113 4.3", "PRIORITY inside a field block", {begunRequest() + priority(1, 0) + continuation(1, {})},
              {Code::ProtocolError}),
        fatal("9113 4.3", "HEADERS of another stream inside a field block",
              {begunRequest() + request(3) + continuation(1, {})}, {Code::ProtocolError}),
        harmless("9113 5.5", "a frame of unknown type on stream 0", {frame(unknown, 0, 0, Bytes(20, 'x'))}),
        fatal("9113 5.5", "a frame of unknown type inside a field block",
              {begunRequest() + frame(unknown, 0, 1, "x") + continuation(1, {})}, {Code::ProtocolError}),
    };
}

Cases streamStates()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> closed{Code::StreamClosed};
    const std::vector<Code> either{Code::StreamClosed, Code::ProtocolError};
    const Bytes more = continuation(1, literal("a", "b"));
    return {
        fatal("9113 5.1", "idle: DATA", {data(1, "test")}, protocol),
        fatal("9113 5.1", "idle: RST_STREAM", {rstStream(1)}, protocol),
        fatal("9113 5.1", "idle: WINDOW_UPDATE", {windowUpdate(1, 100)}, protocol),
        fatal("9113 5.1", "idle: CONTINUATION", {continuation(1, requestBlock())}, protocol),
        streamError("9113 5.1", "half-closed: DATA", {request() + data(1, "test")}, closed),
        streamError("9113 5.1", "half-closed: HEADERS", {request() + request()}, closed),
        streamError("9113 5.1", "half-closed: CONTINUATION", {request() + more}, either),
        streamError("9113 5.1", "reset: DATA", {openRequest() + rstStream(1) + data(1, "test")}, closed),
        streamError("9113 5.1", "reset: HEADERS", {openRequest() + rstStream(1) + request()}, closed),
        streamError("9113 5.1", "reset: CONTINUATION", {openRequest() + rstStream(1) + more}, either),
        fatal("9113 5.1", "closed: DATA", {request(), data(1, "test")}, closed),
        fatal("9113 5.1", "closed: HEADERS", {request(), request()}, closed),
        fatal("9113 5.1", "closed: CONTINUATION", {request(), more}, either),
        fatal("9113 5.1.1", "an even stream identifier", {request(2)}, protocol),
        fatal("9113 5.1.1", "a stream identifier lower than the last", {request(5), request(3)}, protocol),
    };
}

Cases concurrencyAndErrors(std::uint32_t mostStreams)
{
    Bytes many;
    for (std::uint32_t i = 0; i <= mostStreams; ++i)
        many += openRequest(1 + 2 * i);
    const Bytes selfDependent = uint32(1) + '\x0f' + requestBlock();
    const Bytes badPing = frame(Type::Ping, 0, 3, Bytes(8, '\0'));
    return {
        streamError("9113 5.1.2", "more streams than allowed", {many}, {Code::ProtocolError, Code::RefusedStream},
                    1 + 2 * mostStreams),
        streamError("7540 5.3.1", "HEADERS that depend on themselves",
                    {frame(Type::Headers, Http2Flag::EndStream | Http2Flag::EndHeaders | Http2Flag::Priority, 1,
                           selfDependent)},
                    {Code::ProtocolError}),
        streamError("7540 5.3.1", "PRIORITY that depends on itself", {priority(1, 1)}, {Code::ProtocolError}),
        {"9113 5.4.1", "the connection is closed", {badPing}, Outcome::Over},
        fatal("9113 5.4.1", "GOAWAY tells why", {badPing}, {Code::ProtocolError}),
    };
}

Cases dataHeadersPriorityReset()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> size{Code::FrameSizeError};
    const Bytes tooPadded = Bytes("\x05") + "xxxx";
    return {
        fatal("9113 6.1", "DATA on stream 0", {data(0, "test")}, protocol),
        streamError("9113 6.1", "DATA on a stream that is not open", {request() + data(1, "test")},
                    {Code::StreamClosed}),
        fatal("9113 6.1", "DATA with too much padding",
              {openRequest() + frame(Type::Data, Http2Flag::EndStream | Http2Flag::Padded, 1, tooPadded)}, protocol),
        fatal("9113 6.2", "PRIORITY behind HEADERS without END_HEADERS",
              {begunRequest() + priority(1, 0) + continuation(1, {})}, protocol),
        fatal("9113 6.2", "HEADERS of another stream behind HEADERS without END_HEADERS",
              {begunRequest() + request(3) + continuation(1, {})}, protocol),
        fatal("9113 6.2", "HEADERS on stream 0", {request(0)}, protocol),
        fatal("9113 6.2", "HEADERS with too much padding",
              {frame(Type::Headers, Http2Flag::EndStream | Http2Flag::EndHeaders | Http2Flag::Padded, 1, tooPadded)},
              protocol),
        fatal("9113 6.3", "PRIORITY on stream 0", {priority(0, 1)}, protocol),
        streamError("9113 6.3", "PRIORITY of a wrong length", {frame(Type::Priority, 0, 1, "1234")}, size),
        fatal("9113 6.4", "RST_STREAM on stream 0", {rstStream(0)}, protocol),
        fatal("9113 6.4", "RST_STREAM on an idle stream", {rstStream(1)}, protocol),
        fatal("9113 6.4", "RST_STREAM of a wrong length", {openRequest() + frame(Type::RstStream, 0, 1, "123")}, size),
    };
}

Cases settingsCases()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> size{Code::FrameSizeError};
    const auto with = [](Http2Setting setting, std::uint32_t value) {
        return std::vector<Bytes>{settings({{setting, value}})};
    };
    const auto unknown = static_cast<Http2Setting>(0xFF);
    return {
        fatal("9113 6.5", "SETTINGS with ACK and a payload",
              {frame(Type::Settings, Http2Flag::Ack, 0, uint16(1) + uint32(1))}, size),
        fatal("9113 6.5", "SETTINGS on a stream", {frame(Type::Settings, 0, 1, uint16(3) + uint32(1))}, protocol),
        fatal("9113 6.5", "SETTINGS of a wrong length", {frame(Type::Settings, 0, 0, "123")}, size),
        fatal("9113 6.5.2", "ENABLE_PUSH 2", with(Http2Setting::EnablePush, 2), protocol),
        fatal("9113 6.5.2", "INITIAL_WINDOW_SIZE 2^31", with(Http2Setting::InitialWindowSize, 1U << 31),
              {Code::FlowControlError}),
        fatal("9113 6.5.2", "MAX_FRAME_SIZE 2^14-1", with(Http2Setting::MaxFrameSize, frameLimit - 1), protocol),
        fatal("9113 6.5.2", "MAX_FRAME_SIZE 2^24", with(Http2Setting::MaxFrameSize, 1U << 24), protocol),
        harmless("9113 6.5.2", "an unknown setting", with(unknown, 1)),
        sized("9113 6.5.3", "the last of several values of a setting holds",
              {settings({{Http2Setting::InitialWindowSize, 100}, {Http2Setting::InitialWindowSize, 1}}) + request()},
              {1}),
        {"9113 6.5.3", "SETTINGS are acknowledged", {settings({{Http2Setting::EnablePush, 0}})}, Outcome::SettingsAck},
    };
}

Cases pingGoawayWindow()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const std::vector<Code> flow{Code::FlowControlError};
    const Bytes noWindow = settings({{Http2Setting::InitialWindowSize, 0}});
    const Bytes one = settings({{Http2Setting::InitialWindowSize, 1}});
    const Bytes two = settings({{Http2Setting::InitialWindowSize, 2}});
    const Bytes three = settings({{Http2Setting::InitialWindowSize, 3}});
    constexpr std::uint32_t most = 0x7FFFFFFF;
    return {
        harmless("9113 6.7", "PING is answered with its payload", {ping("87654321")}),
        harmless("9113 6.7", "PING with ACK is not answered", {frame(Type::Ping, Http2Flag::Ack, 0, "invalid!")}),
        fatal("9113 6.7", "PING on a stream", {frame(Type::Ping, 0, 1, "12345678")}, protocol),
        fatal("9113 6.7", "PING of a wrong length", {frame(Type::Ping, 0, 0, "123456")}, {Code::FrameSizeError}),
        fatal("9113 6.8", "GOAWAY on a stream", {frame(Type::Goaway, 0, 1, uint32(0) + uint32(0))}, protocol),
        fatal("9113 6.9", "WINDOW_UPDATE with 0 on stream 0", {windowUpdate(0, 0)}, protocol),
        streamError("9113 6.9", "WINDOW_UPDATE with 0 on a stream", {openRequest() + windowUpdate(1, 0)}, protocol),
        fatal("9113 6.9", "WINDOW_UPDATE of a wrong length", {frame(Type::WindowUpdate, 0, 0, "123")},
              {Code::FrameSizeError}),
        sized("9113 6.9.1", "DATA keep to the window", {one + request()}, {1}),
        fatal("9113 6.9.1", "WINDOW_UPDATE beyond 2^31-1 on stream 0", {windowUpdate(0, most) + windowUpdate(0, most)},
              flow),
        streamError("9113 6.9.1", "WINDOW_UPDATE beyond 2^31-1 on a stream",
                    {openRequest() + windowUpdate(1, most) + windowUpdate(1, most)}, flow),
        sized("9113 6.9.2", "INITIAL_WINDOW_SIZE changes behind HEADERS", {noWindow + request(), one}, {1}),
        sized("9113 6.9.2", "INITIAL_WINDOW_SIZE makes a window negative", {three + request(), two, windowUpdate(1, 2)},
              {3, 1}),
        fatal("9113 6.9.2", "INITIAL_WINDOW_SIZE beyond 2^31-1",
              {settings({{Http2Setting::InitialWindowSize, 1U << 31}})}, flow),
    };
}

Cases continuationAndErrorCodes()
{
    const std::vector<Code> protocol{Code::ProtocolError};
    const Bytes more = literal("a", "b");
    const auto unknown = static_cast<Code>(0xFF);
    return {
        answered("9113 6.10", "several CONTINUATION behind HEADERS",
                 {begunRequest() + continuation(1, more, false) + continuation(1, more)}),
        fatal("9113 6.10", "a frame between HEADERS and CONTINUATION",
              {begunRequest() + continuation(1, more, false) + data(1, "test")}, protocol),
        fatal("9113 6.10", "CONTINUATION on stream 0", {begunRequest() + continuation(0, more)}, protocol),
        fatal("9113 6.10", "CONTINUATION behind HEADERS with END_HEADERS", {openRequest() + continuation(1, more)},
              protocol),
        fatal("9113 6.10", "CONTINUATION behind CONTINUATION with END_HEADERS",
              {frame(Type::Headers, 0, 1, requestBlock("POST")) + continuation(1, more) + continuation(1, more)},
              protocol),
        fatal("9113 6.10", "CONTINUATION behind DATA", {openRequest() + data(1, "x", false) + continuation(1, more)},
              protocol),
        {"9113 7", "GOAWAY with an unknown error code", {goaway(0, unknown)}, Outcome::Leaves},
        harmless("9113 7", "RST_STREAM with an unknown error code", {openRequest() + rstStream(1, unknown)}),
    };
}

Cases malformedRequests()
{
    Cases cases;
    const auto malformed = [&cases](const char *section, const char *name, const Headers &fields) {
        cases.push_back(streamError(section, name, {headers(1, fieldBlock(fields))}, {Code::ProtocolError}));
    };
    const HeaderField method{":method", "GET"};
    const HeaderField scheme{":scheme", "http"};
    const HeaderField path{":path", "/"};
    const HeaderField authority{":authority", "localhost"};
    malformed("9113 8.2.1", "a name in upper case", requestFields("GET", {{"X-TEST", "ok"}}));
    malformed("9113 8.3", "an unknown pseudo-header field", requestFields("GET", {{":test", "ok"}}));
    malformed("9113 8.3", "an answer's pseudo-header field", requestFields("GET", {{":status", "200"}}));
    malformed("9113 8.3", "a pseudo-header field behind another field", {method, scheme, path, {"x", "y"}, authority});
    malformed("9113 8.2.2", "a connection-specific field", requestFields("GET", {{"connection", "keep-alive"}}));
    malformed("9113 8.2.2", "TE other than trailers", requestFields("GET", {{"te", "trailers, deflate"}}));
    malformed("9113 8.3.1", "an empty :path", {method, scheme, {":path", ""}, authority});
    malformed("9113 8.3.1", "no :method", {scheme, path, authority});
    malformed("9113 8.3.1", "no :scheme", {method, path, authority});
    malformed("9113 8.3.1", "no :path", {method, scheme, authority});
    malformed("9113 8.3.1", "two :method", requestFields("GET", {method}));
    malformed("9113 8.3.1", "two :scheme", {method, scheme, scheme, path, authority});
    malformed("9113 8.3.1", "two :path", {method, scheme, path, path, authority});
    const Bytes announced = openRequest(1, {{"content-length", "1"}});
    const std::vector<Code> protocol{Code::ProtocolError};
    cases.push_back(streamError("9113 8.1", "trailers without END_STREAM",
                                {openRequest() + data(1, "test", false) + headers(1, literal("a", "b"), false)},
                                protocol));
    cases.push_back(streamError("9113 8.3", "a pseudo-header field in trailers",
                                {openRequest() + headers(1, literal(":method", "POST"))}, protocol));
    cases.push_back(
        streamError("9113 8.1.1", "content-length is not the content's", {announced + data(1, "test")}, protocol));
    cases.push_back(streamError("9113 8.1.1", "content-length is not that of several DATA",
                                {announced + data(1, "test", false) + data(1, "test")}, protocol));
    cases.push_back(
        fatal("9113 8.4", "PUSH_PROMISE from a client", {request() + pushPromise(1, 2, requestBlock())}, protocol));
    return cases;
}

Cases badHpack()
{
    Cases cases;
    const auto broken = [&cases](const char *section, const char *name, const Bytes &block) {
        cases.push_back(fatal(section, name, {headers(1, block)}, {Code::CompressionError}));
    };
    const Bytes good = requestBlock();
    broken("7541 2.3.3", "an index beyond the tables", good + "\xc6"s);
    broken("7541 2.3.3", "a name's index beyond the tables", good + "\x7f\x07\x01x"s);
    broken("7541 4.2", "a table size update at the end of a block", good + "\x3f\x01"s);
    broken("7541 5.2", "Huffman padding longer than 7 bits",
           good + "\x00\x85\xf2\xb2\x4a\x84\xff\x86\x9c\x48\xac\xa4\xff\xff"s);
    broken("7541 5.2", "Huffman padding of zeros", good + "\x00\x85\xf2\xb2\x4a\x84\xff\x83\x49\x7c\xa0"s);
    broken("7541 5.2", "EOS in a Huffman string",
           good + "\x00\x85\xf2\xb2\x4a\x84\xff\x88\x9c\x48\xff\xff\xff\xff\xac\xa4"s);
    broken("7541 6.1", "index 0", good + "\x80"s);
    broken("7541 6.3", "a table size above the limit", "\x3f\xe1\x20"s + good);
    return cases;
}

} // namespace

std::vector<Http2Case> http2ServerCases(std::uint32_t mostStreams)
{
    Cases all;
    for (Cases &some :
         std::vector<Cases>{goodFrames(), goodHpack(), connection(), streamStates(), concurrencyAndErrors(mostStreams),
                            dataHeadersPriorityReset(), settingsCases(), pingGoawayWindow(),
                            continuationAndErrorCodes(), malformedRequests(), badHpack()})
        all.insert(all.end(), std::move_iterator(some.begin()), std::move_iterator(some.end()));
    return all;
}

} // namespace pushscope::test
