#include "tests/core/wire/ws/wstext.h"

#include "core/wire/ws/wsframedecoder.h"

#include <algorithm>

namespace pushscope::test {

namespace {

/// Puts the facts of one frame together again and watches what holds between facts.
class FrameLines
{
public:
    void take(const WsFrameFact &fact, ByteView input, std::span<const Finding> findings)
    {
        if (fact.kind == WsFrameFact::Kind::Truncated) {
            flush("cut");
            m_lines += number(fact.range.begin) + '-' + number(fact.range.end) + " truncated " + head(fact.header) +
                       show(findings) + '\n';
            return;
        }
        checkPlace(fact, input);
        if (fact.kind == WsFrameFact::Kind::Frame) {
            flush("cut");
            m_open = true;
            m_header = fact.header;
            m_begin = fact.range.begin;
            m_payload.clear();
            m_findings = show(findings);
        } else if (!findings.empty()) {
            broken("a Payload fact has Findings");
        }
        if (!(fact.header == m_header))
            broken("the header changed inside a frame");
        if (fact.payloadOffset != m_payload.size())
            broken("payloadOffset");
        m_payload += fact.payload;
        m_end = fact.range.end;
        if (fact.complete != (m_payload.size() == m_header.payloadLength))
            broken("complete");
        if (fact.complete)
            flush("");
    }
    QByteArray finish()
    {
        flush("cut");
        return m_lines;
    }

private:
    static QByteArray number(std::uint64_t value) { return QByteArray::number(static_cast<qulonglong>(value)); }
    static QByteArray head(const WsFrameHeader &header)
    {
        QByteArray line = header.fin ? "fin " : "";
        if (header.rsv != 0)
            line += "rsv" + number(header.rsv) + ' ';
        line += QByteArray(word(header.opcode).data(), static_cast<qsizetype>(word(header.opcode).size()));
        if (header.masked)
            line += " mask=" + QByteArray(reinterpret_cast<const char *>(header.maskingKey.data()), 4).toHex();
        if (header.lengthForm != WsLengthForm::Seven)
            line += header.lengthForm == WsLengthForm::Sixteen ? " 16:" : " 64:";
        else
            line += ' ';
        return line + number(header.payloadLength);
    }
    void checkPlace(const WsFrameFact &fact, ByteView input)
    {
        if (fact.range.begin != m_end)
            broken("the range does not begin where the one before ended");
        const bool inside = fact.payload.data() >= input.data() &&
                            fact.payload.data() + fact.payload.size() <= input.data() + input.size();
        if (!inside)
            broken("the payload was copied");
    }
    void flush(QByteArray state)
    {
        if (!m_open)
            return;
        m_open = false;
        m_lines += number(m_begin) + '-' + number(m_end) + ' ' + head(m_header) + ' ' + show(m_payload) +
                   (state.isEmpty() ? "" : ' ' + state) + m_findings + '\n';
    }
    void broken(const char *what) { m_lines += QByteArray("BROKEN ") + what + '\n'; }

