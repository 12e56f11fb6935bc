#include "tests/core/wire/coding/codingreading.h"

#include "core/wire/coding/contentdecoder.h"
#include "core/wire/coding/contentencoder.h"

#include <numeric>

namespace pushscope::test {

namespace {

void note(CodedReading &reading, const ContentDecoder &decoder)
{
    for (const Finding &finding : decoder.findings()) {
        reading.findings += std::string(ruleInfo(finding.rule).id) + "@" + std::to_string(finding.begin);
        if (finding.argument != 0)
            reading.findings += "=" + std::to_string(finding.argument);
        reading.findings += ' ';
    }
}

std::vector<Bytes> codedPieces(ContentCoding coding, const std::vector<Bytes> &pieces, bool flushed)
{
    const auto encoder = makeContentEncoder(coding);
    std::vector<Bytes> result;
    for (const Bytes &piece : pieces)
        result.push_back(encoder->encode(piece, flushed ? ContentEncoder::Flush::Sync : ContentEncoder::Flush::None));
    result.push_back(encoder->encode({}, ContentEncoder::Flush::End));
    return result;
}

} // namespace

Bytes coded(const std::vector<ContentCoding> &codings, const std::vector<Bytes> &pieces, bool flushed)
{
    std::vector<Bytes> result = pieces;
    for (const ContentCoding coding : codings)
        result = codedPieces(coding, result, flushed);
    return joined(result);
}

CodedReading readCoded(const std::vector<ContentCoding> &codings, const std::vector<Bytes> &pieces, std::size_t room)
{
    ContentDecoder decoder(codings);
    CodedReading reading;
    Bytes plain(room, '\0');
    for (const Bytes &piece : pieces) {
        const std::unique_ptr<char[]> exact(new char[piece.size()]); // whoever reads past its end is caught
        piece.copy(exact.get(), piece.size());
        decoder.feed({exact.get(), piece.size()});
        std::size_t made = 0;
        do {
            made = decoder.next(plain);
            reading.plain.append(plain, 0, made);
            note(reading, decoder);
        } while (made > 0);
    }
    decoder.finish();
    note(reading, decoder);
    reading.problem = decoder.problem();
    return reading;
}

Bytes decompressed(Decompressor &decompressor, ByteView coded, std::size_t room)
{
    Bytes result;
    Bytes plain(room, '\0');
    Decompressor::Progress progress;
    do {
        progress = decompressor.decode(coded, plain);
        coded.remove_prefix(progress.taken);
        result.append(plain, 0, progress.made);
    } while (progress.made == room || (progress.taken > 0 && !coded.empty()));
    return result;
}

std::vector<Bytes> whole(const Bytes &bytes)
{
    return {bytes};
}

std::vector<Bytes> cutAt(const Bytes &bytes, std::size_t at)
{
    return {bytes.substr(0, at), bytes.substr(at)};
}

std::vector<Bytes> byteByByte(const Bytes &bytes)
{
    std::vector<Bytes> pieces;
    for (const char byte : bytes)
        pieces.emplace_back(1, byte);
    return pieces;
}

std::vector<Bytes> someEvents(std::size_t count)
{
    std::vector<Bytes> events;
    for (std::size_t id = 1; id <= count; ++id)
        events.push_back("id: " + std::to_string(id) +
                         "\nevent: tick\ndata: {\"n\":" + std::to_string(id * 7919 % 1000) + "}\n\n");
    return events;
}

Bytes joined(const std::vector<Bytes> &pieces)
{
    return std::accumulate(pieces.begin(), pieces.end(), Bytes());
}

} // namespace pushscope::test
