#include "core/insight/assembler.h"

#include <algorithm>
#include <utility>

namespace pushscope {

std::string_view word(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Text: return "text";
    case SpanKind::Reasoning: return "reasoning";
    case SpanKind::ToolCall: return "tool call";
    case SpanKind::Refusal: return "refusal";
    case SpanKind::Error: return "error";
    }
    return {};
}

std::string_view word(AssemblyPreset preset)
{
    switch (preset) {
    case AssemblyPreset::OpenAiChat: return "openai-chat";
    case AssemblyPreset::OpenAiResponses: return "openai-responses";
    case AssemblyPreset::Anthropic: return "anthropic";
    case AssemblyPreset::Gemini: return "gemini";
    case AssemblyPreset::Ollama: return "ollama";
    case AssemblyPreset::Recipe: return "recipe";
    }
    return {};
}

void TokenUsage::merge(const TokenUsage &later)
{
    const auto take = [](std::optional<std::uint64_t> &own, const std::optional<std::uint64_t> &told) {
        if (told)
            own = told;
    };
    take(input, later.input);
    take(output, later.output);
    take(reasoning, later.reasoning);
    take(cached, later.cached);
    take(total, later.total);
}

void Assembler::setEvent(const Event &event)
{
    m_event = event;
    m_isEventCounted = false;
    m_isDeltaCounted = false;
}

void Assembler::endResponse()
{
    conclude();
    m_isOpen = false;
}

void Assembler::conclude()
{
    if (m_isOpen)
        current().isDone = true;
}

void Assembler::continueResponse(ByteView id)
{
    if (m_isOpen && !id.empty() && !current().id.empty() && current().id != shortened(id))
        endResponse();
    if (AssembledResponse &continued = response(); continued.id.empty())
        continued.id = shortened(id);
}

void Assembler::beginResponse(ByteView id)
{
    endResponse();
    response().id = shortened(id);
}

/// The current response, a new one if there is none; the event is counted to it.
AssembledResponse &Assembler::response()
{
    if (!m_isOpen)
        openResponse();
    AssembledResponse &asked = current();
    if (!std::exchange(m_isEventCounted, true)) {
        ++asked.events;
        asked.last = m_event.seq;
        asked.lastEventAt = m_event.time;
        const bool isSameRead = asked.reads > 0 && m_lastRead == m_event.read;
        m_inRead = isSameRead ? m_inRead + 1 : 1;
        asked.reads += isSameRead ? 0 : 1;
        asked.mostInRead = std::max(asked.mostInRead, m_inRead);
        m_lastRead = m_event.read;
    }
    return asked;
}

void Assembler::openResponse()
{
    if (m_responses.size() < m_limits.responses)
        m_responses.emplace_back();
    else
        ++m_responsesLeftOut;
    AssembledResponse &opened = current();
    opened = AssembledResponse();
    opened.preset = m_event.preset;
    opened.first = m_event.seq;
    opened.firstSpan = m_spans.size();
    opened.firstEventAt = m_event.time;
    opened.requestAt = m_event.requestAt;
    opened.rate.begin(opened.beganAt());
    m_isOpen = true;
    m_isEventCounted = false;
    m_keys.clear();
    m_runs.clear();
}

void Assembler::setModel(ByteView model)
{
    if (AssembledResponse &asked = response(); asked.model.empty())
        asked.model = shortened(model);
}

std::optional<std::uint32_t> Assembler::partOf(const Key &key)
{
    if (const auto found = m_keys.find(key); found != m_keys.end())
        return found->second == NoPart ? std::nullopt : std::optional(found->second);
    if (m_parts.size() >= m_limits.parts || m_responsesLeftOut > 0) {
        if (m_keys.size() < m_limits.parts)
            m_keys.emplace(key, NoPart);
        return {};
    }
    const auto index = static_cast<std::uint32_t>(m_parts.size());
    AssembledPart &part = m_parts.emplace_back();
    part.kind = std::get<SpanKind>(key);
    part.choice = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::get<1>(key), ~std::uint32_t(0)));
    part.response = static_cast<std::uint32_t>(m_responses.size() - 1);
    m_keys.emplace(key, index);
    return index;
}

void Assembler::append(SpanKind kind, std::uint64_t choice, std::uint64_t place, ByteView text)
{
    AssembledResponse &asked = response();
    if (text.empty())
        return;
    if (kind != SpanKind::Error)
        countDelta(asked);
    const Key key{kind, choice, place};
    if (const auto part = partOf(key))
        addSpan(*part, text);
    else
        m_leftOut += text.size();
    m_runs[std::min<std::uint64_t>(choice, m_limits.parts)].first = key;
}

