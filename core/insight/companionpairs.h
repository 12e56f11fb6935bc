#pragma once

#include "core/base/ids.h"
#include "core/base/jsonpointer.h"
#include "core/capture/capture.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace pushscope {

/// Where an id stands that a companion request and the event that answers it have in common.
struct PairingRule
{
    enum class Side : std::uint8_t { Answer, Request };
    Side side = Side::Answer;
    JsonPointer pointer;                  ///< into that one's body
    std::optional<JsonPointer> inMessage; ///< into the message's text; none: the event's own id
};

/// A companion request, what it was answered with, and the message of the stream that came of it.
struct CompanionPair
{
    Seq request, answer, message; ///< invalid for what did not come
    std::string id;               ///< "" until it is known
    std::int64_t requestAt = 0, messageAt = 0;
    /// From the request to the message.
    [[nodiscard]] std::optional<std::int64_t> latency() const
    {
        return message.isValid() ? std::optional(messageAt - requestAt) : std::nullopt;
    }
};

/// Pairs the companion requests of one session with the messages of its stream, folded from a growing capture a stretch
/// of records at a time. An event may well come before the answer that names its id. An answer that streams is looked
/// into message by message; one of these may be the message that a request's id is about. Keeps the latest Limit of
/// each.
class CompanionPairs
{
public:
    static constexpr std::size_t Limit = 1'000;
    /// The newest requests that an answer may still come for.
    static constexpr std::size_t Awaited = 16;
    /// Of a body or message: what is larger is not looked into.
    static constexpr std::uint32_t LargestText = 256 * 1024;

    CompanionPairs(std::shared_ptr<const Capture> capture, SessionId session, PairingRule rule);

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    /// Oldest first.
    [[nodiscard]] const std::deque<CompanionPair> &pairs() const { return m_pairs; }
    /// Grows with each change of a pair.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    struct Arrival
    {
        Seq message;
        std::int64_t time = 0;
        std::string id;
    };
    void take(Seq seq, const Record &record);
    void takeCompanion(Seq seq, const Record &record);
    void takeBody(CompanionPair &pair, Seq seq);
    void takeMessage(Seq seq, const Record &record);
    [[nodiscard]] CompanionPair *pairOn(const Record &record);
    [[nodiscard]] std::string idIn(Seq seq, const JsonPointer &pointer) const;
    [[nodiscard]] std::string idOfMessage(Seq seq, const Record &record) const;
    /// One that waits for a message: any, or that of an id.
    [[nodiscard]] CompanionPair *awaited(const std::string *id);
    void close(CompanionPair &pair, const Arrival &arrival);

    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    PairingRule m_rule;
    std::uint64_t m_position = 0;
    std::uint64_t m_revision = 0;
    std::deque<CompanionPair> m_pairs;
    std::deque<Arrival> m_arrivals; ///< while a request was waiting
};

} // namespace pushscope
