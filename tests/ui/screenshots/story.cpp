#include "tests/ui/screenshots/story.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace pushscope::test {

namespace {

constexpr std::int64_t Millisecond = 1'000'000;
constexpr std::int64_t Length = 10'200 * Millisecond;

/// What happens, by time: streams are told one after the other and recorded together.
class Script
{
public:
    void at(std::int64_t milliseconds, std::uint32_t session, std::function<void(CaptureBuilder &)> act)
    {
        m_acts.push_back({milliseconds * Millisecond, session, std::move(act)});
    }
    void play(CaptureBuilder &builder)
    {
        std::stable_sort(m_acts.begin(), m_acts.end(), [](const Act &a, const Act &b) { return a.time < b.time; });
        for (const Act &act : m_acts) {
            builder.time = act.time;
            builder.session = act.session;
            builder.connection = act.session;
            act.act(builder);
        }
    }

private:
    struct Act
    {
        std::int64_t time;
        std::uint32_t session;
        std::function<void(CaptureBuilder &)> act;
    };
    std::vector<Act> m_acts;
};

void connecting(CaptureBuilder &b, std::uint32_t attempt)
{
    b.facts(RecordKind::State,
            StateFacts{.state = SessionState::Connecting, .attempt = attempt, .cause = Cause::Start});
}

void requestAndAnswer(CaptureBuilder &b, const std::string &path, const std::string &extra)
{
    const Seq request =
        b.whole(RecordKind::HttpRequest,
                "GET " + path + " HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/event-stream\r\n" + extra + "\r\n",
                Direction::Out);
    b.whole(RecordKind::HttpResponse,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: "
            "chunked\r\n\r\n",
            Direction::In, 0, request.value);
}

Seq tick(CaptureBuilder &b, int id)
{
    const std::string block = "id: " + std::to_string(id) + "\nevent: tick\ndata: {\"id\":" + std::to_string(id) +
                              ",\"ts\":17638129" + std::to_string(62120 + id) + ",\"symbol\":\"ACME\",\"price\":10" +
                              std::to_string(id % 7) + "." + std::to_string(id % 10) + "0}\n\n";
    const std::uint64_t begin = b.trail(Direction::In).end();
    const std::string size = "7f\r\n";
    b.read(size + block + "\r\n");
    b.add(RecordKind::H1Chunk, {begin, begin + size.size() + block.size() + 2});
    return b.add(RecordKind::SseEvent, {begin + size.size(), begin + size.size() + block.size()}, Direction::In,
                 RecordFlag::IdSet);
}

void tellEvents(Script &script, Seq &picked)
{
    script.at(0, 1, [](CaptureBuilder &b) {
        b.facts(RecordKind::Session, SessionFacts{"events", "http://localhost:8080/events", "sse"});
        connecting(b, 1);
    });
    script.at(180, 1, [](CaptureBuilder &b) {
        b.facts(RecordKind::Tcp, TcpFacts{"127.0.0.1:8080", "127.0.0.1:40412", "", 0.21});
        requestAndAnswer(b, "/events", "");
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 1});
    });
    for (int i = 0; i < 12; ++i)
        script.at(300 + i * 340, 1, [i](CaptureBuilder &b) { tick(b, 5104 + i); });
    script.at(4300, 1, [](CaptureBuilder &b) {
        b.facts(RecordKind::End, EndFacts{.verdict = Verdict::Cut, .by = "peer", .text = "cut after event 5115"});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting,
                                              .attempt = 1,
                                              .cause = Cause::Cut,
                                              .delayMs = 2400,
                                              .delaySource = DelaySource::Retry,
                                              .idSeen = "5115"});
    });
    script.at(6700, 1, [](CaptureBuilder &b) { connecting(b, 2); });
    script.at(6900, 1, [](CaptureBuilder &b) {
        requestAndAnswer(b, "/events", "Last-Event-ID: 5115\r\n");
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 2, .idSent = "5115"});
        b.whole(RecordKind::SseRetry, "retry: 3000\n");
        b.facts(RecordKind::Resume, ResumeFacts{.idKind = IdKind::Numeric, .gap = 0, .replayed = 2});
    });
    for (int i = 0; i < 11; ++i)
        script.at(7000 + i * 280, 1, [i, &picked](CaptureBuilder &b) {
            const Seq seq = tick(b, 5116 + i);
            if (i == 8)
                picked = seq;
        });
    script.at(8600, 1, [](CaptureBuilder &b) { b.whole(RecordKind::SseComment, ": keep-alive\n"); });
}

