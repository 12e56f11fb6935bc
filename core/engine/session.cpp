#include "core/engine/session.h"

#include <utility>

namespace pushscope {

namespace {

/// How long after the first id events may still count as replayed: what a server kept for us comes at once.
constexpr Milliseconds ReplayTime{100};

/// A field that was typed is an id like any other.
Target withLastEventIdApart(Target target)
{
    takeLastEventId(target);
    return target;
}

/// In [0, 1).
double fraction(std::uint32_t random)
{
    return static_cast<double>(random) / 4294967296.0;
}

std::string_view transportWord(const Target &target)
{
    if (isWebSocket(target))
        return "websocket";
    return target.transport == TransportChoice::Sse ? "sse" : "auto";
}

} // namespace

Session::Session(SessionId id, Target target, EngineServices &services, Handlers handlers)
    : m_target(withLastEventIdApart(std::move(target))), m_services(services), m_handlers(std::move(handlers)),
      m_recorder(services.writer, services.moment, id),
      m_policy(m_target.reconnection, [&services] { return fraction(services.random()); }),
      m_cookies(m_target.cookies, services.moment), m_shape(requestShape(m_target)), m_wait(services.alarms),
      m_patience(services.alarms), m_settle(services.alarms), m_burial(services.alarms)
{
    m_source.lastEventId = m_target.lastEventId;
    if (m_target.reconnection.dropAfter)
        m_source.count.limit = *m_target.reconnection.dropAfter;
}

Session::~Session()
{
    cut();
}

bool Session::isAtRest() const
{
    return m_state == SessionState::Idle || m_state == SessionState::Closed || m_state == SessionState::Failed;
}

void Session::announce()
{
    m_recorder.tick();
    m_recorder.appendFacts(RecordKind::Session, SessionFacts{displayName(m_target), m_target.url.text(),
                                                             std::string(transportWord(m_target)), m_target.cookies});
    m_recorder.publish();
}

void Session::start()
{
    announce();
    apply(SessionInput::Connect);
    m_recorder.publish();
}

void Session::cut()
{
    cutCompanions();
    if (isAtRest())
        return;
    m_leaving = true;
    m_cause = Cause::User;
    m_recorder.tick();
    if (m_attempt != nullptr)
        m_attempt->cut();
    else
        apply(SessionInput::Disconnect);
}

void Session::apply(SessionInput input)
{
    const SessionTransition next = transition(m_state, input);
    const bool wasOpen = m_state == SessionState::Open;
    m_state = next.state;
    if (wasOpen && m_state != SessionState::Open) {
        m_roomWanted = false;
        m_handlers.shut();
    }
    for (const SessionAction action : next.actions)
        perform(action);
}

void Session::perform(SessionAction action)
{
    switch (action) {
    case SessionAction::None: return;
    case SessionAction::StartAttempt: return startAttempt();
    case SessionAction::FollowRedirect: return m_attempt->followRedirect();
    case SessionAction::SendRequest: return m_attempt->sendRequest();
    case SessionAction::AnnounceOpen: return announceOpen();
    case SessionAction::BeginClose: return m_attempt->beginClose();
    case SessionAction::StartPatience: return startPatience();
    case SessionAction::CutConnection: return m_attempt->cut();
    case SessionAction::DropConnection: return m_attempt->drop(Cause::Drop);
    case SessionAction::StartWait: return startWait();
    case SessionAction::CancelWait: return m_wait.clear();
    case SessionAction::AnnounceEnd: return announceEnd();
    case SessionAction::RefuseIntent:
        return refuse("this makes no sense while the session is " + std::string(word(m_state)));
    }
}

void Session::startAttempt()
{
    ++m_attempts;
    m_leaving = false;
    if (m_resumeFrom) {
        explainResume();
        m_source.lastEventId = *std::exchange(m_resumeFrom, std::nullopt);
        m_source.idSetBy = Seq();
    }
    m_source.count.seen = 0;
    m_attempt = std::make_unique<Attempt>(m_target, m_shape, m_services, m_recorder, m_source, m_tls, m_cookies,
                                          Attempt::Handlers{[this](SessionInput input) { apply(input); },
                                                            [this](const std::string &why) { recordWait(why); },
                                                            [this] { onReadDone(); }, [this] { finishResumeCheck(); },
                                                            [this](const AttemptEnd &end) { onAttemptEnded(end); },
                                                            m_handlers.captureFailed, [this] { announceRoom(); }});
    m_attempt->setPaused(m_paused);
    m_attempt->prepare();
    StateFacts facts;
    facts.cause = m_cause;
    facts.reason = m_reason;
    recordState(std::move(facts));
    m_attempt->start();
}

void Session::explainResume()
{
    m_cause = Cause::User;
    m_reason = m_resumeFrom->empty() ? "the user asks again, without a last event ID"
                                     : "the user asks again, from the last event ID \"" + *m_resumeFrom + '"';
}

void Session::recordState(StateFacts facts)
{
    facts.state = m_state;
    facts.attempt = m_attempts;
    if (!isWebSocket(m_target)) {
        if (m_attempt != nullptr)
            facts.idSent = m_attempt->idSent();
        if (!m_source.lastEventId.empty())
            facts.idSeen = m_source.lastEventId;
    }
    m_recorder.appendFacts(RecordKind::State, facts);
}

/// Still connecting, but not on its own account.
void Session::recordWait(const std::string &why)
{
    StateFacts facts;
    facts.cause = m_cause;
    facts.reason = why;
    recordState(std::move(facts));
}

void Session::announceOpen()
{
    StateFacts facts;
    facts.cause = m_cause;
    facts.reason = m_attempt->choice();
    recordState(std::move(facts));
    m_shape = m_attempt->shape();
    m_policy.noteOpened();
    if (m_everOpened)
        beginResumeCheck();
    m_everOpened = true;
    m_handlers.opened();
}

void Session::askForRoom()
{
    m_roomWanted = m_state == SessionState::Open;
    if (m_roomWanted && m_attempt->exchange()->hasRoom())
        announceRoom();
}

void Session::announceRoom()
{
    if (std::exchange(m_roomWanted, false))
        m_handlers.hasRoom();
}

/// After a reconnect that asked for what came behind an id.
void Session::beginResumeCheck()
{
    if (!m_attempt->idSent() || m_attempt->isPlainStream())
        return;
    m_source.resume = ResumeCheck();
    m_pace = ReplayPace();
    for (const auto &set : m_source.ids.inOrder(m_services.writer.capture())) {
        if (set) {
            m_source.resume.note(set->id);
            m_pace.noteBefore(set->time);
        } else {
            m_source.resume.pause();
            m_pace.pause();
        }
    }
    m_source.resume.begin(*m_attempt->idSent());
    m_replay = Replay::Awaited;
}

/// Whatever silence comes before it, a replay is over some time after its first id.
void Session::followReplay()
{
    if (m_source.resume.answers() == 0)
        return;
    notePace();
    if (m_replay == Replay::Awaited) {
        m_replay = Replay::Coming;
        m_settle.set(ReplayTime, [this] {
            m_recorder.tick();
            m_replay = Replay::Over;
            onReadDone();
            m_recorder.publish();
        });
    }
    if (m_replay == Replay::Over && m_source.resume.isDecided())
        finishResumeCheck();
}

void Session::notePace()
{
    if (m_replay == Replay::Over)
        return;
    m_pace.note(m_source.resume.answers(), m_recorder.recordTime());
    if (m_pace.isBurst())
        m_source.resume.noteReplay();
}

void Session::finishResumeCheck()
{
    m_settle.clear();
    if (m_source.resume.answers() == 0)
        return m_source.resume.abandon();
    notePace(); // the stream may end inside a read
    const ResumeFacts facts = m_source.resume.take();
    const Seq record = m_recorder.appendFacts(RecordKind::Resume, facts);
    const auto note = [&](Rule rule, std::uint64_t argument) {
        const Finding finding{rule, 0, 0, static_cast<std::int64_t>(argument)};
        m_recorder.findings(record, 0, {&finding, 1});
    };
    if (facts.ignored)
        note(Rule::SessionIdIgnored, 0);
    if (facts.gap.value_or(0) != 0)
        note(Rule::SessionGap, *facts.gap);
    if (facts.duplicates != 0)
        note(Rule::SessionDuplicates, facts.duplicates);
}

void Session::onReadDone()
{
    if (const auto retry = std::exchange(m_source.retry, std::nullopt))
        m_policy.setRetry(*retry);
    followReplay();
}

void Session::onAttemptEnded(const AttemptEnd &end)
{
    onReadDone();
    m_source.ids.noteBreak();
    m_patience.clear();
    m_cause = m_leaving && !end.failed ? Cause::User : end.cause;
    m_reason = end.reason;
    m_idSent = m_attempt->idSent();
    if (m_resumeFrom)
        explainResume();
    const SessionInput input = m_resumeFrom ? SessionInput::EndedForRetry : whatFollows(end);
    m_retired.push_back(std::move(m_attempt));
    bury();
    apply(input);
}

void Session::bury()
{
    m_burial.set(Milliseconds(0), [this] {
        m_retired.clear();
        std::erase_if(m_companions, [](const auto &companion) { return companion->isOver(); });
    });
}

SessionInput Session::whatFollows(const AttemptEnd &end)
{
    const Reconnection &rules = m_target.reconnection;
    const bool mayRetry = rules.enabled && !m_leaving && !end.final && !m_attempt->isPlainStream() &&
                          (!isWebSocket(m_target) || rules.webSocket);
    if (!mayRetry)
        return end.failed && (!m_leaving || end.final) ? SessionInput::EndedInFailure : SessionInput::EndedForGood;
    if (rules.maxAttempts && m_reconnects >= *rules.maxAttempts) {
        m_cause = Cause::Limit;
        m_reason = "no reconnect is left: " + m_reason;
        return m_everOpened ? SessionInput::EndedForGood : SessionInput::EndedInFailure;
    }
    ++m_reconnects;
    m_delay = m_policy.next(m_recorder.now(), m_attempt->isOpen());
    return SessionInput::EndedForRetry;
}

void Session::startWait()
{
    const bool isHeld = m_frozen && !m_resumeFrom;
    if (m_resumeFrom)
        m_delay = {Milliseconds(0), DelaySource::User};
    recordWaiting();
    if (!isHeld)
        armWait();
}

void Session::recordWaiting()
{
    StateFacts facts;
    facts.cause = m_cause;
    facts.reason = m_reason;
    if (m_frozen && !m_resumeFrom) {
        facts.reason += std::string(m_reason.empty() ? "" : "; ") + "frozen: the next attempt waits for the user";
    } else {
        facts.delayMs = static_cast<double>(m_delay.time.count());
        facts.delaySource = m_delay.source;
    }
    facts.idSent = m_idSent;
    recordState(std::move(facts));
    if (m_delay.storm) {
        const Finding storm{Rule::SessionReconnectStorm, 0, 0, BackoffPolicy::StormFloor.count()};
        m_recorder.findings(Seq(m_recorder.writer().nextSeq().value - 1), 0, {&storm, 1});
        m_delay.storm = false; // said
    }
}

void Session::armWait()
{
    m_wait.set(m_delay.time, [this] {
        m_recorder.tick();
        apply(SessionInput::WaitOver);
        m_recorder.publish();
    });
}

void Session::startPatience()
{
    if (m_state != SessionState::Closing)
        return; // there was no handshake to wait for
    m_patience.set(Attempt::Patience, [this] {
        m_recorder.tick();
        apply(SessionInput::PatienceOver);
        m_recorder.publish();
    });
}

void Session::announceEnd()
{
    cutCompanions();
    m_resumeFrom.reset();
    StateFacts facts;
    facts.cause = m_cause;
    facts.reason = m_reason;
    recordState(std::move(facts));
    m_handlers.ended(m_state, m_everOpened);
}

} // namespace pushscope
