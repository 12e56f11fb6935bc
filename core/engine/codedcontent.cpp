#include "core/engine/codedcontent.h"

#include <algorithm>
#include <span>
#include <utility>

namespace pushscope {

namespace {

constexpr std::size_t PieceBytes = 64 * 1024;
constexpr std::uint64_t MessagesATotal = 1'000;

} // namespace

CodedContent::CodedContent(Recorder &recorder, Trail &received, ContentCodings codings, Seq head)
    : m_recorder(recorder), m_received(received), m_words(std::move(codings.words)), m_decoder(codings.applied),
      m_head(head), m_begin(received.end())
{
}

void CodedContent::feed(ByteView coded)
{
    m_received.forget(m_received.end() - coded.size());
    m_carrier = m_received.carrierAt(m_received.end() - 1);
    if (!m_heldSince)
        m_firstCarrier = m_carrier;
    m_isSilent = true;
    m_decoder.feed(coded);
}

ByteView CodedContent::next()
{
    CaptureWriter &writer = m_recorder.writer();
    const std::span<char> room = writer.reserve(PieceBytes);
    if (room.empty() || m_abandoned)
        return {};
    const std::size_t made = m_decoder.next(room);
    takeFindings();
    if (made == 0) {
        settleDelay();
        m_received.forget(m_begin + m_decoder.codedBytes()); // what is left tells the rest of a broken content
        return {};
    }
    m_isSilent = false;
    if (const auto since = std::exchange(m_heldSince, std::nullopt))
        m_delay += m_recorder.now() - *since;
    m_plain.append(writer.commit(made), made, m_carrier, m_firstCarrier);
    return {room.data(), made};
}

/// Bytes that nothing came of lie here until something does.
void CodedContent::settleDelay()
{
    if (!m_isSilent)
        return;
    if (!m_decoder.holdsContent())
        m_heldSince.reset();
    else if (!m_heldSince)
        m_heldSince = m_recorder.now();
}

/// What is wrong with the head's words is told of the head, all else when the totals are recorded that it belongs to.
void CodedContent::takeFindings()
{
    for (const Finding &finding : m_decoder.findings()) {
        if (finding.rule == Rule::HttpContentCodingRawDeflate)
            m_recorder.findings(m_head, 0, {&finding, 1});
        else
            m_findings.push_back(finding);
    }
}

void CodedContent::noteMessages(std::uint64_t count)
{
    m_messages += count;
    if (m_messages < MessagesATotal)
        return;
    m_messages %= MessagesATotal;
    recordTotals();
}

Seq CodedContent::recordTotals()
{
    CodingFacts facts;
    facts.coding = m_words;
    facts.wire = m_received.end() - m_begin;
    facts.plain = m_decoder.plainBytes();
    facts.delayMs = milliseconds(m_delay);
    Record record = m_recorder.begin(RecordKind::Coding, Direction::In);
    const std::uint64_t rest = m_begin + m_decoder.codedBytes();
    if (isBroken() && rest < m_received.end())
        m_received.locate({rest, m_received.end()}, record, m_recorder.writer());
    m_recorder.setDerived(record, encode(facts));
    return m_recorder.append(record);
}

void CodedContent::finish()
{
    if (m_received.end() == m_begin)
        return; // an answer without content (RFC 9110 section 6.4) has nothing to decode
    if (!m_abandoned) {
        m_decoder.finish();
        takeFindings();
    }
    const Seq totals = recordTotals();
    m_recorder.findings(totals, m_decoder.codedBytes(), m_findings);
}

bool CodedContent::isInside() const
{
    return !m_abandoned && m_decoder.isInside();
}

std::unique_ptr<CodedContent> openCodedContent(Recorder &recorder, Trail &received, const CodedAnswer &answer)
{
    ContentCodings codings = contentCodings(answer.answer);
    if (!codings.isCoded())
        return nullptr;
    const std::vector<std::string> names = answer.answer.list("Content-Encoding");
    const bool isAsked = std::all_of(names.begin(), names.end(), [&answer](const std::string &name) {
        return equalsIgnoreCase(name, "identity") || offersCoding(answer.request, name);
    });
    const Finding unasked{Rule::HttpContentCodingUnasked};
    const Finding unknown{Rule::HttpContentCodingUnknown};
    if (!isAsked)
        recorder.findings(answer.head, 0, {&unasked, 1});
    if (codings.isKnown)
        return std::make_unique<CodedContent>(recorder, received, std::move(codings), answer.head);
    recorder.findings(answer.head, 0, {&unknown, 1});
    return nullptr;
}

} // namespace pushscope
