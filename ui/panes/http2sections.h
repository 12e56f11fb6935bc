#pragma once

#include "core/capture/capture.h"
#include "core/capture/details/http2flow.h"

#include <QString>

#include <cstdint>

namespace pushscope {

class ConnectionIndex;
class FieldList;
struct ConnectionSummary;

/// What the Connection pane says of an HTTP/2 connection beyond its TCP and TLS: windows, round trips, the settings of
/// both sides, and its streams.
class Http2Sections
{
public:
    /// `flow` is null as long as it has not come as far.
    Http2Sections(const Capture &capture, const ConnectionSummary &connection, const Http2ConnectionFlow *flow);

    void addTo(FieldList &list) const;

private:
    void addOverview(FieldList &list) const;
    void addRoundTrips(FieldList &list) const;
    void addSettings(FieldList &list, const Http2Settings &settings, const QString &title) const;
    void addStreams(FieldList &list) const;
    [[nodiscard]] QString stateOf(std::uint32_t stream) const;

    const Capture &m_capture;
    const ConnectionSummary &m_connection;
    const Http2ConnectionFlow *m_flow;
};

} // namespace pushscope
