#pragma once

#include "core/wire/http/http2codec.h"

#include <QTest>

#include <string>

/// So that a failure shows the texts.
template <>
inline char *QTest::toString(const std::string &text)
{
    return qstrdup(("\n" + text).c_str());
}

namespace pushscope::test {

/// Bytes as printable text.
[[nodiscard]] std::string escaped(ByteView bytes);

/// An HTTP/2 codec's facts as lines of text: stream, kind, what it says. Neighbouring pieces of one stream's content
/// are one line, so that the text doesn't depend on how the input was cut.
class Http2FactText
{
public:
    void add(const HttpFact &fact);
    /// Takes all facts of a codec.
    void drain(Http2Codec &codec);
    /// What came since the last take().
    [[nodiscard]] std::string take();

private:
    void flush();

    std::string m_text;
    std::uint32_t m_runStream = 0;
    Bytes m_run;
    std::uint64_t m_runEnd = 0;
};

} // namespace pushscope::test
