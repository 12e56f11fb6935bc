#pragma once

#include <string>

namespace pushscope {

/// Whether the first error is the peer's alert that none of the offered protocols is to be spoken (RFC 7301
/// section 3.2).
[[nodiscard]] bool isAlpnRefused();

/// The words for the first error in OpenSSL's queue, which is the cause of the others; empties the queue. An alert that
/// the peer sent is told as such (RFC 8446 section 6).
[[nodiscard]] std::string takeOpensslError();

} // namespace pushscope