void tellOrders(Script &script, Seq &picked)
{
    script.at(50, 2, [](CaptureBuilder &b) {
        b.facts(RecordKind::Session, SessionFacts{"orders", "ws://localhost:8080/ws/echo", "websocket"});
        connecting(b, 1);
    });
    script.at(140, 2, [](CaptureBuilder &b) {
        b.facts(RecordKind::WsOpen, WsOpenFacts{.rttMs = 0.6});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 1});
    });
    for (int i = 0; i < 48; ++i) {
        script.at(300 + i * 205, 2, [i, &picked](CaptureBuilder &b) {
            const std::string text = R"({"op":"fill","order":)" + std::to_string(7100 + i) + R"(,"qty":)" +
                                     std::to_string(10 + i % 5 * 5) + "}";
            const Seq seq = b.framed(RecordKind::WsText, std::string("\x81") + char(text.size()) + text);
            if (i == 44)
                picked = seq;
        });
        if (i % 3 == 1)
            script.at(360 + i * 205, 2, [i](CaptureBuilder &b) {
                const std::string text = R"({"op":"ack","order":)" + std::to_string(7100 + i) + "}";
                std::string masked = std::string("\x81") + char(0x80 + text.size()) + std::string("\x11\x22\x33\x44");
                for (std::size_t at = 0; at < text.size(); ++at)
                    masked.push_back(char(text[at] ^ "\x11\x22\x33\x44"[at % 4]));
                const Seq frame = b.whole(RecordKind::WsFrame, masked, Direction::Out, RecordFlag::Masked);
                b.message(RecordKind::WsText, frame, frame, Direction::Out, 0, RecordFlag::Masked);
            });
    }
}

void tellTroubles(Script &script)
{
    script.at(20, 3, [](CaptureBuilder &b) {
        b.facts(RecordKind::Session, SessionFacts{"builds", "https://ci.example.test/builds", "sse"});
        connecting(b, 1);
    });
    script.at(120, 3, [](CaptureBuilder &b) {
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 1});
    });
    for (int i = 0; i < 9; ++i)
        script.at(260 + i * 270, 3, [i](CaptureBuilder &b) {
            b.whole(RecordKind::SseEvent, "data: step " + std::to_string(i) + " passed\n\n");
        });
    const auto wait = [](CaptureBuilder &b, std::uint32_t attempt, Cause cause, double delay) {
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting,
                                              .attempt = attempt,
                                              .cause = cause,
                                              .delayMs = delay,
                                              .delaySource = DelaySource::Policy});
    };
    script.at(2700, 3, [wait](CaptureBuilder &b) {
        b.facts(RecordKind::Error, ErrorFacts{"tcp.reset", "the connection was reset by the peer"});
        wait(b, 1, Cause::Reset, 2000);
    });
    script.at(4700, 3, [](CaptureBuilder &b) { connecting(b, 2); });
    script.at(5000, 3, [wait](CaptureBuilder &b) {
        b.facts(RecordKind::Error, ErrorFacts{"tcp.refused", "127.0.0.1:8443 refused the connection"});
        wait(b, 2, Cause::Refused, 8000);
    });
    script.at(30, 4, [](CaptureBuilder &b) {
        b.facts(RecordKind::Session, SessionFacts{"legacy-feed", "https://legacy.example.test/feed", "sse"});
        connecting(b, 1);
    });
    script.at(410, 4, [](CaptureBuilder &b) {
        b.facts(RecordKind::Error, ErrorFacts{"tls.verify", "the certificate of legacy.example.test has expired"});
        b.facts(RecordKind::State, StateFacts{.state = SessionState::Failed, .attempt = 1, .cause = Cause::Tls});
    });
}

} // namespace

Story tellStory()
{
    const SystemClock system;
    FixedClock start;
    start.monotonic = system.now().nanoseconds - Length;
    start.wall = 1'763'812'970'000'000'000;
    Story story;
    story.builder = std::make_unique<CaptureBuilder>(start);
    Script script;
    tellEvents(script, story.event);
    tellOrders(script, story.message);
    tellTroubles(script);
    script.play(*story.builder);
    return story;
}

} // namespace pushscope::test
