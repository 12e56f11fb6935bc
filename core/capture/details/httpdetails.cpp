#include "core/capture/details/httpdetails.h"

#include "core/capture/capture.h"
#include "core/capture/facts.h"
#include "core/wire/http/http1parser.h"

#include <algorithm>
#include <charconv>

namespace pushscope {

namespace {

HttpFields fieldsOf(RecordKind kind, ByteView cbor)
{
    if (kind == RecordKind::HttpRequest)
        return decodeFacts<RequestFacts>(cbor).fields;
    if (kind == RecordKind::HttpResponse)
        return decodeFacts<ResponseFacts>(cbor).fields;
    if (kind == RecordKind::HttpTrailers)
        return decodeFacts<TrailerFacts>(cbor).fields;
    return decodeFacts<PushFacts>(cbor).fields;
}

/// RFC 9110 section 15: three digits; 0 for anything else.
int statusIn(std::string_view digits)
{
    int status = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), status);
    const bool isStatus = digits.size() == 3 && end == digits.data() + digits.size() && error == std::errc();
    return isStatus ? std::max(status, 0) : 0;
}

/// RFC 9113 section 8.3: what stands on HTTP/1.1's first line is in the pseudo-header fields.
HttpHead http2Head(RecordKind kind, HttpFields fields)
{
    HttpHead head;
    head.isRequest = kind == RecordKind::HttpRequest || kind == RecordKind::HttpPush;
    head.version = HttpVersion::Http2;
    head.headers = Headers(std::move(fields));
    if (head.isRequest) {
        head.method = head.headers.value(":method").value_or(std::string_view());
        // A CONNECT that is not extended (RFC 8441 section 4) has only an authority (RFC 9113 section 8.5).
        const auto path = head.headers.value(":path");
        head.target = path ? *path : head.headers.value(":authority").value_or(std::string_view());
    } else {
        head.status = statusIn(head.headers.value(":status").value_or(std::string_view()));
    }
    return head;
}

} // namespace

HttpHead httpHeadOf(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    if (isOverHttp2(record)) {
        Bytes facts;
        return http2Head(record.kind, fieldsOf(record.kind, capture.derivedView(seq, facts)));
    }
    const auto side = record.direction == Direction::Out ? Http1Parser::Side::Requests : Http1Parser::Side::Answers;
    Bytes scratch;
    auto head = parseHttp1Head(capture.originView(seq, scratch), side);
    return head ? std::move(*head) : HttpHead();
}

ChunkDetails chunkDetailsOf(ByteView origin)
{
    const ByteView line = origin.substr(0, origin.find_first_of("\r\n"));
    ChunkDetails details;
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    const auto [end, error] = std::from_chars(line.data() + begin, line.data() + line.size(), details.length, 16);
    details.size = {begin, static_cast<std::uint64_t>(end - line.data())};
    const std::size_t semicolon = line.find(';', details.size.end);
    if (semicolon != ByteView::npos)
        details.extension = {semicolon + 1, line.size()};
    return details;
}

ByteView chunkLineOf(const Capture &capture, Seq seq, Bytes &scratch, std::uint64_t limit)
{
    ByteView start = capture.originStart(seq).substr(0, limit);
    if (start.find('\n') == ByteView::npos)
        start = capture.originView(seq, scratch, limit);
    return start.substr(0, start.find('\n'));
}

} // namespace pushscope
