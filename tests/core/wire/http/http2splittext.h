#pragma once

#include "core/wire/http/http2splitter.h"

#include <string>
#include <vector>

namespace pushscope::test {

/// What Http2Splitter makes of a direction, as lines of text that don't depend on how it was cut: `preface 0-24`,
/// `9-20 DATA flags 1 stream 1 "content"`, `0-30 junk "..."`, with Findings as wstext.h shows them, and a line for each
/// field of a block. What must hold however the input is cut is checked on the way: a line that begins with `BROKEN`
/// says what does not.
class Http2SplitText
{
public:
    explicit Http2SplitText(Http2Splitter &splitter) : m_splitter(splitter) {}

    void feed(ByteView part);
    [[nodiscard]] std::string finish();

private:
    void drain();
    void take(const Http2Fact &fact);
    void takeBegin(const Http2Fact &fact);
    void takeData(const Http2Fact &fact);
    void takeEnd(const Http2Fact &fact);
    void takeJunk(const Http2Fact &fact);
    void expect(bool holds, const char *what);

    Http2Splitter &m_splitter;
    ByteView m_part;
    std::uint64_t m_fed = 0;
    std::uint64_t m_end = 0; ///< where the last preface, frame or junk ended
    bool m_isInside = false;
    Http2FrameHeader m_frame;
    std::uint64_t m_begin = 0;
    Bytes m_data;
    std::string m_findings; ///< of the frame's Begin
    Bytes m_junk;
    std::string m_text;
};

/// Of `parts` one after the other.
[[nodiscard]] std::string showSplit(const std::vector<ByteView> &parts, Http2Splitter::Sender sender,
                                    std::uint64_t headLimit = 256 * 1024);

} // namespace pushscope::test
