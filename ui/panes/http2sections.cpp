#include "ui/panes/http2sections.h"

#include "core/capture/details/http2words.h"
#include "core/capture/details/summary.h"
#include "core/capture/facts.h"
#include "ui/models/connectionindex.h"
#include "ui/panes/fieldlist.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <algorithm>
#include <vector>

namespace pushscope {

namespace {

/// Streams that are listed; a connection may have had thousands.
constexpr std::size_t StreamLimit = 100;

/// Whether the other side keeps to it is known by its acknowledgement (RFC 9113 section 6.5.3).
QString noteOf(const Http2Settings::Value &value)
{
    if (!value.isAnnounced)
        return words("the initial value");
    return value.isAcknowledged ? words("announced, acknowledged") : words("announced, not acknowledged yet");
}

QString describe(const FlowWindow &window)
{
    return words("%1 left, %2 at the most").arg(formatSizeExactly(window.left()), formatSizeExactly(window.highest()));
}

} // namespace

Http2Sections::Http2Sections(const Capture &capture, const ConnectionSummary &connection,
                             const Http2ConnectionFlow *flow)
    : m_capture(capture), m_connection(connection), m_flow(flow)
{
}

void Http2Sections::addTo(FieldList &list) const
{
    addOverview(list);
    if (m_flow) {
        addSettings(list, m_flow->ours, words("Our SETTINGS"));
        addSettings(list, m_flow->theirs, words("The server's SETTINGS"));
    }
    addStreams(list);
}

void Http2Sections::addOverview(FieldList &list) const
{
    QString alpn;
    Bytes scratch;
    for (const Seq seq : m_connection.records) {
        if (m_capture.record(seq).kind == RecordKind::Tls)
            alpn = visibleLine(decodeFacts<TlsRecordFacts>(m_capture.derivedView(seq, scratch)).alpn);
    }
    list.addSection(words("HTTP/2 on ") + describeConnection(m_connection.id));
    list.addField(words("chosen by"), alpn.isEmpty() ? words("prior knowledge, without TLS") : words("ALPN: ") + alpn);
    if (m_flow) {
        list.addField(words("receive window"), describe(m_flow->in), words("what the server may send now"));
        list.addField(words("send window"), describe(m_flow->out), words("what we may send now"));
    }
    addRoundTrips(list);
}

void Http2Sections::addRoundTrips(FieldList &list) const
{
    std::vector<double> trips;
    Bytes scratch;
    for (const Seq seq : m_connection.records) {
        const Record &record = m_capture.record(seq);
        if (record.kind != RecordKind::H2Ping || record.derivedLength == 0)
            continue;
        if (const auto trip = decodeFacts<PingFacts>(m_capture.derivedView(seq, scratch)).rttMs)
            trips.push_back(*trip);
    }
    if (trips.empty())
        return;
    const auto [shortest, longest] = std::minmax_element(trips.begin(), trips.end());
    list.addField(words("PING round trip"), formatDuration(trips.back()),
                  words("the last of %n; ", qint64(trips.size())) +
                      words("%1 to %2").arg(formatDuration(*shortest), formatDuration(*longest)));
}

void Http2Sections::addSettings(FieldList &list, const Http2Settings &settings, const QString &title) const
{
    list.addSection(title);
    for (const Http2Settings::Value &value : settings.values())
        list.addField(visibleLine(settingText(value.setting)),
                      value.value ? formatCount(*value.value) : words("no limit"), noteOf(value));
}

QString Http2Sections::stateOf(std::uint32_t stream) const
{
    const auto found = m_flow ? m_flow->streams.find(stream) : decltype(m_flow->streams.end())();
    if (!m_flow || found == m_flow->streams.end())
        return {};
    const Http2StreamFlow &flow = found->second;
    // RFC 9113 section 5.1.
    if (!flow.isOpen())
        return words("closed");
    const QString state = flow.endedOut  ? words("half-closed (local)")
                          : flow.endedIn ? words("half-closed (remote)")
                                         : words("open");
    return state + QStringLiteral(" \u00B7 ") + words("receive window %1").arg(formatSizeExactly(flow.in.left()));
}

void Http2Sections::addStreams(FieldList &list) const
{
    std::vector<Seq> requests;
    Bytes scratch;
    for (const Seq seq : m_connection.records) {
        const RecordKind kind = m_capture.record(seq).kind;
        if ((kind == RecordKind::HttpRequest && m_capture.record(seq).stream != 0) || kind == RecordKind::HttpPush)
            requests.push_back(seq);
    }
    const QString open = m_flow ? words(", %n open", qint64(m_flow->openStreams)) : QString();
    list.addSection(words("%n stream|%n streams", qint64(requests.size())) + open);
    // The newest first: they are the ones that are open.
    for (std::size_t i = 0; i < std::min(StreamLimit, requests.size()); ++i) {
        const Seq seq = requests[requests.size() - 1 - i];
        const Record &record = m_capture.record(seq);
        const bool isPush = record.kind == RecordKind::HttpPush;
        const std::uint32_t stream =
            isPush ? decodeFacts<PushFacts>(m_capture.derivedView(seq, scratch)).promisedStream : record.stream;
        list.addField(QStringLiteral("#%1").arg(stream),
                      visibleLine(summarize(m_capture, seq).preview) + (isPush ? words(", pushed") : QString()),
                      stateOf(stream));
    }
    if (requests.size() > StreamLimit)
        list.addField({}, words("and %n more", qint64(requests.size() - StreamLimit)));
}

} // namespace pushscope
