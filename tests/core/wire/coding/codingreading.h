#pragma once

#include "core/base/bytes.h"
#include "core/wire/coding/contentcoding.h"
#include "core/wire/coding/decompressor.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace pushscope::test {

/// A text applied with the codings in that order, each flushed behind every piece when `flushed`.
[[nodiscard]] Bytes coded(const std::vector<ContentCoding> &codings, const std::vector<Bytes> &pieces,
                          bool flushed = false);
[[nodiscard]] inline Bytes coded(ContentCoding coding, const Bytes &text)
{
    return coded(std::vector<ContentCoding>{coding}, {text});
}

/// What a ContentDecoder makes of coded content.
struct CodedReading
{
    Bytes plain;
    std::string findings; ///< "http.content-coding-cut@12 ", each with its argument when it has one
    std::string problem;
    friend bool operator==(const CodedReading &, const CodedReading &) = default;
};
[[nodiscard]] CodedReading readCoded(const std::vector<ContentCoding> &codings, const std::vector<Bytes> &pieces,
                                     std::size_t room = 64 * 1024);

/// All that a decompressor makes of one piece.
[[nodiscard]] Bytes decompressed(Decompressor &decompressor, ByteView coded, std::size_t room = 64 * 1024);

[[nodiscard]] std::vector<Bytes> whole(const Bytes &bytes);
[[nodiscard]] std::vector<Bytes> cutAt(const Bytes &bytes, std::size_t at);
[[nodiscard]] std::vector<Bytes> byteByByte(const Bytes &bytes);

/// Events as a feed sends them.
[[nodiscard]] std::vector<Bytes> someEvents(std::size_t count);
[[nodiscard]] Bytes joined(const std::vector<Bytes> &pieces);

} // namespace pushscope::test
