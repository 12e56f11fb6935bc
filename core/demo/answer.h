#pragma once

#include "core/base/bytes.h"
#include "core/demo/parameters.h"
#include "core/wire/http/httphead.h"

#include <string>
#include <string_view>

namespace pushscope::demo {

/// A whole answer that is no stream.
struct Answer
{
    int status = 200;
    Headers headers;
    Bytes body;
    bool hasLength = true; ///< false: what HEAD is told of a stream
};

/// The registered phrase of the status codes that this server uses (RFC 9110 section 15), "" for others.
[[nodiscard]] std::string_view reasonPhrase(int status);
/// An answer's head without framing fields.
[[nodiscard]] HttpHead answerHead(int status, Headers headers = {});

[[nodiscard]] Answer contentAnswer(int status, std::string_view contentType, Bytes body);
/// What an event stream's head says; with chunked coding, or until the connection ends.
[[nodiscard]] Headers eventStreamFields(bool isChunked);
/// One sentence for people, as plain text.
[[nodiscard]] Answer textAnswer(int status, std::string_view sentence);
/// 400 with the parameter's name and its allowed range, as JSON.
[[nodiscard]] Answer refusalAnswer(const ParameterRefusal &refusal);
/// 503: as many feeds are kept as can be.
[[nodiscard]] Answer tooManyFeeds();
/// 405 with Allow (RFC 9110 section 15.5.6).
[[nodiscard]] Answer methodAnswer(std::string_view allowed);

} // namespace pushscope::demo
