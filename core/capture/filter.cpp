#include "core/capture/filter.h"

#include "core/capture/details/payload.h"
#include "core/capture/details/summary.h"

#include <algorithm>
#include <cstring>

namespace pushscope {

namespace {

constexpr std::string_view KindPrefix = "kind:";

char folded(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool containsIgnoringCase(ByteView bytes, std::string_view text)
{
    const auto same = [](char a, char b) { return folded(a) == folded(b); };
    return std::search(bytes.begin(), bytes.end(), text.begin(), text.end(), same) != bytes.end();
}

/// "sse.event" is wanted by its whole word, by "sse." and by "event", as the table calls it.
bool isWanted(std::string_view wanted, std::string_view kind)
{
    if (wanted.ends_with('.'))
        return kind.starts_with(wanted);
    const std::size_t dot = kind.find('.');
    return kind == wanted || (dot != kind.npos && kind.substr(dot + 1) == wanted);
}

void takeKinds(std::string_view list, std::set<std::string> &kinds)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (comma > 0)
            kinds.emplace(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
}

} // namespace

Filter parseFilter(std::string_view text)
{
    Filter filter;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (!text.starts_with(KindPrefix))
            break;
        const std::size_t end = std::min(text.find(' '), text.size());
        takeKinds(text.substr(KindPrefix.size(), end - KindPrefix.size()), filter.kinds);
        text.remove_prefix(end);
    }
    filter.text = text.substr(0, text.find_last_not_of(' ') + 1);
    return filter;
}

bool takesLayer(const Filter &filter, RecordKind kind, bool isCompanion)
{
    const bool isSaid = kind == RecordKind::HttpRequest || kind == RecordKind::HttpResponse ||
                        kind == RecordKind::HttpBody || kind == RecordKind::Error;
    return filter.layers.test(static_cast<std::size_t>(layerOf(kind))) ||
           (isCompanion && isSaid && filter.layers.test(static_cast<std::size_t>(Layer::Messages)));
}

bool takesKind(const Filter &filter, RecordKind kind)
{
    return filter.kinds.empty() ||
           std::any_of(filter.kinds.begin(), filter.kinds.end(),
                       [kind](const std::string &wanted) { return isWanted(wanted, word(kind)); });
}

bool isAboutConnection(RecordKind kind)
{
    switch (layerOf(kind)) {
    case Layer::Connection:
        return kind != RecordKind::Session && kind != RecordKind::State && kind != RecordKind::Resume &&
               kind != RecordKind::Error;
    case Layer::Frames:
    case Layer::Findings:
    case Layer::Reads: return true;
    case Layer::Messages: break;
    }
    return false;
}

bool isInScope(const Filter &filter, const Record &record)
{
    if (filter.connection && filter.connection->value != record.connection)
        return false;
    if (!filter.session || filter.session->value == record.session)
        return true;
    return record.stream == 0 && filter.joined.contains(record.connection) && isAboutConnection(record.kind);
}

bool isKind(std::string_view wanted)
{
    for (int kind = 0; kind < static_cast<int>(RecordKind::Count); ++kind) {
        if (isWanted(wanted, word(static_cast<RecordKind>(kind))))
            return true;
    }
    return false;
}

bool matches(const Filter &filter, const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    if (!takesLayer(filter, record.kind, record.has(RecordFlag::Companion)))
        return false;
    if (!isInScope(filter, record))
        return false;
    if (!takesKind(filter, record.kind))
        return false;
    if (!filter.needsPayload())
        return true;
    const Payload payload = payloadOf(capture, seq);
    return containsIgnoringCase(payload.totalBytes > 0 ? ByteView(payload.bytes) : summarize(capture, seq).preview,
                                filter.text);
}

} // namespace pushscope
