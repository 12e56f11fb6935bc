#include "ui/panes/http2sections.h"

#include "core/capture/details/summary.h"
#include "core/capture/facts.h"
#include "ui/models/connectionindex.h"
#include "ui/models/http2settings.h"
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

QString nameOf(Http2Setting setting)
{
    const std::string_view name = word(setting);
    return name.empty() ? words("setting 0x%1").arg(unsigned(setting), 0, 16) : QString::fromUtf8(name);
}

/// Announced: whether the other side keeps to it is known by its acknowledgement (RFC 9113 section 6.5.3).
QString noteOf(const Http2SettingLine &line)
{
    if (!line.announcedIn.isValid())
        return words("initial value");
    const QString frame = QStringLiteral(" #%1, ").arg(line.announcedIn.value);
    return words("announced in") + frame +
           (line.isAcknowledged ? words("acknowledged") : words("not acknowledged yet"));
}

} // namespace

Http2Sections::Http2Sections(const Capture &capture, const ConnectionIndex &index, const ConnectionSummary &connection)
    : m_capture(capture), m_index(index), m_connection(connection)
{
}

void Http2Sections::addTo(FieldList &list) const
{
    addOverview(list);
    addSettings(list, Direction::Out);
    addSettings(list, Direction::In);
    addStreams(list);
}

void Http2Sections::addOverview(FieldList &list) const
{
    std::vector<double> trips;
    QString alpn;
    Bytes scratch;
    for (const Seq seq : m_connection.records) {
        const RecordKind kind = m_capture.record(seq).kind;
        if (kind == RecordKind::H2Ping && m_capture.record(seq).derivedLength > 0) {
            if (const auto trip = decodeFacts<PingFacts>(m_capture.derivedView(seq, scratch)).rttMs)
                trips.push_back(*trip);
        } else if (kind == RecordKind::Tls) {
            alpn = visibleLine(decodeFacts<TlsRecordFacts>(m_capture.derivedView(seq, scratch)).alpn);
        }
    }
    list.addSection(words("HTTP/2 on ") + describeConnection(m_connection.id));
    list.addField(words("chosen by"), alpn.isEmpty() ? words("prior knowledge, without TLS") : words("ALPN ") + alpn);
    if (!trips.empty())
        list.addField(words("PING round trips"), formatDuration(trips.back()),
                      words("%1 of them, %2 to %3")
                          .arg(formatCount(trips.size()), formatDuration(*std::min_element(trips.begin(), trips.end())),
                               formatDuration(*std::max_element(trips.begin(), trips.end()))));
}

void Http2Sections::addSettings(FieldList &list, Direction direction) const
{
    list.addSection(direction == Direction::Out ? words("SETTINGS we announced")
                                                : words("SETTINGS the server announced"));
    for (const Http2SettingLine &line : http2SettingsOf(m_capture, m_connection, direction))
        list.addField(nameOf(line.setting), line.value ? formatCount(*line.value) : words("not limited"), noteOf(line));
}

void Http2Sections::addStreams(FieldList &list) const
{
    std::vector<Seq> requests;
    for (const Seq seq : m_connection.records) {
        const RecordKind kind = m_capture.record(seq).kind;
        if (kind == RecordKind::HttpRequest || kind == RecordKind::HttpPush)
            requests.push_back(seq);
    }
    list.addSection(words("%n stream|%n streams", qint64(requests.size())));
    // The newest first: they are the ones that are open.
    for (std::size_t i = 0; i < std::min(StreamLimit, requests.size()); ++i) {
        const Seq seq = requests[requests.size() - 1 - i];
        const Record &record = m_capture.record(seq);
        list.addField(words("stream %1").arg(record.stream), visibleLine(summarize(m_capture, seq).preview),
                      QStringLiteral("#%1").arg(seq.value) +
                          (record.kind == RecordKind::HttpPush ? words(", pushes") : QString()));
    }
    if (requests.size() > StreamLimit)
        list.addField({}, words("and %n more", qint64(requests.size() - StreamLimit)));
}

} // namespace pushscope
