#include "core/insight/companionpairs.h"

#include "core/base/jsondocument.h"
#include "core/capture/details/payload.h"
#include "core/capture/details/ssedetails.h"
#include "core/insight/recordwalk.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// What a scalar says: a string without its quotes, a number or word as it is spelled.
std::string valueAt(const JsonDocument &document, const JsonPointer &pointer)
{
    const auto found = pointer.find(document);
    if (!found)
        return {};
    const JsonNode &node = document.node(*found);
    if (node.kind == JsonNode::Kind::String)
        return document.stringOf(node);
    const bool isScalar = node.kind == JsonNode::Kind::Number || node.kind == JsonNode::Kind::Word;
    return isScalar ? std::string(document.textOf(node)) : std::string();
}

} // namespace

CompanionPairs::CompanionPairs(std::shared_ptr<const Capture> capture, SessionId session, PairingRule rule)
    : m_capture(std::move(capture)), m_session(session), m_rule(std::move(rule))
{
}

bool CompanionPairs::advance(std::uint64_t limit)
{
    return forEachRecord(*m_capture, m_position, limit, [this](Seq seq, const Record &record) {
        if (record.session == m_session.value)
            take(seq, record);
    });
}

void CompanionPairs::take(Seq seq, const Record &record)
{
    if (record.has(RecordFlag::Companion))
        takeCompanion(seq, record);
    else if (layerOf(record.kind) == Layer::Messages && record.direction == Direction::In && !m_pairs.empty())
        takeMessage(seq, record);
}

/// The newest that went over this connection and stream.
CompanionPair *CompanionPairs::pairOn(const Record &record)
{
    const auto found = std::find_if(m_pairs.rbegin(), m_pairs.rend(), [&](const CompanionPair &pair) {
        const Record &request = m_capture->record(pair.request);
        return request.connection == record.connection && request.stream == record.stream;
    });
    return found == m_pairs.rend() ? nullptr : &*found;
}

void CompanionPairs::takeCompanion(Seq seq, const Record &record)
{
    if (record.kind == RecordKind::HttpRequest) {
        if (m_pairs.size() == Limit)
            m_pairs.pop_front();
        CompanionPair pair;
        pair.request = seq;
        pair.requestAt = record.time;
        m_pairs.push_back(std::move(pair));
        ++m_revision;
        return;
    }
    CompanionPair *pair = pairOn(record);
    if (pair == nullptr)
        return;
    if (record.kind == RecordKind::HttpResponse) {
        pair->answer = seq;
        ++m_revision;
        return;
    }
    // An answer may be a stream of its own: then its messages are its body.
    const bool isMessage = layerOf(record.kind) == Layer::Messages && record.direction == Direction::In;
    if (!isMessage && record.kind != RecordKind::HttpBody)
        return;
    const auto side = record.direction == Direction::Out ? PairingRule::Side::Request : PairingRule::Side::Answer;
    if (side == m_rule.side && pair->id.empty())
        takeBody(*pair, seq);
    else if (isMessage && m_rule.side == PairingRule::Side::Request)
        takeMessage(seq, record);
}

void CompanionPairs::takeBody(CompanionPair &pair, Seq seq)
{
    pair.id = idIn(seq, m_rule.pointer);
    ++m_revision;
    if (pair.id.empty())
        return;
    const auto came = std::ranges::find_if(m_arrivals, [&pair](const Arrival &arrival) {
        return arrival.id == pair.id && arrival.message > pair.request;
    });
    if (came != m_arrivals.end())
        close(pair, *came);
}

std::string CompanionPairs::idIn(Seq seq, const JsonPointer &pointer) const
{
    const Payload payload = payloadOf(*m_capture, seq, LargestText);
    if (payload.totalBytes > LargestText)
        return {};
    const auto document = JsonDocument::parse(payload.bytes);
    return document ? valueAt(*document, pointer) : std::string();
}

std::string CompanionPairs::idOfMessage(Seq seq, const Record &record) const
{
    if (m_rule.inMessage)
        return idIn(seq, *m_rule.inMessage);
    return record.has(RecordFlag::IdSet) ? lastEventIdSetBy(*m_capture, seq) : std::string();
}

CompanionPair *CompanionPairs::awaited(const std::string *id)
{
    std::size_t newest = 0;
    for (auto pair = m_pairs.rbegin(); pair != m_pairs.rend() && newest < Awaited; ++pair, ++newest) {
        if (!pair->message.isValid() && (id == nullptr || pair->id == *id))
            return &*pair;
    }
    return nullptr;
}

/// Only while a request waits is anything looked into.
void CompanionPairs::takeMessage(Seq seq, const Record &record)
{
    if (awaited(nullptr) == nullptr)
        return;
    Arrival arrival{seq, record.time, idOfMessage(seq, record)};
    if (arrival.id.empty())
        return;
    if (CompanionPair *pair = awaited(&arrival.id))
        return close(*pair, arrival);
    if (m_arrivals.size() == Limit)
        m_arrivals.pop_front();
    m_arrivals.push_back(std::move(arrival));
}

void CompanionPairs::close(CompanionPair &pair, const Arrival &arrival)
{
    pair.message = arrival.message;
    pair.messageAt = arrival.time;
    ++m_revision;
}

} // namespace pushscope
