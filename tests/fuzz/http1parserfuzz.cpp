#include "core/wire/http/http1parser.h"
#include "tests/fuzz/invariant.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

using namespace pushscope;

namespace {

/// What was seen, independent of cuts: pieces of a body or of junk are counted as one.
struct Seen
{
    struct Item
    {
        HttpFact::Kind kind;
        ByteRange range;
        std::uint64_t length;
        ByteRange extension;
        std::shared_ptr<const HttpHead> head;
    };
    std::vector<Item> items;
    std::vector<Finding> findings;
    std::uint64_t end = 0;

    void add(const HttpFact &fact)
    {
        const bool piece = fact.kind == HttpFact::Kind::Body || fact.kind == HttpFact::Kind::Junk;
        PUSHSCOPE_INVARIANT(fact.range.begin == end);
        PUSHSCOPE_INVARIANT(!piece || fact.body.size() == fact.range.size());
        end = fact.range.end;
        if (piece && !items.empty() && items.back().kind == fact.kind)
            items.back().range.end = end;
        else
            items.push_back({fact.kind, fact.range, fact.length, fact.extension, fact.head});
    }
};

Seen parse(ByteView bytes, Http1Side side, std::size_t piece, std::optional<Error> &failure)
{
    constexpr std::uint32_t headLimit = 200; // low, so that short inputs reach it
    Http1Parser parser(side, headLimit);
    for (const char *method : {"GET", "HEAD", "GET", "CONNECT"})
        parser.expectAnswerTo(method);
    Seen seen;
    HttpFact fact;
    const auto drain = [&] {
        while (parser.next(fact)) {
            seen.add(fact);
            seen.findings.insert(seen.findings.end(), parser.findings().begin(), parser.findings().end());
        }
        seen.findings.insert(seen.findings.end(), parser.findings().begin(), parser.findings().end());
    };
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const ByteView cut = bytes.substr(at, piece);
        const auto copy = std::make_unique<char[]>(cut.size()); // a sanitizer sees a view that reaches too far
        cut.copy(copy.get(), cut.size());
        parser.feed(ByteView(copy.get(), cut.size()));
        drain();
    }
    parser.finish();
    drain();
    failure = parser.failure();
    PUSHSCOPE_INVARIANT(seen.end == bytes.size());
    PUSHSCOPE_INVARIANT(parser.pendingBytes() == 0);
    return seen;
}

bool isSame(const Seen &a, const Seen &b)
{
    const auto sameItem = [](const Seen::Item &x, const Seen::Item &y) {
        const bool sameHead = !x.head == !y.head && (!x.head || *x.head == *y.head);
        return x.kind == y.kind && x.range == y.range && x.length == y.length && x.extension == y.extension && sameHead;
    };
    const auto sameFinding = [](const Finding &x, const Finding &y) { // its length is that of the first piece
        return x == y || (x.rule == y.rule && x.rule == Rule::HttpBytesAfterMessage && x.begin == y.begin);
    };
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), sameItem) &&
           std::equal(a.findings.begin(), a.findings.end(), b.findings.begin(), b.findings.end(), sameFinding);
}

} // namespace

/// On both sides: the ranges tile the input, and cuts change nothing. A head's bytes parse again to the same head.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(reinterpret_cast<const char *>(data), size);
    for (const Http1Side side : {Http1Side::Requests, Http1Side::Answers}) {
        std::optional<Error> wholeFailure;
        std::optional<Error> singleFailure;
        const Seen whole = parse(bytes, side, std::max<std::size_t>(size, 1), wholeFailure);
        const Seen single = parse(bytes, side, 1, singleFailure);
        PUSHSCOPE_INVARIANT(isSame(whole, single));
        PUSHSCOPE_INVARIANT(wholeFailure.has_value() == singleFailure.has_value());
        PUSHSCOPE_INVARIANT(!wholeFailure || wholeFailure->code == singleFailure->code);
        for (const Seen::Item &item : whole.items) {
            if (item.kind != HttpFact::Kind::Head)
                continue;
            const auto again = parseHttp1Head(bytes.substr(item.range.begin, item.range.size()), side);
            PUSHSCOPE_INVARIANT(again && *again == *item.head);
        }
    }
    return 0;
}