    QByteArray m_lines;
    QByteArray m_findings;
    WsFrameHeader m_header;
    Bytes m_payload;
    std::uint64_t m_begin = 0;
    std::uint64_t m_end = 0;
    bool m_open = false;
};

void decode(const std::vector<ByteView> &parts, WsFrameDecoder &decoder,
            const std::function<void(const WsFrameFact &, ByteView input)> &take)
{
    WsFrameFact fact;
    for (const ByteView part : parts) {
        decoder.feed(part);
        while (decoder.next(fact))
            take(fact, part);
    }
    decoder.finish();
    while (decoder.next(fact))
        take(fact, {});
}

} // namespace

Bytes bytesOf(std::string_view notation)
{
    Bytes bytes;
    std::size_t at = 0;
    while (at < notation.size()) {
        const std::string_view rest = notation.substr(at);
        if (rest[0] == '"') {
            const std::size_t end = rest.find('"', 1);
            const std::string_view text = rest.substr(1, end - 1);
            at += end + 1;
            std::size_t times = 1;
            if (at < notation.size() && notation[at] == '*') {
                std::size_t used = 0;
                times = std::stoul(std::string(notation.substr(at + 1)), &used);
                at += 1 + used;
            }
            for (; times > 0; --times)
                bytes += text;
        } else if (rest[0] == ' ') {
            ++at;
        } else {
            bytes += QByteArray::fromHex(QByteArray(rest.data(), 2)).toStdString();
            at += 2;
        }
    }
    return bytes;
}

QByteArray show(ByteView bytes)
{
    const QByteArray copy(bytes.data(), static_cast<qsizetype>(bytes.size()));
    const bool printable =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"'; });
    if (bytes.size() > 64)
        return '(' + QByteArray::number(copy.size()) + " bytes)";
    return printable ? '"' + copy + '"' : copy.toHex();
}

QByteArray show(std::span<const Finding> findings)
{
    QByteArray line;
    for (const Finding &finding : findings) {
        const std::string_view id = ruleInfo(finding.rule).id;
        line += " !" + QByteArray(id.data(), static_cast<qsizetype>(id.size())) + '@' +
                QByteArray::number(static_cast<qulonglong>(finding.begin)) + '+' + QByteArray::number(finding.length);
        if (finding.argument != 0)
            line += '(' + QByteArray::number(static_cast<qlonglong>(finding.argument)) + ')';
    }
    return line;
}

QByteArray show(const WsMessage &message)
{
    static constexpr const char *kinds[]{"text", "binary", "ping", "pong", "close"};
    QByteArray line = kinds[static_cast<std::size_t>(message.kind)];
    if (message.compressed)
        line += " compressed";
    line += " #" + QByteArray::number(static_cast<qulonglong>(message.firstFrame));
    if (message.frames != 1 || message.lastFrame != message.firstFrame)
        line += "-#" + QByteArray::number(static_cast<qulonglong>(message.lastFrame)) + '/' +
                QByteArray::number(message.frames);
    if (message.kind == WsMessage::Kind::Close)
        line += " code=" + QByteArray::number(message.closeCode);
    line += " bytes=" + QByteArray::number(static_cast<qulonglong>(message.payloadBytes));
    if (!message.payload.empty())
        line += ' ' + show(message.payload);
    return message.abandoned ? line + " abandoned" : line;
}

void forEachCut(ByteView input, const std::function<void(const std::vector<ByteView> &parts)> &run)
{
    run({input});
    for (std::size_t cut = 0; cut <= input.size(); ++cut)
        run({input.substr(0, cut), input.substr(cut)});
    std::vector<ByteView> bytes;
    for (std::size_t at = 0; at < input.size(); ++at)
        bytes.push_back(input.substr(at, 1));
    run(bytes);
}

QByteArray showFrames(const std::vector<ByteView> &parts, Role sender, std::uint32_t frameLimit,
                      std::uint8_t allowedReservedBits)
{
    WsFrameDecoder decoder(sender, frameLimit);
    decoder.setAllowedReservedBits(allowedReservedBits);
    FrameLines lines;
    decode(parts, decoder,
           [&](const WsFrameFact &fact, ByteView input) { lines.take(fact, input, decoder.findings()); });
    return lines.finish();
}

QByteArray showMessages(const std::vector<ByteView> &parts, Role sender, WsAssembler::Options options)
{
    WsFrameDecoder decoder(sender);
    WsAssembler assembler(options);
    QByteArray lines;
    QByteArray findings;
    const auto add = [&](const std::optional<WsMessage> &message) {
        if (!message)
            return;
        lines += show(*message) + findings + '\n';
        findings.clear();
    };
    decode(parts, decoder, [&](const WsFrameFact &fact, ByteView) {
        const auto message = assembler.take(fact);
        add(assembler.takeAbandoned());
        findings += show(assembler.findings());
        add(message);
    });
    while (const auto message = assembler.finish()) {
        findings += show(assembler.findings());
        add(message);
    }
    return findings.isEmpty() ? lines : lines + findings.trimmed() + '\n';
}

} // namespace pushscope::test
