#include "core/demo/demostream.h"

#include "core/demo/httpdate.h"
#include "core/demo/router.h"

#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::size_t kContentLimit = 1024 * 1024;
} // namespace

DemoStream::DemoStream(DemoContext &context, Request request) : m_request(std::move(request)), m_context(context) {}

DemoStream::~DemoStream()
{
    retire();
}

void DemoStream::retire()
{
    if (m_exchange && !std::exchange(m_isRetired, true))
        --m_context.counters.streams;
}

void DemoStream::sendHead(HttpHead head)
{
    if (!head.isInterim() && head.status != 101) {
        head.headers.add("Date", httpDate(m_context.clock.wallTime()));
        if (!m_request.corsOrigin.empty()) {
            head.headers.add("Access-Control-Allow-Origin", m_request.corsOrigin);
            head.headers.add("Access-Control-Allow-Credentials", "true");
            head.headers.add("Vary", "Origin");
        }
    }
    writeHead(std::move(head));
}

void DemoStream::admit(std::string_view localAddress)
{
    if (const auto refusal = m_context.guard.check(*m_request.head, m_request.isSecure, localAddress)) {
        refuse(textAnswer(refusal->status, refusal->detail));
        return;
    }
    m_request.corsOrigin = m_context.guard.corsOrigin(*m_request.head);
    if (m_request.head->headers.hasToken("Expect", "100-continue")) {
        HttpHead goOn = answerHead(100);
        goOn.reason = "Continue";
        sendHead(std::move(goOn));
    }
}

void DemoStream::appendContent(ByteView bytes)
{
    m_request.body.append(bytes);
    if (m_request.body.size() > kContentLimit)
        refuse(textAnswer(413, "a request's content may have up to 1 MiB here"));
}

void DemoStream::respond()
{
    Routed routed = route(*this);
    if (auto *whole = std::get_if<Answer>(&routed)) {
        answer(*whole);
        return;
    }
    m_exchange = std::get<std::unique_ptr<Exchange>>(std::move(routed));
    ++m_context.counters.streams;
    m_exchange->start();
}

void DemoStream::answer(const Answer &answer)
{
    HttpHead head = answerHead(answer.status, answer.headers);
    if (answer.status != 204 && answer.hasLength)
        head.headers.add("Content-Length", std::to_string(answer.body.size()));
    sendHead(std::move(head));
    if (!answer.body.empty() && m_request.head->method != "HEAD")
        sendBody(answer.body);
    endAnswer();
}

} // namespace pushscope::demo
