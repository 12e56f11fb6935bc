#include "core/wire/http/http2codec.h"
#include "tests/fuzz/invariant.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace pushscope;

namespace {

/// What a codec said, independent of cuts: pieces of a stream's content are counted together.
struct Said
{
    struct Item
    {
        HttpFact::Kind kind = HttpFact::Kind::End;
        std::uint32_t stream = 0;
        std::uint32_t other = 0;
        Http2ErrorCode code = Http2ErrorCode::NoError;
        std::string detail;
        std::shared_ptr<const HttpHead> head;
        friend bool operator==(const Item &a, const Item &b)
        {
            const bool sameHead = !a.head == !b.head && (!a.head || *a.head == *b.head);
            return a.kind == b.kind && a.stream == b.stream && a.other == b.other && a.code == b.code &&
                   a.detail == b.detail && sameHead;
        }
    };
    std::vector<Item> items;
    std::map<std::uint32_t, Bytes> content;
    std::optional<Error> failure;
};

HttpHead getRequest()
{
    HttpHead head;
    head.method = "GET";
    head.headers = {{":method", "GET"}, {":scheme", "http"}, {":authority", "a"}, {":path", "/"}};
    return head;
}

/// An owner that asks, answers and gives back, so that streams live in all their states.
class Owner
{
public:
    Owner(Role role, Http2Codec::Options options) : m_codec(role, options), m_role(role)
    {
        if (role == Role::Client) {
            m_codec.sendRequest(getRequest(), {});
            HttpHead tunnel = getRequest();
            tunnel.method = "CONNECT";
            tunnel.headers = {{":method", "CONNECT"}, {":authority", "a"}};
            m_codec.sendRequest(tunnel, {});
        }
        (void)m_codec.takeOutput();
    }

    void feed(ByteView piece)
    {
        const auto copy = std::make_unique<char[]>(piece.size()); // a sanitizer sees a view that reaches too far
        piece.copy(copy.get(), piece.size());
        m_codec.feed(ByteView(copy.get(), piece.size()));
        HttpFact fact;
        while (m_codec.next(fact))
            take(fact);
        m_fed += piece.size();
        const bool failed = m_codec.failure().has_value();
        (void)m_codec.takeOutput();
        PUSHSCOPE_INVARIANT(!failed || m_codec.isOver());
        if (failed) {
            m_codec.feed("more");
            PUSHSCOPE_INVARIANT(!m_codec.next(fact));
        }
    }

    Said finish()
    {
        m_codec.finish();
        m_said.failure = m_codec.failure();
        PUSHSCOPE_INVARIANT(!m_codec.isReusable());
        return std::move(m_said);
    }

private:
    void take(const HttpFact &fact)
    {
        if (fact.kind == HttpFact::Kind::Body) {
            PUSHSCOPE_INVARIANT(fact.range.size() == fact.body.size());
            PUSHSCOPE_INVARIANT(fact.range.begin >= m_fed);
            m_said.content[fact.stream.value] += fact.body;
            if (m_role == Role::Server && fact.stream.value % 4 == 1)
                m_codec.consume(fact.stream, fact.body.size());
            return;
        }
        m_said.items.push_back(
            {fact.kind, fact.stream.value, fact.other.value, fact.errorCode, fact.detail, fact.head});
        if (m_role == Role::Client || fact.kind != HttpFact::Kind::Head)
            return;
        HttpHead answer;
        answer.isRequest = false;
        answer.status = 200;
        m_codec.sendHead(fact.stream, answer);
        m_codec.sendBody(fact.stream, "content");
        if (fact.stream.value % 4 == 1)
            m_codec.sendEnd(fact.stream, {{"t", "1"}});
    }

    Http2Codec m_codec;
    Role m_role;
    Said m_said;
    std::uint64_t m_fed = 0;
};

Said listen(Role role, const Bytes &bytes, std::size_t piece)
{
    Http2Codec::Options options;
    options.headLimit = 500; // low, so that short inputs reach it
    options.streamWindow = 300;
    options.enablePush = true;
    options.maxConcurrentStreams = 4;
    Owner owner(role, options);
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        owner.feed(ByteView(bytes).substr(at, piece));
    return owner.finish();
}

} // namespace

namespace {

/// Where a window was overrun, cuts decide how much of the frame was still handed out.
bool isOverrun(const Said &said)
{
    const auto flowControl = [](const Said::Item &item) { return item.code == Http2ErrorCode::FlowControlError; };
    return said.failure || std::any_of(said.items.begin(), said.items.end(), flowControl);
}

} // namespace

/// Arbitrary bytes to both roles, as they are and behind a good beginning. A failure ends everything, views stay inside
/// the input, and to a client, which says nothing in between, cuts change nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Bytes bytes(reinterpret_cast<const char *>(data), std::min<std::size_t>(size, 4096));
    Bytes hello;
    appendHttp2Frame(hello, {.type = Http2FrameType::Settings}, {});
    appendHttp2Frame(hello, {.type = Http2FrameType::Settings, .flags = Http2Flag::Ack}, {});
    for (const Role role : {Role::Client, Role::Server}) {
        const Bytes preface(role == Role::Server ? Http2Preface : std::string_view());
        for (const Bytes &input : {bytes, preface + hello + bytes}) {
            const Said whole = listen(role, input, std::max<std::size_t>(input.size(), 1));
            const Said pieces = listen(role, input, 61);
            const Said single = listen(role, input, 1);
            if (role == Role::Server)
                continue;
            for (const Said &said : {pieces, single}) {
                PUSHSCOPE_INVARIANT(said.failure.has_value() == whole.failure.has_value());
                PUSHSCOPE_INVARIANT(isOverrun(whole) || (said.items == whole.items && said.content == whole.content));
            }
        }
    }
    return 0;
}
