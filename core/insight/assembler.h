#pragma once

#include "core/insight/assembled.h"

#include <map>
#include <tuple>

namespace pushscope {

/// Puts deltas together: shapes (deltashape.h) tell it what an event says, it keeps texts, spans and figures. Bounded:
/// beyond the limits texts are not kept, but counted.
class Assembler
{
public:
    struct Limits
    {
        std::size_t bytes = 16 * 1024 * 1024; ///< of all texts
        std::size_t spans = 400'000;
        std::size_t parts = 10'000;
        std::size_t responses = 2'000; ///< nothing is kept of those after them
        std::size_t words = 1'000;     ///< bytes of an id, name, reason or error
    };

    /// The event that what follows is about.
    struct Event
    {
        Seq seq = {};
        std::int64_t time = 0;
        std::uint64_t read = 0;                     ///< another number for another socket read
        std::optional<std::int64_t> requestAt = {}; ///< of the request that it answers
        AssemblyPreset preset = AssemblyPreset::Recipe;
    };

    Assembler() : Assembler(Limits()) {}
    explicit Assembler(const Limits &limits) : m_limits(limits) {}

    void setEvent(const Event &event);
    /// Whatever comes next belongs to another response: a new request was sent, or the last one was told to be over.
    void endResponse();
    /// The response is over, but for what may still be told of it, as its usage.
    void conclude();

    // For shapes.
    /// The event belongs to the response of this id: another one than that of the current response begins a new one.
    /// Empty: to the current one, or to a new one when there is none.
    void continueResponse(ByteView id);
    /// The event begins a response.
    void beginResponse(ByteView id);
    void setModel(ByteView model);
    /// Adds to the part of this kind, choice and place. An empty text makes no span.
    void append(SpanKind kind, std::uint64_t choice, std::uint64_t place, ByteView text);
    /// For formats that do not number their parts: adds to the last part of the choice when it is of this kind, else to
    /// a new one.
    void appendRun(SpanKind kind, std::uint64_t choice, ByteView text);
    /// A tool call in a part of its own, whole.
    void addToolCall(std::uint64_t choice, ByteView id, ByteView name, ByteView arguments);
    void nameTool(std::uint64_t choice, std::uint64_t place, ByteView id, ByteView name);
    /// Whether nothing was added to a part so far.
    [[nodiscard]] bool isEmpty(SpanKind kind, std::uint64_t choice, std::uint64_t place) const;
    void finish(ByteView reason);
    void addUsage(const TokenUsage &usage);
    /// An error that the stream tells: a part of its own, and in the response's list. It concludes the response.
    void addError(ByteView text);

    [[nodiscard]] const std::vector<AssembledResponse> &responses() const { return m_responses; }
    [[nodiscard]] const std::vector<AssembledPart> &parts() const { return m_parts; }
    /// In the order of their events.
    [[nodiscard]] const std::vector<AssembledSpan> &spans() const { return m_spans; }
    /// The first of an event's spans; spans().size() when it has none.
    [[nodiscard]] std::size_t spanOf(Seq seq) const;
    /// Bytes of text that are not kept, those of responses that are not kept included.
    [[nodiscard]] std::uint64_t leftOut() const { return m_leftOut; }
    [[nodiscard]] std::uint64_t responsesLeftOut() const { return m_responsesLeftOut; }

private:
    using Key = std::tuple<SpanKind, std::uint64_t, std::uint64_t>;    ///< kind, choice, place
    static constexpr std::uint64_t RunPlaces = std::uint64_t(1) << 62; ///< places of parts that have no number
    static constexpr std::uint32_t NoPart = ~std::uint32_t(0);         ///< of a text that is not kept

    AssembledResponse &current() { return m_responsesLeftOut > 0 ? m_unkept : m_responses.back(); }
    AssembledResponse &response();
    void openResponse();
    [[nodiscard]] std::optional<std::uint32_t> partOf(const Key &key);
    void addSpan(std::uint32_t part, ByteView text);
    void countDelta(AssembledResponse &grown);
    [[nodiscard]] std::string shortened(ByteView word) const;

    Limits m_limits;
    Event m_event;
    bool m_isOpen = false;         ///< the current response goes on
    bool m_isEventCounted = false; ///< with the current response
    bool m_isDeltaCounted = false;
    std::uint64_t m_lastRead = 0;
    std::uint64_t m_inRead = 0; ///< events of the last read
    std::vector<AssembledResponse> m_responses;
    std::vector<AssembledPart> m_parts;
    std::vector<AssembledSpan> m_spans;
    std::map<Key, std::uint32_t> m_keys; ///< parts of the current response
    std::map<std::uint64_t, std::pair<Key, std::uint64_t>>
        m_runs; ///< by choice: its last part and how many runs it had
    std::size_t m_bytes = 0;
    std::uint64_t m_leftOut = 0;
    std::uint64_t m_responsesLeftOut = 0;
    AssembledResponse m_unkept; ///< the current one of these
};

} // namespace pushscope
