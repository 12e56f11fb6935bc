#pragma once

#include "core/demo/demostream.h"

namespace pushscope::demo {

class Http1Connection;

/// A request over HTTP/1.1: while it is answered the connection is all its own, so that how the connection ends is how
/// the answer does.
class Http1Stream final : public DemoStream
{
    Q_OBJECT
public:
    Http1Stream(Http1Connection &connection, DemoContext &context, Request request);

    void sendBody(ByteView bytes) override;
    void endAnswer(const Headers &trailers = {}) override;
    void accept(const HttpHead &answer) override;
    void write(ByteView bytes) override;
    void write(const EventBatch &events) override { write(events.bytes()); }
    [[nodiscard]] std::size_t room() const override;
    void requestTurn() override;
    void setReading(bool reading) override;
    void finish() override;
    void halfClose() override;
    void reset() override;
    void refuse(const Answer &answer) override;

    /// Whether the connection's bytes are the exchange's.
    [[nodiscard]] bool isTunnel() const { return m_isTunnel; }

protected:
    void writeHead(HttpHead head) override;

private:
    Http1Connection &m_connection;
    bool m_isTunnel = false;
};

} // namespace pushscope::demo
