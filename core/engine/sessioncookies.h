#pragma once

#include "core/base/cookiejar.h"
#include "core/base/headerfield.h"
#include "core/base/ids.h"
#include "core/engine/moment.h"
#include "core/wire/http/httphead.h"

#include <vector>

namespace pushscope {

class Recorder;

/// A session's cookies, across its redirects, reconnects and companion requests. Engine thread.
class SessionCookies
{
public:
    /// Without `enabled` it neither takes nor gives any.
    SessionCookies(bool enabled, const Moment &moment);

    /// An answer's Set-Cookie fields. What can't be kept becomes a Finding on the answer's record, with its number
    /// among them.
    void take(const Url &url, const HttpHead &answer, Recorder &recorder, Seq record);
    /// A request's fields, with the jar's cookies: in the user's own Cookie field, where the user's names win, or
    /// behind all others (RFC 6265 section 5.4: there is one such field).
    [[nodiscard]] std::vector<HeaderField> addTo(std::vector<HeaderField> headers, const Url &url) const;

private:
    bool m_enabled;
    const Moment &m_moment;
    CookieJar m_jar;
};

} // namespace pushscope
