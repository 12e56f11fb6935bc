#pragma once

#include "core/base/target.h"
#include "core/capture/facts.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pushscope {

/// One of the streams of a recording: what it is called and how far it came.
class RecordedStream
{
public:
    explicit RecordedStream(std::string name) : m_name(std::move(name)) {}

    /// Shown wherever something is said of it.
    [[nodiscard]] const std::string &name() const { return m_name; }

    void open() { m_wasOpen = true; }
    /// By itself; a recording that ends it leaves it as it is.
    void end(SessionState state) { m_end = state; }

    [[nodiscard]] bool isRunning() const { return !m_end; }
    /// It still tries: nobody has said so yet, unlike of a stream that failed.
    [[nodiscard]] bool isUnopened() const { return isRunning() && !m_wasOpen; }
    /// It ended as a failure, or never came to anything.
    [[nodiscard]] bool hasFailed() const { return m_end ? *m_end == SessionState::Failed : !m_wasOpen; }

private:
    std::string m_name;
    bool m_wasOpen = false;
    std::optional<SessionState> m_end;
};

/// What a recording of a target opens: the target itself, or as many of it as are asked for with names that tell them
/// apart, "events (1)", "events (2)".
[[nodiscard]] std::vector<Target> targetsOfStreams(const Target &target, std::size_t streams);

/// Their names in a row; after the first few only how many more there are.
[[nodiscard]] std::string listed(const std::vector<std::string> &names);

} // namespace pushscope
