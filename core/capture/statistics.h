#pragma once

#include "core/base/ids.h"
#include "core/capture/capture.h"
#include "core/capture/facts.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pushscope {

/// What a session looks like now, folded from its records.
struct SessionSummary
{
    SessionId id;
    std::string name, url, transport; ///< of SessionFacts; transport as known now ("sse", "websocket", "auto")
    SessionState state = SessionState::Idle;
    StateFacts lastState;
    std::int64_t stateSince = 0; ///< capture time, ns
    std::uint32_t connection = 0;
    std::string httpVersion; ///< "1.1", "2", "" before an answer
    std::string errorCode;   ///< of the last error record since the last open
    std::string verdict;     ///< of the last end record, "" while open
    std::uint64_t messagesIn = 0, messagesOut = 0, framesIn = 0, framesOut = 0, reconnects = 0, gaps = 0,
                  duplicates = 0, findings = 0;
    /// Plain bytes: of the socket reads and writes; over HTTP/2, where streams share them, of the session's own frames.
    std::uint64_t bytesIn = 0, bytesOut = 0;
    std::uint64_t pushedBytes = 0; ///< of these the DATA frames on pushed streams
    std::uint64_t firstSeq = 0, lastSeq = 0;
};

/// Folds a growing capture, a stretch of records at a time; never reads payloads.
class Statistics
{
public:
    explicit Statistics(std::shared_ptr<const Capture> capture);
    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] std::uint64_t position() const;
    [[nodiscard]] const std::vector<SessionSummary> &sessions() const;
    [[nodiscard]] const SessionSummary *session(SessionId id) const;
    /// Messages a session received in each of the last `seconds` whole seconds before `now` (capture time), oldest
    /// first.
    [[nodiscard]] std::vector<std::uint32_t> rateHistory(SessionId id, std::int64_t now, int seconds) const;
    [[nodiscard]] std::uint32_t openConnections() const;

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace pushscope
