#include "core/capture/statistics.h"

#include "core/capture/details/http2details.h"
#include "core/capture/details/httpdetails.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

namespace pushscope {

namespace {

constexpr std::int64_t Second = 1'000'000'000;

/// Messages received in each second of the last minutes: a ring by whole seconds.
class RateRing
{
public:
    void count(std::int64_t second)
    {
        if (second < 0)
            return;
        clearUpTo(second);
        if (second > m_latest - Seconds)
            ++m_counts[static_cast<std::size_t>(second % Seconds)];
    }
    [[nodiscard]] std::uint32_t at(std::int64_t second) const
    {
        return second < 0 || second > m_latest || second <= m_latest - Seconds
                   ? 0
                   : m_counts[static_cast<std::size_t>(second % Seconds)];
    }

private:
    static constexpr std::int64_t Seconds = 256;

    void clearUpTo(std::int64_t second)
    {
        if (second <= m_latest)
            return;
        if (second - m_latest >= Seconds)
            m_counts.fill(0);
        else
            for (std::int64_t between = m_latest + 1; between <= second; ++between)
                m_counts[static_cast<std::size_t>(between % Seconds)] = 0;
        m_latest = second;
    }

    std::array<std::uint32_t, Seconds> m_counts{};
    std::int64_t m_latest = 0;
};

struct Connection
{
    std::size_t opener = 0; ///< the place of the session whose reads and writes these are
    std::uint64_t bytesIn = 0, bytesOut = 0;
    bool isHttp2 = false;
};

/// RFC 9113 section 5.1.1: streams that the server opens have even numbers.
bool isPushed(const Record &record)
{
    return record.kind == RecordKind::H2Data && record.stream != 0 && record.stream % 2 == 0;
}

} // namespace

struct Statistics::Private
{
    std::shared_ptr<const Capture> capture;
    std::uint64_t position = 0;
    std::vector<SessionSummary> sessions;
    std::vector<RateRing> rates;        ///< beside `sessions`
    std::vector<std::uint32_t> endedOn; ///< beside `sessions`: the connection on which the session's stream ended last
    std::unordered_map<std::uint32_t, std::size_t> places;
    std::set<std::uint32_t> openConnections;
    std::unordered_map<std::uint32_t, Connection> connections;
    std::size_t last = 0; ///< the session of the record before: mostly this one's too

