#pragma once

#include "core/base/bytes.h"

#include <string>

namespace pushscope::test {

/// The bytes of a frame that an HTTP/2 server sends, by words:
///   settings NAME=VALUE ...            settings-ack
///   headers STREAM [end] NAME=VALUE... (":status" is "status"; "interim" may stand for nothing)
///   data STREAM [end] TEXT             rst STREAM CODE
///   goaway LAST CODE [DEBUG DATA]      ping-ack NUMBER
///   window STREAM INCREMENT            push STREAM PROMISED NAME=VALUE...
///   raw TYPE FLAGS STREAM PAYLOAD
/// Texts are escaped as in unescaped(); names and codes are the standard's words.
[[nodiscard]] Bytes http2Frame(const std::string &words);

} // namespace pushscope::test
