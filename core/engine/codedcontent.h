#pragma once

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/engine/recorder.h"
#include "core/wire/coding/contentcoding.h"
#include "core/wire/coding/contentdecoder.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pushscope {

/// The storey between an answer's content and what stands above it, where content codings wrap the content (RFC 9110
/// section 8.4): appends the plain bytes to the byte log, once, and knows which records brought the coded bytes that
/// they came of. Records what the codings did (CodingFacts).
class CodedContent
{
public:
    /// `received` locates the coded bytes, of which none has come yet; `head` is the answer's record.
    CodedContent(Recorder &recorder, Trail &received, ContentCodings codings, Seq head);

    /// Coded bytes that the trail has already.
    void feed(ByteView coded);
    /// The next plain bytes of them, in the log and in the trail; empty when no more come.
    [[nodiscard]] ByteView next();
    /// What next() gave last became so many messages.
    void noteMessages(std::uint64_t count);
    /// Nobody wants the rest.
    void abandon() { m_abandoned = true; }
    /// The content ended, whatever stands above it has heard so.
    void finish();

    [[nodiscard]] Trail &trail() { return m_plain; }
    /// The content may not end here.
    [[nodiscard]] bool isInside() const;
    /// It can't be decoded any further.
    [[nodiscard]] bool isBroken() const { return !m_decoder.problem().empty(); }
    [[nodiscard]] bool isBomb() const { return m_decoder.isBomb(); }
    [[nodiscard]] Error error() const { return {ErrorCode::HttpCoding, m_decoder.problem()}; }

private:
    Seq recordTotals();
    void takeFindings();
    void settleDelay();

    Recorder &m_recorder;
    Trail &m_received;
    Trail m_plain;
    std::string m_words;
    ContentDecoder m_decoder;
    Seq m_head;
    const ReleaseMarks::Hold m_plainHold{m_recorder.writer().marks(), m_plain};
    const ReleaseMarks::Hold m_headHold{m_recorder.writer().marks(), m_head};
    std::vector<Finding> m_findings; ///< for the last totals
    std::uint64_t m_begin;           ///< of the content in what was received
    Seq m_carrier;                   ///< of the bytes that were fed last
    Seq m_firstCarrier;              ///< of the first that the plain bytes now come of
    bool m_isSilent = false;         ///< nothing came of what was fed last, so far
    std::optional<Stamp> m_heldSince;
    std::int64_t m_delay = 0; ///< nanoseconds
    std::uint64_t m_messages = 0;
    bool m_abandoned = false;
};

/// An answer, and what its request asked for.
struct CodedAnswer
{
    const Headers &request;
    const Headers &answer;
    Seq head;
};
/// Null where no coding wraps the content, or one that is unknown. What is remarkable about it is told of the head.
[[nodiscard]] std::unique_ptr<CodedContent> openCodedContent(Recorder &recorder, Trail &received,
                                                             const CodedAnswer &answer);

} // namespace pushscope
