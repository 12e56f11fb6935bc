#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/finding.h"
#include "core/wire/http/httphead.h"

#include <cstdint>
#include <vector>

namespace pushscope {

/// Which messages a direction of a connection carries.
enum class Http1Side : std::uint8_t { Requests, Answers };

/// Parses the bytes of one whole head, blank line included (RFC 9112 sections 3 to 5), lenient: what can be understood
/// is kept, with Findings whose ranges count from `begin`, the place of the first byte. HttpMalformed when the start
/// line can't be understood.
[[nodiscard]] Expected<HttpHead, Error> readHttp1Head(ByteView bytes, Http1Side side, std::uint64_t begin,
                                                      std::vector<Finding> &findings);
/// The same for a trailer section (section 7.1.2): only the headers of the result are set.
[[nodiscard]] HttpHead readHttp1Trailers(ByteView bytes, Http1Side side, std::uint64_t begin,
                                         std::vector<Finding> &findings);

/// Parses the bytes of one head or trailer section again (what a Head or Trailers fact's range covered), for explaining
/// it later.
[[nodiscard]] Expected<HttpHead, Error> parseHttp1Head(ByteView bytes, Http1Side side);

/// Whether `start`, the first bytes of a stream, may be the beginning of a start line.
[[nodiscard]] bool mayStartHttp1(ByteView start, Http1Side side);
/// "not HTTP but TLS: 0x16 0x03 0x01": names the protocol where it is known, and quotes the first bytes escaped.
[[nodiscard]] Error notHttp(ByteView bytes);
/// Bytes for an Error's detail: in quotes when they are printable ASCII, otherwise as hexadecimal numbers; cut when
/// they are many.
[[nodiscard]] std::string quotedBytes(ByteView bytes);

} // namespace pushscope
