#pragma once

#include "core/demo/mcpturn.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace pushscope::demo {

/// Who has a session's own stream open.
class McpListener
{
public:
    virtual ~McpListener() = default;
    /// False when it has too much to send already.
    [[nodiscard]] virtual bool deliver(const McpTurn &turn) = 0;
    /// The session is over, or somebody else has its stream.
    virtual void dismiss() = 0;
};

/// The sessions of the Model Context Protocol server. When there are too many, the one that was longest unused ends. A
/// listener detaches before it goes.
class McpSessions
{
public:
    static constexpr std::size_t Limit = 256;

    /// A new one's id, which nobody guesses.
    [[nodiscard]] std::string open();
    /// Whether there is such a session, which is then the last used.
    [[nodiscard]] bool use(const std::string &id);
    /// In place of one that had it before: that client may be gone without a word. False when there is no such session.
    [[nodiscard]] bool attach(const std::string &id, McpListener &listener);
    void detach(const std::string &id, McpListener &listener);
    /// Null when its stream is not open.
    [[nodiscard]] McpListener *listener(const std::string &id) const;
    /// False when there is no such session.
    bool close(const std::string &id);
    [[nodiscard]] std::size_t size() const { return m_sessions.size(); }

private:
    struct Session
    {
        std::uint64_t lastUse = 0;
        McpListener *listener = nullptr;
    };
    std::map<std::string, Session> m_sessions;
    std::uint64_t m_uses = 0;
};

} // namespace pushscope::demo