    std::size_t placeOf(std::uint32_t session);
    void take(Seq seq);
    void takeCompanion(const Record &record, std::size_t place);
    void takeMessage(const Record &record, SessionSummary &session, RateRing &rate) const;
    void takeRead(const Record &record, std::size_t place);
    void takeFrame(const Record &record, SessionSummary &session);
    void takeFacts(Seq seq, const Record &record, std::size_t place);
    void takeEnd(const Record &record, const EndFacts &facts, std::size_t place);
    void takeVersion(Seq seq, SessionSummary &session);
    void takeState(const Record &record, StateFacts facts, SessionSummary &session);
};

Statistics::Statistics(std::shared_ptr<const Capture> capture) : d(std::make_shared<Private>())
{
    d->capture = std::move(capture);
}

bool Statistics::advance(std::uint64_t limit)
{
    const std::uint64_t records = d->capture->counts().records;
    const std::uint64_t end = d->position + std::min(limit, records - d->position);
    while (d->position < end)
        d->take(Seq(++d->position));
    return end < records;
}

std::uint64_t Statistics::position() const
{
    return d->position;
}

const std::vector<SessionSummary> &Statistics::sessions() const
{
    return d->sessions;
}

const SessionSummary *Statistics::session(SessionId id) const
{
    const auto found = d->places.find(id.value);
    return found == d->places.end() ? nullptr : &d->sessions[found->second];
}

std::vector<std::uint32_t> Statistics::rateHistory(SessionId id, std::int64_t now, int seconds) const
{
    std::vector<std::uint32_t> history(static_cast<std::size_t>(std::max(seconds, 0)));
    const auto found = d->places.find(id.value);
    if (found == d->places.end())
        return history;
    std::int64_t second = now / Second - static_cast<std::int64_t>(history.size());
    for (std::uint32_t &count : history)
        count = d->rates[found->second].at(second++);
    return history;
}

std::uint32_t Statistics::openConnections() const
{
    return static_cast<std::uint32_t>(d->openConnections.size());
}

std::size_t Statistics::Private::placeOf(std::uint32_t session)
{
    if (last < sessions.size() && sessions[last].id.value == session)
        return last;
    const auto [found, isNew] = places.emplace(session, sessions.size());
    if (isNew) {
        sessions.emplace_back().id = SessionId(session);
        rates.emplace_back();
        endedOn.push_back(0);
    }
    last = found->second;
    return last;
}

void Statistics::Private::take(Seq seq)
{
    const Record &record = capture->record(seq);
    if (record.session == 0)
        return;
    const std::size_t place = placeOf(record.session);
    SessionSummary &session = sessions[place];
    if (session.firstSeq == 0)
        session.firstSeq = seq.value;
    session.lastSeq = seq.value;
    if (record.has(RecordFlag::Companion))
        return takeCompanion(record, place);
    switch (layerOf(record.kind)) {
    case Layer::Messages: takeMessage(record, session, rates[place]); return;
    case Layer::Connection: takeFacts(seq, record, place); return;
    case Layer::Findings: ++session.findings; return;
    case Layer::Reads: takeRead(record, place); return;
    case Layer::Frames: takeFrame(record, session); return;
    }
}

/// A request beside the stream: its bytes are the session's, its messages, errors and end say nothing of the stream.
void Statistics::Private::takeCompanion(const Record &record, std::size_t place)
{
    if (record.kind == RecordKind::Tcp)
        openConnections.insert(record.connection);
    else if (record.kind == RecordKind::End && record.stream == 0)
        openConnections.erase(record.connection);
    else if (layerOf(record.kind) == Layer::Findings)
        ++sessions[place].findings;
    else if (layerOf(record.kind) == Layer::Reads)
        takeRead(record, place);
    else if (layerOf(record.kind) == Layer::Frames)
        takeFrame(record, sessions[place]);
}

void Statistics::Private::takeMessage(const Record &record, SessionSummary &session, RateRing &rate) const
{
    if (record.direction == Direction::Out) {
        ++session.messagesOut;
        return;
    }
    ++session.messagesIn;
    rate.count(record.time / Second);
}

void Statistics::Private::takeRead(const Record &record, std::size_t place)
{
    Connection &connection = connections.try_emplace(record.connection, Connection{.opener = place}).first->second;
    if (connection.isHttp2)
        return;
    const bool isOut = record.direction == Direction::Out;
    (isOut ? connection.bytesOut : connection.bytesIn) += record.originLength;
    (isOut ? sessions[place].bytesOut : sessions[place].bytesIn) += record.originLength;
}

/// The first HTTP/2 frame of a connection tells that its bytes are those of many sessions: what was read so far is
/// taken back from the one that opened it.
void Statistics::Private::takeFrame(const Record &record, SessionSummary &session)
{
    const bool isOut = record.direction == Direction::Out;
    ++(isOut ? session.framesOut : session.framesIn);
    if (!isHttp2Frame(record.kind))
        return;
    if (const auto found = connections.find(record.connection); found != connections.end()) {
        Connection &connection = found->second;
        if (!std::exchange(connection.isHttp2, true)) {
            SessionSummary &opener = sessions[connection.opener];
            opener.bytesIn -= std::min(opener.bytesIn, connection.bytesIn); // in a damaged capture it has fewer
            opener.bytesOut -= std::min(opener.bytesOut, connection.bytesOut);
        }
    }
    (isOut ? session.bytesOut : session.bytesIn) += record.originLength;
    if (isPushed(record))
        session.pushedBytes += record.originLength;
}

void Statistics::Private::takeFacts(Seq seq, const Record &record, std::size_t place)
{
    Bytes scratch;
    const ByteView facts = capture->derivedView(seq, scratch);
    if (record.kind == RecordKind::End) {
        takeEnd(record, decodeFacts<EndFacts>(facts), place);
        return;
    }
    SessionSummary &session = sessions[place];
    if (record.connection != 0)
        session.connection = record.connection;
    if (record.kind == RecordKind::Session) {
        auto opened = decodeFacts<SessionFacts>(facts);
        session.name = std::move(opened.name);
        session.url = std::move(opened.url);
        session.transport = std::move(opened.transport);
    } else if (record.kind == RecordKind::Tcp) {
        openConnections.insert(record.connection);
    } else if (record.kind == RecordKind::HttpResponse) {
        takeVersion(seq, session);
    } else if (record.kind == RecordKind::WsOpen) {
        session.transport = "websocket";
    } else if (record.kind == RecordKind::State) {
        takeState(record, decodeFacts<StateFacts>(facts), session);
    } else if (record.kind == RecordKind::Resume) {
        const auto resume = decodeFacts<ResumeFacts>(facts);
        session.gaps += resume.gap.value_or(0);
        session.duplicates += resume.duplicates;
    } else if (record.kind == RecordKind::Error) {
        session.errorCode = decodeFacts<ErrorFacts>(facts).code;
    }
}

/// The end of a connection that streams shared is recorded with the session that opened it; that one's own stream may
/// have ended before, or gone on elsewhere.
void Statistics::Private::takeEnd(const Record &record, const EndFacts &facts, std::size_t place)
{
    SessionSummary &session = sessions[place];
    if (record.stream == 0) {
        openConnections.erase(record.connection);
        if (endedOn[place] == record.connection || record.connection < session.connection)
            return;
    } else {
        endedOn[place] = record.connection;
    }
    session.connection = record.connection;
    session.verdict = word(facts.verdict);
}

/// RFC 9112 section 2.3: a status line begins with it.
void Statistics::Private::takeVersion(Seq seq, SessionSummary &session)
{
    if (isOverHttp2(capture->record(seq))) {
        session.httpVersion = "2";
        return;
    }
    constexpr ByteView name = "HTTP/";
    constexpr std::size_t length = 3;
    Bytes scratch;
    const ByteView line = capture->originView(seq, scratch, name.size() + length);
    session.httpVersion = line.starts_with(name) ? line.substr(name.size()) : ByteView();
}

void Statistics::Private::takeState(const Record &record, StateFacts facts, SessionSummary &session)
{
    const bool begins = facts.state == SessionState::Connecting && session.state != SessionState::Connecting;
    if (begins && facts.attempt > 1)
        ++session.reconnects;
    if (facts.state == SessionState::Open) {
        session.errorCode.clear();
        session.verdict.clear();
        // A WebSocket's ws.open stands before its open state: what was left to the answer is an event stream by now.
        if (session.transport == "auto")
            session.transport = "sse";
    }
    session.state = facts.state;
    session.stateSince = record.time;
    session.lastState = std::move(facts);
}

} // namespace pushscope
