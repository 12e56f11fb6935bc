#include "tests/core/wire/http/http2caserun.h"

namespace pushscope::test {

void Http2CaseRun::send(const Bytes &bytes)
{
    const std::size_t step = m_cut == 0 ? bytes.size() : m_cut;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const Bytes piece = bytes.substr(at, step);
        m_codec.feed(piece);
        m_drain(m_codec);
    }
    m_output += m_codec.takeOutput();
}

std::string Http2CaseRun::judge(const Http2Case &rule)
{
    Http2CaseJudge judge(rule);
    const bool failed = m_codec.failure().has_value();
    if (judge.needsLastPing())
        send(ping(Http2CaseJudge::LastPing));
    judge.read(m_output);
    if (m_codec.isOver() && (failed || rule.outcome == Http2Case::Outcome::Leaves))
        judge.end();
    const std::string verdict = judge.verdict();
    return failed && verdict != "kept" ? verdict + "failure: " + m_codec.failure()->detail + '\n' : verdict;
}

} // namespace pushscope::test
