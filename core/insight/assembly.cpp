#include "core/insight/assembly.h"

#include "core/capture/details/payload.h"
#include "core/capture/details/ssedetails.h"

#include <algorithm>
#include <utility>

namespace pushscope {

Assembly::Assembly(std::shared_ptr<const Capture> capture, SessionId session, Choice choice)
    : m_capture(std::move(capture)), m_session(session), m_choice(std::move(choice))
{
    if (m_choice.preset)
        use(*m_choice.preset);
}

Assembly::~Assembly() = default;

bool Assembly::advance(std::uint64_t limit)
{
    const std::uint64_t records = m_capture->counts().records;
    const std::uint64_t end = m_position + std::min(limit, records - m_position);
    while (m_position < end) {
        const Seq seq(++m_position);
        const Record &record = m_capture->record(seq);
        if (record.session == m_session.value)
            take(seq, record);
    }
    return end < records;
}

/// What a request beside the stream brings is no part of what the stream says.
void Assembly::take(Seq seq, const Record &record)
{
    if (record.has(RecordFlag::Companion))
        return;
    const bool isMessage = record.kind == RecordKind::SseEvent || record.kind == RecordKind::StreamLine ||
                           record.kind == RecordKind::WsText;
    if (isMessage && record.direction != Direction::Out)
        takeMessage(seq, record);
    else if (record.kind == RecordKind::HttpRequest || record.kind == RecordKind::WsText)
        takeRequest(record);
}

/// A request over HTTP, or a message of ours over a WebSocket.
void Assembly::takeRequest(const Record &record)
{
    m_requestAt = record.time;
    m_texts.endResponse();
    m_undecided.clear();
    if (!m_choice.preset) {
        m_preset.reset();
        m_shape.reset();
    }
}

template <class Use>
void Assembly::read(Seq seq, Use useEvent)
{
    DeltaEvent event;
    Bytes type;
    Bytes data;
    if (m_capture->record(seq).kind == RecordKind::SseEvent) {
        SseBlock block = sseBlockOf(*m_capture, seq);
        type = std::move(block.type);
        data = std::move(block.data);
    } else {
        data = payloadOf(*m_capture, seq, LongestMessage).bytes;
    }
    const auto document = JsonDocument::parse(data);
    event.type = type.empty() ? ByteView("message") : ByteView(type);
    event.data = data;
    if (document)
        event.json = JsonValue(*document);
    useEvent(event);
}

void Assembly::takeMessage(Seq seq, const Record &record)
{
    ++m_messages;
    if (record.originLength > LongestMessage) {
        ++m_tooLong;
        return;
    }
    read(seq, [this, seq](const DeltaEvent &event) {
        if (m_shape)
            assemble(seq, event);
        else
            detect(seq, event);
    });
}

/// What came before the format was seen is put together once it is.
void Assembly::detect(Seq seq, const DeltaEvent &event)
{
    const auto preset = presetOf(event);
    if (!preset) {
        if (m_undecided.size() < FirstMessages)
            m_undecided.push_back(seq);
        else
            ++m_unknown;
        return;
    }
    use(*preset);
    for (const Seq before : std::exchange(m_undecided, {}))
        read(before, [this, before](const DeltaEvent &earlier) { assemble(before, earlier); });
    assemble(seq, event);
}

void Assembly::use(AssemblyPreset preset)
{
    m_preset = preset;
    switch (preset) {
    case AssemblyPreset::OpenAiChat: m_shape = makeOpenAiChatShape(); return;
    case AssemblyPreset::OpenAiResponses: m_shape = makeOpenAiResponsesShape(); return;
    case AssemblyPreset::Anthropic: m_shape = makeAnthropicShape(); return;
    case AssemblyPreset::Gemini: m_shape = makeGeminiShape(); return;
    case AssemblyPreset::Ollama: m_shape = makeOllamaShape(); return;
    case AssemblyPreset::Recipe: m_shape = makeRecipeShape(m_choice.recipe); return;
    }
}

void Assembly::assemble(Seq seq, const DeltaEvent &event)
{
    const Record &record = m_capture->record(seq);
    m_texts.setEvent({.seq = seq,
                      .time = record.time,
                      .read = static_cast<std::uint64_t>(record.time),
                      .requestAt = m_requestAt,
                      .preset = *m_preset});
    const std::size_t before = m_texts.responses().size();
    if (!m_shape->take(event, m_texts))
        ++m_unknown;
    // A request has one response to be timed with: a second one began when the first was over.
    if (m_texts.responses().size() > before)
        m_requestAt.reset();
}

} // namespace pushscope
