#pragma once

#include "core/demo/parameters.h"
#include "core/demo/request.h"
#include "core/wire/coding/contentcoding.h"
#include "core/wire/http/headers.h"

#include <optional>

namespace pushscope::demo {

/// `coding`: none, or one that wraps the stream where the client takes it.
[[nodiscard]] ParameterSpec codingParameter();
/// `flush`: whether each event can be decoded at once.
[[nodiscard]] ParameterSpec flushParameter();

/// The coding that a query wishes for, if the client takes it: a request without Accept-Encoding takes any (RFC 9110
/// section 12.5.3), one whose field does not allow it is answered without.
[[nodiscard]] std::optional<ContentCoding> answerCoding(const Request &request, std::optional<ContentCoding> wish);

/// Says so in the answer's head. Vary tells caches that another Accept-Encoding would have got another answer (RFC 9110
/// section 12.5.5).
void addCoding(Headers &fields, std::optional<ContentCoding> coding);

} // namespace pushscope::demo
