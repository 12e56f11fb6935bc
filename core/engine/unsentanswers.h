#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>

namespace pushscope {

/// Why something is sent: because of what the peer sent (pongs, echoes, closes), or because somebody here wants it.
enum class SendCause : std::uint8_t { Answer, Own };

/// Which of the bytes written to a connection answer its peer. Those not sent yet are always the last that were
/// written.
class UnsentAnswers
{
public:
    void noteWritten(std::uint64_t bytes, SendCause cause)
    {
        const std::uint64_t begin = m_written;
        m_written += bytes;
        if (cause == SendCause::Own)
            return;
        if (!m_runs.empty() && m_runs.back().end == begin)
            m_runs.back().end = m_written;
        else
            m_runs.push_back({begin, m_written});
        m_answers += bytes;
    }

    /// How many of the last `unsent` bytes are answers. What is before them is never asked for again.
    [[nodiscard]] std::uint64_t among(std::uint64_t unsent)
    {
        const std::uint64_t sent = m_written - std::min(unsent, m_written);
        while (!m_runs.empty() && m_runs.front().begin < sent) {
            Run &run = m_runs.front();
            const std::uint64_t gone = std::min(sent, run.end) - run.begin;
            m_answers -= gone;
            run.begin += gone;
            if (run.begin != run.end)
                break;
            m_runs.pop_front();
        }
        return m_answers;
    }

private:
    /// Answers without anything between them.
    struct Run
    {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    std::deque<Run> m_runs;
    std::uint64_t m_written = 0;
    std::uint64_t m_answers = 0; ///< in the runs
};

} // namespace pushscope
