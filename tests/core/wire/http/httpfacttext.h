#pragma once

#include "core/base/finding.h"
#include "core/wire/http/httpfact.h"

#include <span>
#include <string>

namespace pushscope::test {

/// Facts as lines of text: range, kind, what it says, Findings in braces. Neighbouring pieces of a body or of junk are
/// one line, so that the text doesn't depend on how the input was cut.
class HttpFactText
{
public:
    void add(const HttpFact &fact, std::span<const Finding> findings);
    /// Takes all facts of a parser or codec.
    template <class Source>
    void drain(Source &source)
    {
        HttpFact fact;
        while (source.next(fact))
            add(fact, source.findings());
        if (!source.findings().empty()) {
            flush();
            m_text += printed(source.findings()).substr(1) + '\n';
        }
    }

    [[nodiscard]] std::string text();
    /// Where the last range ended; "GAP" stands in the text where ranges don't touch.
    [[nodiscard]] std::uint64_t end() const { return m_end; }

private:
    void flush();
    [[nodiscard]] static std::string printed(std::span<const Finding> findings);

    std::string m_text;
    std::uint64_t m_end = 0;
    HttpFact::Kind m_runKind = HttpFact::Kind::End;
    std::uint64_t m_runBegin = 0;
    Bytes m_run;
    std::string m_runFindings;
};

} // namespace pushscope::test
