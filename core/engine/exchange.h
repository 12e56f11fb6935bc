#pragma once

#include "core/engine/codedcontent.h"
#include "core/engine/controlledger.h"
#include "core/engine/eventsourcestate.h"
#include "core/engine/link.h"
#include "core/engine/sniffstorey.h"
#include "core/engine/ssestorey.h"
#include "core/engine/streamstorey.h"
#include "core/engine/wsstorey.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace pushscope {

/// One request and its answer on a link, and what stands above HTTP in both directions. Records what goes by; decides
/// nothing: what an answer means is its owner's to say, while answered() runs.
class Exchange
{
public:
    struct Handlers
    {
        std::function<void()> securing;                      ///< the TLS handshake begins
        std::function<void()> ready;                         ///< the request can go out
        std::function<void(const std::string &)> waits;      ///< for what, a sentence: the request can't go out yet
        std::function<void(const std::string &)> moved;      ///< why, a sentence: another link is tried
        std::function<void(const Error &)> refusedByProxy;   ///< in words; takeAsBody() keeps the page that says why
        std::function<void(const HttpHead &, Seq)> answered; ///< the final head; call one of the takeAs functions
        std::function<void(bool isEventStream)> sniffed;     ///< of takeAsEither(): call one of them again
        std::function<void(const WsStep &)> webSocket;
        std::function<void()> readDone;                 ///< after everything that one socket read carried
        std::function<void(const ExchangeEnd &)> ended; ///< once, last, unless by end(); destroy it later, not in here
        std::function<void(const Error &)> captureFailed;
        std::function<void()> drained; ///< all that was sent has gone out
    };

    Exchange(Recorder &recorder, LinkWay way, Handlers handlers);
    ~Exchange();

    // What its owner wants.
    void join(std::shared_ptr<Link> link);
    void request(const HttpHead &head, ByteView body);
    void takeAsEventStream(EventSourceState &state);
    void takeAsStream(StreamSplitter splitter, EventCount &count);
    /// Looks first whether the body is plainly an event stream: sniffed() tells, at the latest when it ends.
    void takeAsEither();
    void takeAsBody();
    void takeAsWebSocket(bool keepPayloads, EventCount &count);
    /// The WebSocket was failed (RFC 6455 section 7.1.7): no close frame answers another any more.
    void noteFailed() { m_controls.noteFailed(); }
    /// WebSocket bytes of ours. While a read is being worked on they are gathered and go out behind it.
    void send(ByteView frames, SendCause cause) { m_link->send(*this, frames, cause); }
    /// Little of what was sent still waits for the peer; else drained() tells when.
    [[nodiscard]] bool hasRoom() { return m_link->hasRoom(*this); }
    void setPaused(bool paused) { m_link->setPaused(*this, paused); }
    void closeSending() { m_link->closeSending(*this); }
    /// Ends it from our side; what was unfinished is recorded. No handler is called any more but, meanwhile, sniffed().
    Ending end(OurEnd how);
    /// Bytes of an answer's head are here, but not all of it.
    [[nodiscard]] bool isHeadComing() const;
    /// What came of the body that takeAsEither() asked about may still be an event stream.
    [[nodiscard]] bool isSniffing() const;
    /// The body that takeAsBody() keeps has reached its limit.
    [[nodiscard]] bool isBodyLimitReached() const;
    /// Why its HTTP version is what it is, a phrase; once ready.
    [[nodiscard]] const std::string &choice() const { return m_choice; }
    [[nodiscard]] HttpVersion version() const { return m_version; }
    [[nodiscard]] Link *link() const { return m_link.get(); }

    // What its link tells.
    [[nodiscard]] const Handlers &handlers() const { return m_handlers; }
    [[nodiscard]] Recorder &recorder() { return m_recorder; }
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] bool isAnswered() const { return m_answered; }
    [[nodiscard]] bool isMessageEnded() const { return m_messageEnded; }
    [[nodiscard]] const LinkWay &way() const { return m_way; }
    [[nodiscard]] bool isWebSocket() const { return std::holds_alternative<WsStorey>(m_received); }
    /// The closing handshake is done.
    [[nodiscard]] bool isCloseDone() const { return m_controls.isCloseDone(); }
    /// HTTP/2: the stream that carries it, once its request was made.
    [[nodiscard]] StreamId stream() const { return m_stream; }
    void setStream(StreamId stream);
    void setChoice(HttpVersion version, std::string why);
    /// Told once by each link, however often it is found out.
    void tellWaiting(const std::string &forWhat);
    [[nodiscard]] bool wasToldWaiting() const { return m_toldWaiting; }
    /// Leaves for another link, on which it waits for its turn again.
    void move(std::shared_ptr<Link> link, const std::string &why);
    void noteRequest(Seq record);
    [[nodiscard]] Seq requestRecord() const { return m_requestRecord; }
    [[nodiscard]] double millisecondsSinceRequest() const { return milliseconds(m_recorder.now() - m_requestTime); }
    /// Content that was written.
    void takeSent(const Plaintext &content);
    void finishRequest();
    void takeAnswer(const HttpHead &head, Seq record);
    [[nodiscard]] const Trail &receivedTrail() const { return m_receivedTrail; }
    /// Where the next content lies; takeContent() follows.
    void noteReceived(std::uint64_t logOffset, std::uint64_t size, Seq carrier)
    {
        m_receivedTrail.append(logOffset, size, carrier);
    }
    void takeContent(ByteView bytes);
    /// The content that came last ends a unit of its sender's: a chunk, a frame; a read where there are none.
    void endPiece();
    /// After the last bytes of a piece that was read.
    void settle();
    void noteMessageEnd() { m_messageEnded = m_answered || std::holds_alternative<BodyStorey>(m_received); }
    /// It ended without its owner wanting it; by us when `ours` says so.
    void conclude(ByteEnd bytes, Error error, OurEnd ours = OurEnd::None);

private:
    [[nodiscard]] Trail &contentTrail() { return m_coded ? m_coded->trail() : m_receivedTrail; }
    void takeCoded(ByteView bytes);
    void deliver(ByteView content);
    [[nodiscard]] bool isContentWanted() const;
    void drainWebSocket();
    void endSniffing(bool isEventStream);
    Ending ending(ByteEnd bytes) const;
    void finishContents(bool cut);
    [[nodiscard]] std::uint64_t pendingBytes() const;

    Recorder &m_recorder;
    LinkWay m_way;
    Handlers m_handlers;
    std::shared_ptr<Link> m_link;
    Seq m_requestRecord;
    Stamp m_requestTime;
    Headers m_requestFields;
    Trail m_receivedTrail;
    Trail m_sentTrail;
    const ReleaseMarks::Hold m_receivedHold{m_recorder.writer().marks(), m_receivedTrail};
    const ReleaseMarks::Hold m_sentHold{m_recorder.writer().marks(), m_sentTrail};
    std::unique_ptr<CodedContent> m_coded; ///< of an answer whose content codings wrap
    std::variant<std::monostate, SniffStorey, SseStorey, StreamStorey, BodyStorey, WsStorey> m_received;
    std::variant<std::monostate, BodyStorey, WsStorey> m_sent;
    ControlLedger m_controls;
    StreamId m_stream;
    std::string m_choice;
    HttpVersion m_version = HttpVersion::Http11;
    bool m_toldWaiting = false;
    bool m_answered = false;
    bool m_messageEnded = false;
    bool m_over = false;
};

} // namespace pushscope
