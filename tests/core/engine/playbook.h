#pragma once

#include "core/base/target.h"
#include "core/engine/session.h"
#include "tests/core/engine/faketransport.h"
#include "tests/core/engine/linereader.h"
#include "tests/core/engine/manualalarms.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace pushscope::test {

/// Plays a script against a session: settings ("@ ..."), inputs of the network, the peer, time and the user ("< ..."),
/// and between them, word for word, what the session must do and record. Each "< start" makes another session with the
/// settings so far; "< session N" and "< connection N" choose whom what follows is for; "< ledger" prints what the
/// session's reconnects came to. "#" begins a comment. The whole
/// transcript must equal the script.
class Playbook
{
public:
    /// Lines of the script without comments and blank lines.
    explicit Playbook(const std::string &script);
    ~Playbook();

    /// No socket read brings more.
    void setMostARead(std::size_t bytes) { m_mostARead = bytes; }
    /// Plays it; the transcript.
    std::vector<std::string> run();
    /// The JSON lines of what was recorded, once it was played.
    [[nodiscard]] std::string lines();
    /// Plays it instead for a recording that lets go of each record as soon as its line is written; the same lines.
    std::string runLettingGo();
    [[nodiscard]] const std::vector<std::string> &expected() const { return m_script; }

private:
    void open();
    void play();
    void set(const std::string &name, const std::string &value);
    void input(const std::string &name, const std::string &value);
    void intend(const std::string &name, const std::string &value);
    void receiveFrame(const std::string &value);
    void answerUpgrade(const std::string &field);
    void takeRecords();

    std::vector<std::string> m_script;
    std::vector<std::string> m_transcript;
    std::set<std::string> m_hidden{"session", "tcp", "tcp.read", "tcp.write", "shut"};
    Target m_target;
    FixedClock m_clock;
    Moment m_moment{m_clock};
    ManualAlarms m_alarms{m_clock};
    FakeTransport *m_transport = nullptr;
    std::size_t m_mostARead = std::string::npos;
    std::uint32_t m_random = 0;
    std::uint32_t m_connections = 0;
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<CaptureWriter> m_writer;
    LinkPool m_links; ///< its links let go of the writer when they end
    std::unique_ptr<EngineServices> m_services;
    std::unique_ptr<LineReader> m_reader;      ///< that lets go
    std::vector<FakeTransport *> m_transports; ///< all that were made, in order; those that ended may be gone
    std::vector<std::unique_ptr<Session>> m_sessions;
    Session *m_session = nullptr; ///< that intents go to: the one started last, or chosen
    std::uint64_t m_printed = 0;
    bool m_isQuiet = false; ///< records are not printed
};

/// The two as lines, with "-" and "+" from the first difference on; "" when they are equal.
[[nodiscard]] std::string difference(const std::vector<std::string> &expected, const std::vector<std::string> &actual);

} // namespace pushscope::test
