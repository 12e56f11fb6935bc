#include "core/insight/assembly.h"

#include "core/capture/details/httpdetails.h"
#include "core/capture/details/payload.h"
#include "core/capture/details/ssedetails.h"
#include "core/insight/recordwalk.h"

#include <algorithm>
#include <utility>

namespace pushscope {

Assembly::Assembly(std::shared_ptr<const Capture> capture, SessionId session, Choice choice)
    : m_capture(std::move(capture)), m_session(session), m_choice(std::move(choice))
{
    if (m_choice.preset)
        use(*m_choice.preset);
    if (m_choice.companion.isValid())
        m_position = m_choice.companion.value - 1;
}

Assembly::~Assembly() = default;

bool Assembly::advance(std::uint64_t limit)
{
    return forEachRecord(*m_capture, m_position, limit, [this](Seq seq, const Record &record) {
        if (record.session == m_session.value && isOurs(seq, record))
            take(seq, record);
    });
}

/// What a request beside the stream brings is no part of what the stream says, nor of what another brings.
bool Assembly::isOurs(Seq seq, const Record &record)
{
    const bool isCompanion = record.has(RecordFlag::Companion);
    if (!m_choice.companion.isValid())
        return !isCompanion;
    const Record &request = m_capture->record(m_choice.companion);
    if (m_isOver || !isCompanion || record.connection != request.connection || record.stream != request.stream)
        return false;
    m_isOver = record.kind == RecordKind::HttpRequest && seq != m_choice.companion;
    return !m_isOver;
}

void Assembly::take(Seq seq, const Record &record)
{
    const bool isMessage = record.kind == RecordKind::SseEvent || record.kind == RecordKind::StreamLine ||
                           record.kind == RecordKind::WsText;
    if (isMessage && record.direction != Direction::Out)
        takeMessage(seq, record);
    else if (record.kind == RecordKind::HttpRequest || record.kind == RecordKind::WsText)
        takeRequest(record);
    else if (record.kind == RecordKind::HttpResponse)
        takeAnswer(seq);
    else if (record.kind == RecordKind::HttpBody && record.direction == Direction::In)
        takeBody(seq, record);
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

void Assembly::takeAnswer(Seq seq)
{
    const HttpHead head = httpHeadOf(*m_capture, seq);
    if (head.isInterim())
        return;
    m_status = head.status;
    ++m_revision;
}

/// An answer that is no stream. A model's server that refuses says why in JSON: in the member "error", of an array's
/// first (Gemini), or in "message" or "detail" where it is not its own maker's.
void Assembly::takeBody(Seq seq, const Record &record)
{
    constexpr int FirstError = 400; // RFC 9110 section 15.5
    if (m_status < FirstError || record.originLength > LongestMessage)
        return;
    const auto document = JsonDocument::parse(payloadOf(*m_capture, seq, LongestMessage).bytes);
    if (!document)
        return;
    const JsonValue whole(*document);
    const JsonValue body = whole.isArray() ? whole.at(0) : whole;
    JsonValue error = body["error"];
    if (!error || error.isWord("null"))
        error = body["detail"].isString() ? body["detail"] : body;
    if (!error.isString() && !error["message"].isString())
        return;
    m_texts.setEvent(eventOf(seq));
    m_texts.addError("HTTP " + std::to_string(m_status) + ": " + describeStreamError(error));
    m_texts.endResponse();
    m_requestAt.reset();
    ++m_revision;
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
    ++m_revision;
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

Assembler::Event Assembly::eventOf(Seq seq) const
{
    const std::int64_t time = m_capture->record(seq).time;
    return {.seq = seq,
            .time = time,
            .read = static_cast<std::uint64_t>(time),
            .requestAt = m_requestAt,
            .preset = m_preset.value_or(AssemblyPreset::Recipe)};
}

void Assembly::assemble(Seq seq, const DeltaEvent &event)
{
    m_texts.setEvent(eventOf(seq));
    const std::size_t before = m_texts.responses().size();
    if (!m_shape->take(event, m_texts))
        ++m_unknown;
    // A request has one response to be timed with: a second one began when the first was over.
    if (m_texts.responses().size() > before)
        m_requestAt.reset();
}

} // namespace pushscope