void Assembler::appendRun(SpanKind kind, std::uint64_t choice, ByteView text)
{
    (void)response();
    auto &[last, runs] = m_runs[std::min<std::uint64_t>(choice, m_limits.parts)];
    const bool goesOn = runs > 0 && std::get<SpanKind>(last) == kind;
    const std::uint64_t place = goesOn ? std::get<2>(last) : RunPlaces + runs;
    if (!text.empty() && !goesOn)
        ++runs;
    append(kind, choice, place, text);
}

void Assembler::addToolCall(std::uint64_t choice, ByteView id, ByteView name, ByteView arguments)
{
    (void)response();
    auto &[last, runs] = m_runs[std::min<std::uint64_t>(choice, m_limits.parts)];
    const std::uint64_t place = RunPlaces + runs++;
    nameTool(choice, place, id, name);
    append(SpanKind::ToolCall, choice, place, arguments);
}

void Assembler::nameTool(std::uint64_t choice, std::uint64_t place, ByteView id, ByteView name)
{
    (void)response();
    const auto part = partOf({SpanKind::ToolCall, choice, place});
    if (!part)
        return;
    if (m_parts[*part].id.empty())
        m_parts[*part].id = shortened(id);
    // Some servers send a name in pieces as well, others send it whole with each delta.
    if (std::string &own = m_parts[*part].name; own != name && own.size() + name.size() <= m_limits.words)
        own.append(name);
}

bool Assembler::isEmpty(SpanKind kind, std::uint64_t choice, std::uint64_t place) const
{
    const auto found = m_keys.find({kind, choice, place});
    const bool isKept = found != m_keys.end() && found->second != NoPart;
    return !m_isOpen || found == m_keys.end() || (isKept && m_parts[found->second].text.empty());
}

void Assembler::addSpan(std::uint32_t part, ByteView text)
{
    std::string &whole = m_parts[part].text;
    if (m_bytes + text.size() > m_limits.bytes || m_spans.size() >= m_limits.spans) {
        m_leftOut += text.size();
        return;
    }
    m_bytes += text.size();
    const auto begin = static_cast<std::uint32_t>(whole.size());
    whole.append(text);
    // What an event adds to a part in two pieces is one span.
    if (!m_spans.empty() && m_spans.back().seq == m_event.seq && m_spans.back().part == part)
        m_spans.back().end = static_cast<std::uint32_t>(whole.size());
    else
        m_spans.push_back({part, begin, static_cast<std::uint32_t>(whole.size()), m_event.seq});
}

void Assembler::countDelta(AssembledResponse &grown)
{
    grown.isDone = false; // one of several choices was, or not all of it
    if (std::exchange(m_isDeltaCounted, true))
        return;
    if (!grown.firstTokenAt) {
        grown.firstTokenAt = m_event.time;
    } else if (m_event.time - grown.lastTokenAt > grown.longestPause) {
        grown.longestPause = m_event.time - grown.lastTokenAt;
        grown.longestPauseEnd = m_event.seq;
    }
    grown.lastTokenAt = m_event.time;
    ++grown.deltas;
    grown.rate.add(m_event.time);
}

void Assembler::finish(ByteView reason)
{
    constexpr std::size_t MostChoices = 128;
    if (AssembledResponse &asked = response(); !reason.empty() && asked.finishReasons.size() < MostChoices)
        asked.finishReasons.push_back(shortened(reason));
}

void Assembler::addUsage(const TokenUsage &usage)
{
    response().usage.merge(usage);
}

void Assembler::addError(ByteView text)
{
    constexpr std::size_t MostErrors = 100;
    AssembledResponse &failed = response();
    conclude();
    if (failed.errors.size() >= MostErrors)
        return;
    failed.errors.push_back(shortened(text));
    append(SpanKind::Error, 0, failed.errors.size(), failed.errors.back());
}

std::size_t Assembler::spanOf(Seq seq) const
{
    const auto found = std::ranges::lower_bound(m_spans, seq, {}, &AssembledSpan::seq);
    return found != m_spans.end() && found->seq == seq ? static_cast<std::size_t>(found - m_spans.begin())
                                                       : m_spans.size();
}

std::string Assembler::shortened(ByteView word) const
{
    return std::string(word.substr(0, m_limits.words));
}

} // namespace pushscope
