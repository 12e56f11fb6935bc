#include "core/capture/sessionstate.h"

namespace pushscope {

std::string_view word(SessionState state)
{
    switch (state) {
    case SessionState::Idle: return "idle";
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting: return "connecting";
    case SessionState::Open: return "open";
    case SessionState::Closing: return "closing";
    case SessionState::Waiting: return "waiting";
    case SessionState::Closed: return "closed";
    case SessionState::Failed: return "failed";
    }
    return {};
}

std::string_view word(Cause cause)
{
    switch (cause) {
    case Cause::None: return "";
    case Cause::Start: return "start";
    case Cause::Clean: return "clean";
    case Cause::Cut: return "cut";
    case Cause::Reset: return "reset";
    case Cause::Timeout: return "timeout";
    case Cause::Status: return "status";
    case Cause::Type: return "type";
    case Cause::Goaway: return "goaway";
    case Cause::Refused: return "refused";
    case Cause::Unreachable: return "unreachable";
    case Cause::Dns: return "dns";
    case Cause::Tls: return "tls";
    case Cause::Proxy: return "proxy";
    case Cause::Malformed: return "malformed";
    case Cause::Protocol: return "protocol";
    case Cause::Redirect: return "redirect";
    case Cause::User: return "user";
    case Cause::Drop: return "drop";
    case Cause::Limit: return "limit";
    case Cause::Capture: return "capture";
    }
    return {};
}

std::string_view word(DelaySource source)
{
    switch (source) {
    case DelaySource::None: return "";
    case DelaySource::Default: return "default";
    case DelaySource::Retry: return "retry";
    case DelaySource::Policy: return "policy";
    case DelaySource::User: return "user";
    }
    return {};
}

std::string_view word(IdKind kind)
{
    switch (kind) {
    case IdKind::None: return "";
    case IdKind::Numeric: return "numeric";
    case IdKind::Lexical: return "lexical";
    case IdKind::Opaque: return "opaque";
    }
    return {};
}

std::string_view word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Clean: return "clean";
    case Verdict::Cut: return "cut";
    case Verdict::Reset: return "reset";
    case Verdict::NeverAnswered: return "never-answered";
    case Verdict::ByUs: return "by-us";
    }
    return {};
}

} // namespace pushscope
