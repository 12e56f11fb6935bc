#include "core/demo/http1stream.h"

#include "core/demo/http1connection.h"
#include "core/wire/http/http1writer.h"

#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::size_t kBatchBytes = 128 * 1024;
} // namespace

Http1Stream::Http1Stream(Http1Connection &connection, DemoContext &context, Request request)
    : DemoStream(context, std::move(request)), m_connection(connection)
{
}

void Http1Stream::writeHead(HttpHead head)
{
    if (head.isInterim() && m_request.head->version == HttpVersion::Http10)
        return; // RFC 9110 section 15.2: HTTP/1.0 knows none
    if (m_request.head->version == HttpVersion::Http10) {
        // RFC 9112 section 6.1: no chunks for those, so no trailers either; the content ends with the connection.
        head.headers.remove("Transfer-Encoding");
        head.headers.remove("Trailer");
    }
    if (!head.isInterim() && head.status != 101) {
        const bool hasFraming =
            head.status == 204 || head.headers.contains("Content-Length") || head.headers.contains("Transfer-Encoding");
        m_request.isPersistent = m_request.isPersistent && hasFraming;
        if (!m_request.isPersistent)
            head.headers.add("Connection", "close");
    }
    m_connection.codec().sendHead({}, head);
    m_connection.flush();
}

void Http1Stream::sendBody(ByteView bytes)
{
    m_connection.codec().sendBody({}, bytes);
    m_connection.flush();
}

void Http1Stream::endAnswer(const Headers &trailers)
{
    m_connection.codec().sendEnd({}, trailers);
    m_connection.flush();
    m_connection.onAnswered();
}

void Http1Stream::accept(const HttpHead &answer)
{
    m_isTunnel = true;
    write(writeHttp1Head(answer));
    m_connection.onAccepted();
}

void Http1Stream::write(ByteView bytes)
{
    m_connection.socket().write(bytes);
}

std::size_t Http1Stream::room() const
{
    return m_connection.socket().hasRoom() ? kBatchBytes : 0;
}

void Http1Stream::requestTurn()
{
    m_connection.socket().requestTurn();
}

void Http1Stream::setReading(bool reading)
{
    m_connection.socket().setReading(reading);
}

void Http1Stream::finish()
{
    m_connection.socket().finish();
}

void Http1Stream::halfClose()
{
    m_connection.socket().halfClose();
}

void Http1Stream::reset()
{
    m_connection.socket().reset();
}

void Http1Stream::refuse(const Answer &refusal)
{
    m_request.isPersistent = false;
    answer(refusal);
}

} // namespace pushscope::demo
