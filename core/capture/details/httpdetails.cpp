#include "core/capture/details/httpdetails.h"

#include "core/capture/capture.h"
#include "core/wire/http/http1parser.h"

#include <charconv>

namespace pushscope {

HttpHead httpHeadOf(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
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
