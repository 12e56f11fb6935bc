#include "core/engine/sessiontransition.h"

namespace pushscope {

namespace {

using S = SessionState;
using I = SessionInput;
using A = SessionAction;

SessionTransition go(S state, A first = A::None, A second = A::None, A third = A::None)
{
    return {state, {first, second, third}};
}

/// No connection and none planned: Idle, Closed, Failed.
SessionTransition atRest(S state, I input)
{
    switch (input) {
    case I::Connect:
    case I::AskAgain: return go(S::Connecting, A::StartAttempt);
    case I::Drop:
    case I::ReconnectNow: return go(state, A::RefuseIntent);
    case I::Disconnect: return state == S::Idle ? go(S::Closed, A::AnnounceEnd) : go(state);
    case I::TlsStarted:
    case I::RequestReady:
    case I::Opened:
    case I::Redirected:
    case I::CloseStarted:
    case I::EndedForRetry:
    case I::EndedForGood:
    case I::EndedInFailure:
    case I::WaitOver:
    case I::PatienceOver:
    case I::Count: break;
    }
    return go(state);
}

/// What holds from the first SYN to the last byte: Connecting, Securing, Requesting, Open, Closing.
SessionTransition attempting(S state, I input)
{
    switch (input) {
    case I::Connect:
    case I::ReconnectNow: return go(state, A::RefuseIntent);
    case I::Disconnect: return go(S::Closed, A::CutConnection, A::AnnounceEnd);
    case I::Drop: return go(state, A::DropConnection);
    case I::AskAgain: return go(state, A::CutConnection);
    case I::EndedForRetry: return go(S::Waiting, A::StartWait);
    case I::EndedForGood: return go(S::Closed, A::AnnounceEnd);
    case I::EndedInFailure: return go(S::Failed, A::AnnounceEnd);
    case I::TlsStarted:
    case I::RequestReady:
    case I::Opened:
    case I::Redirected:
    case I::CloseStarted:
    case I::WaitOver:
    case I::PatienceOver:
    case I::Count: break;
    }
    return go(state);
}

SessionTransition connecting(S state, I input)
{
    if (input == I::TlsStarted)
        return go(S::Securing);
    if (input == I::RequestReady)
        return go(S::Requesting, A::SendRequest);
    return attempting(state, input);
}

SessionTransition securing(S state, I input)
{
    if (input == I::RequestReady)
        return go(S::Requesting, A::SendRequest);
    return attempting(state, input);
}

SessionTransition requesting(S state, I input)
{
    if (input == I::Opened)
        return go(S::Open, A::AnnounceOpen);
    if (input == I::Redirected)
        return go(S::Connecting, A::FollowRedirect);
    return attempting(state, input);
}

SessionTransition open(S state, I input)
{
    if (input == I::Disconnect)
        return go(S::Closing, A::BeginClose, A::StartPatience);
    if (input == I::CloseStarted)
        return go(S::Closing, A::StartPatience);
    return attempting(state, input);
}

SessionTransition closing(S state, I input)
{
    if (input == I::PatienceOver)
        return go(S::Closing, A::CutConnection);
    return attempting(state, input);
}

SessionTransition waiting(S state, I input)
{
    switch (input) {
    case I::WaitOver: return go(S::Connecting, A::StartAttempt);
    case I::Connect:
    case I::AskAgain:
    case I::ReconnectNow: return go(S::Connecting, A::CancelWait, A::StartAttempt);
    case I::Disconnect: return go(S::Closed, A::CancelWait, A::AnnounceEnd);
    case I::Drop: return go(state, A::RefuseIntent);
    case I::TlsStarted:
    case I::RequestReady:
    case I::Opened:
    case I::Redirected:
    case I::CloseStarted:
    case I::EndedForRetry:
    case I::EndedForGood:
    case I::EndedInFailure:
    case I::PatienceOver:
    case I::Count: break;
    }
    return go(state);
}

} // namespace

SessionTransition transition(SessionState state, SessionInput input)
{
    switch (state) {
    case S::Idle:
    case S::Closed:
    case S::Failed: return atRest(state, input);
    case S::Connecting: return connecting(state, input);
    case S::Securing: return securing(state, input);
    case S::Requesting: return requesting(state, input);
    case S::Open: return open(state, input);
    case S::Closing: return closing(state, input);
    case S::Waiting: return waiting(state, input);
    }
    return {state, {}};
}

} // namespace pushscope
