#pragma once

#include "core/base/bytes.h"
#include "core/capture/httpfacts.h"
#include "core/capture/sessionstate.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

// What connection records say beyond their bytes. Each is kept as CBOR in the record's derived range: encode() on the
// way in, decode() when the row becomes visible. decode() of foreign bytes gives defaults for what is missing. Field
// names are those of the JSON lines format.

struct SessionFacts
{
    std::string name, url, transport;
    bool cookies = true; ///< a jar is kept for it (RFC 6265)
};
struct DnsFacts
{
    std::string host;
    std::vector<std::string> addresses;
    double ms = 0;
};
struct TcpFacts
{
    std::string peer, local, proxy;
    double ms = 0;
};
struct TlsRecordFacts
{
    std::string version, cipher, group, alpn;
    bool resumed = false;
    double ms = 0;
    bool verified = false;
    std::string verifyError, subject, issuer, notAfter;
    std::vector<std::string> sans;
    std::uint32_t chain = 0;
};
struct WsOpenFacts
{
    std::string subprotocol = {}, offered = {}, accepted = {};
    double rttMs = 0;
};

struct StateFacts
{
    SessionState state = SessionState::Idle;
    std::uint32_t attempt = 0; ///< from 1
    Cause cause = Cause::None;
    std::optional<double> delayMs = {}; ///< Waiting
    DelaySource delaySource = DelaySource::None;
    std::optional<std::string> idSent = {}; ///< the Last-Event-ID of this attempt's request
    std::optional<std::string> idSeen = {}; ///< the last event ID now
    std::string reason = {};                ///< a sentence
};

/// What the ids tell of a resume; ResumeCheck has how.
struct ResumeFacts
{
    IdKind idKind = IdKind::None;
    std::optional<std::uint64_t> gap = {}; ///< how many events are missing; nothing: the ids can't tell
    std::uint64_t duplicates = 0;          ///< events whose ids had been seen before
    std::uint64_t replayed = 0;            ///< new events that came in one burst, see ReplayPace
    bool ignored = false;                  ///< the server began again with the first id of all
};

/// What content codings did (RFC 9110 section 8.4): of a body that ended, or of the stream so far. Coded bytes of which
/// no plain byte could be told yet when all that had come with them was decoded wait here until the first plain byte
/// that follows; what such waits took together is the delay. Bytes that never tell anything (a header, the mark of a
/// flush, a checksum) wait for nothing, where the coding lets them be known (br does not); nor does what never came
/// out. How long the peer's encoder held content back before it sent anything can't be known here.
struct CodingFacts
{
    std::string coding;      ///< as Content-Encoding has it
    std::uint64_t wire = 0;  ///< coded bytes that came, undecoded ones too
    std::uint64_t plain = 0; ///< what they decoded to
    double delayMs = 0;      ///< how long coded bytes waited here before anything came of them, all told
};

struct EndFacts
{
    Verdict verdict = Verdict::Clean;
    std::string by = {};            ///< "peer", "us", "network"
    std::string tlsClose = {};      ///< "clean", "missing", "" on cleartext
    std::uint64_t pendingBytes = 0; ///< of an unfinished block, frame, message or head
    std::string text = {};          ///< the verdict in words
};
struct ErrorFacts
{
    std::string code, text;
};
/// Left out (derivedLength 0) when it equals originLength.
struct ReadFacts
{
    std::uint64_t bytes = 0; ///< TCP payload, TLS included
};

[[nodiscard]] Bytes encode(const SessionFacts &);
[[nodiscard]] Bytes encode(const DnsFacts &);
[[nodiscard]] Bytes encode(const TcpFacts &);
[[nodiscard]] Bytes encode(const TlsRecordFacts &);
[[nodiscard]] Bytes encode(const WsOpenFacts &);
[[nodiscard]] Bytes encode(const StateFacts &);
[[nodiscard]] Bytes encode(const ResumeFacts &);
[[nodiscard]] Bytes encode(const CodingFacts &);
[[nodiscard]] Bytes encode(const EndFacts &);
[[nodiscard]] Bytes encode(const ErrorFacts &);
[[nodiscard]] Bytes encode(const ReadFacts &);
void decode(ByteView cbor, SessionFacts &facts);
void decode(ByteView cbor, DnsFacts &facts);
void decode(ByteView cbor, TcpFacts &facts);
void decode(ByteView cbor, TlsRecordFacts &facts);
void decode(ByteView cbor, WsOpenFacts &facts);
void decode(ByteView cbor, StateFacts &facts);
void decode(ByteView cbor, ResumeFacts &facts);
void decode(ByteView cbor, CodingFacts &facts);
void decode(ByteView cbor, EndFacts &facts);
void decode(ByteView cbor, ErrorFacts &facts);
void decode(ByteView cbor, ReadFacts &facts);
template <class Facts>
[[nodiscard]] Facts decodeFacts(ByteView cbor)
{
    Facts facts;
    decode(cbor, facts);
    return facts;
}

} // namespace pushscope
