#include "core/wire/ws/wsendpoint.h"
#include "core/wire/ws/wsframedecoder.h"
#include "tests/fuzz/invariant.h"

#include <string>

using namespace pushscope;

namespace {

/// What came out of a stream, in a form that does not depend on how the stream was cut.
struct Outcome
{
    Bytes encodedAgain; ///< every frame written once more: must be the input
    std::vector<Finding> frameFindings;
    std::vector<Finding> messageFindings;
    std::string messages;
    Bytes answers;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

/// Decoder, assembler and endpoint over a stream that comes in parts of the given size.
class Reader
{
public:
    Reader(Role sender, bool keepPayloads, bool failOnViolation)
        : m_decoder(sender, 1000), m_assembler({.keepPayloads = keepPayloads, .messageLimit = 1500}),
          m_endpoint({.role = sender == Role::Client ? Role::Server : Role::Client,
                      .failOnViolation = failOnViolation,
                      .maskSource = [] { return 0x01020304; }})
    {
    }

    Outcome read(ByteView bytes, std::size_t partSize)
    {
        for (std::size_t at = 0; at < bytes.size(); at += partSize) {
            m_part = bytes.substr(at, partSize);
            m_decoder.feed(m_part);
            drain(bytes);
        }
        m_part = {};
        m_decoder.finish();
        drain(bytes);
        PUSHSCOPE_INVARIANT(m_end == bytes.size());
        PUSHSCOPE_INVARIANT(m_decoder.pendingBytes() == 0);
        while (const auto message = m_assembler.finish()) {
            PUSHSCOPE_INVARIANT(message->abandoned);
            noteFindings();
            note(*message);
        }
        return std::move(m_outcome);
    }

private:
    void drain(ByteView bytes)
    {
        WsFrameFact fact;
        while (m_decoder.next(fact)) {
            checkFact(fact, bytes);
            for (const Finding &finding : m_decoder.findings())
                m_outcome.frameFindings.push_back(finding);
            answer(nullptr, m_decoder.findings());
            const auto message = m_assembler.take(fact);
            if (const auto abandoned = m_assembler.takeAbandoned())
                note(*abandoned);
            noteFindings();
            if (message)
                note(*message);
        }
    }

    void checkFact(const WsFrameFact &fact, ByteView bytes)
    {
        if (fact.kind == WsFrameFact::Kind::Truncated) {
            PUSHSCOPE_INVARIANT(fact.range.end == bytes.size());
            m_outcome.encodedAgain += bytes.substr(m_end);
            m_end = fact.range.end;
            return;
        }
        PUSHSCOPE_INVARIANT(fact.range.begin == m_end);
        PUSHSCOPE_INVARIANT(fact.payload.data() >= m_part.data());
        PUSHSCOPE_INVARIANT(fact.payload.data() + fact.payload.size() <= m_part.data() + m_part.size());
        m_end = fact.range.end;
        if (fact.kind == WsFrameFact::Kind::Frame) {
            WsFrameSpec spec{.fin = fact.header.fin,
                             .rsv = fact.header.rsv,
                             .opcode = fact.header.opcode,
                             .maskingKey = {},
                             .lengthForm = fact.header.lengthForm,
                             .announcedLength = fact.header.payloadLength,
                             .payload = {}};
            if (fact.header.masked)
                spec.maskingKey = fact.header.maskingKey;
            m_outcome.encodedAgain += encodeWsFrame(spec);
        }
        m_outcome.encodedAgain += fact.payload;
    }

    void noteFindings()
    {
        for (const Finding &finding : m_assembler.findings()) {
            PUSHSCOPE_INVARIANT(finding.begin + finding.length <= m_end);
            m_outcome.messageFindings.push_back(finding);
        }
        answer(nullptr, m_assembler.findings());
    }

    void note(const WsMessage &message)
    {
        PUSHSCOPE_INVARIANT(message.payload.size() <= message.payloadBytes);
        for (const std::uint64_t number :
             {static_cast<std::uint64_t>(message.kind), message.firstFrame, message.lastFrame,
              static_cast<std::uint64_t>(message.frames), message.payloadBytes,
              static_cast<std::uint64_t>(message.closeCode), static_cast<std::uint64_t>(message.abandoned)})
            m_outcome.messages += std::to_string(number) + ' ';
        m_outcome.messages += message.payload + '\n';
        answer(&message, {});
    }

    void answer(const WsMessage *message, std::span<const Finding> findings)
    {
        for (const WsFrameSpec &spec : m_endpoint.take(message, findings)) {
            PUSHSCOPE_INVARIANT(!m_closed);
            PUSHSCOPE_INVARIANT(spec.opcode == WsOpcode::Pong || spec.opcode == WsOpcode::Close);
            PUSHSCOPE_INVARIANT(spec.payload.size() <= 125);
            m_closed = spec.opcode == WsOpcode::Close;
            m_outcome.answers += encodeWsFrame(spec);
        }
    }

    WsFrameDecoder m_decoder;
    WsAssembler m_assembler;
    WsEndpoint m_endpoint;
    Outcome m_outcome;
    ByteView m_part;
    std::uint64_t m_end = 0;
    bool m_closed = false;
};

} // namespace

/// However a stream is cut, the same frames, messages, Findings and answers come of it; and the frames are the stream.
/// The first byte chooses the options.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const Role sender = (data[0] & 1) != 0 ? Role::Client : Role::Server;
    const bool keepPayloads = (data[0] & 2) != 0;
    const bool failOnViolation = (data[0] & 4) != 0;
    const ByteView bytes(reinterpret_cast<const char *>(data + 1), size - 1);

    const Outcome whole = Reader(sender, keepPayloads, failOnViolation).read(bytes, size);
    PUSHSCOPE_INVARIANT(whole.encodedAgain == bytes);
    PUSHSCOPE_INVARIANT(whole == Reader(sender, keepPayloads, failOnViolation).read(bytes, 1));
    PUSHSCOPE_INVARIANT(whole == Reader(sender, keepPayloads, failOnViolation).read(bytes, 3 + (data[0] >> 4)));
    return 0;
}
