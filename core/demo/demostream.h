#pragma once

#include "core/demo/answer.h"
#include "core/demo/democontext.h"
#include "core/demo/eventbatch.h"
#include "core/demo/exchange.h"
#include "core/demo/request.h"

#include <QObject>

#include <cstddef>
#include <memory>

namespace pushscope::demo {

class Http2Stream;

/// One request and its answer, whichever HTTP version carries them: all that the router and exchanges see of a
/// connection. What is the same in every version stands here, the rest in Http1Stream and its like. Belongs to its
/// connection.
class DemoStream : public QObject
{
    Q_OBJECT
public:
    DemoStream(DemoContext &context, Request request);
    ~DemoStream() override;

    [[nodiscard]] const Request &request() const { return m_request; }
    [[nodiscard]] DemoContext &context() const { return m_context; }

    // For exchanges.
    /// Sends an answer's head, completed with Date and CORS fields. Its fields say how the end of the answer is known
    /// (RFC 9112 section 6), as in HTTP/1.1, in every version.
    void sendHead(HttpHead head);
    /// Content, in that framing.
    virtual void sendBody(ByteView bytes) = 0;
    /// The answer is complete.
    virtual void endAnswer(const Headers &trailers = {}) = 0;
    /// Agrees to a WebSocket with that 101, or what the version has for it: from now on the peer's bytes, those that
    /// waited too, go to the exchange as they are (RFC 9110 section 7.8).
    virtual void accept(const HttpHead &answer) = 0;
    /// Bytes as they are, around the answer's framing.
    virtual void write(ByteView bytes) = 0;
    /// The same, of events in their framing.
    virtual void write(const EventBatch &events) = 0;

    /// How many bytes may be made now: callers look here first, and the exchange's drained() tells when there is room
    /// again.
    [[nodiscard]] virtual std::size_t room() const = 0;
    [[nodiscard]] bool hasRoom() const { return room() > 0; }
    /// Asks for one drained(), even when there is room: lets others have their turn first.
    virtual void requestTurn() = 0;
    /// Whether the peer's bytes are taken; what it sends in the meantime fills its own memory, not ours.
    virtual void setReading(bool reading) = 0;

    /// Ends our direction where it stands, and the peer's a little later.
    virtual void finish() = 0;
    /// Ends our direction where it stands; goes on reading.
    virtual void halfClose() = 0;
    /// Ends both at once, behind what is pending.
    virtual void reset() = 0;

    // For the connection.
    /// What to do with a request whose head has come: refuses it, or lets its content come.
    void admit(std::string_view localAddress);
    void appendContent(ByteView bytes);
    /// The request is whole: has it answered by the router or an exchange.
    void respond();
    /// Answers before the request is whole, and takes no more of it.
    virtual void refuse(const Answer &answer) = 0;
    /// The answer is over; the exchange, which may be in the middle of it, stays until the stream goes.
    void retire();
    /// What only HTTP/2 has; null over HTTP/1.1.
    [[nodiscard]] virtual Http2Stream *http2() { return nullptr; }
    /// Null unless an answer takes its time.
    [[nodiscard]] Exchange *exchange() const { return m_exchange.get(); }

protected:
    /// A head with all its fields but those of the version.
    virtual void writeHead(HttpHead head) = 0;
    void answer(const Answer &answer);

    Request m_request;

private:
    DemoContext &m_context;
    std::unique_ptr<Exchange> m_exchange;
    bool m_isRetired = false;
};

} // namespace pushscope::demo
