#pragma once

#include "core/capture/capture.h"

#include <memory>

namespace pushscope {

class ConnectionIndex;
class FieldList;
struct ConnectionSummary;

/// What the Connection pane says of an HTTP/2 connection beyond its TCP and TLS: the settings of both sides, round
/// trips, and its streams.
class Http2Sections
{
public:
    Http2Sections(const Capture &capture, const ConnectionIndex &index, const ConnectionSummary &connection);

    void addTo(FieldList &list) const;

private:
    void addOverview(FieldList &list) const;
    void addSettings(FieldList &list, Direction direction) const;
    void addStreams(FieldList &list) const;

    const Capture &m_capture;
    const ConnectionIndex &m_index;
    const ConnectionSummary &m_connection;
};

} // namespace pushscope
