#pragma once

#include "core/demo/script.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope::demo {

// The words in which scenarios are written.

/// 200 with an event stream over chunked coding.
[[nodiscard]] Step streamHead();
/// 200 with an event stream that ends with its connection.
[[nodiscard]] Step endlessHead();
/// The whole answer to a client that has seen the scenario's last event: 204 tells it not to come back.
[[nodiscard]] Script nothingMore();
/// A whole answer that is no event stream.
[[nodiscard]] Script wholeAnswer(int status, Headers fields, Bytes content);
/// "id: 1\ndata: text\n\n"
[[nodiscard]] Bytes event(std::uint64_t id, std::string_view data);
[[nodiscard]] Step body(Bytes bytes);
[[nodiscard]] Step wait(std::uint64_t milliseconds);

[[nodiscard]] Step textFrame(std::string_view text, bool fin = true);
[[nodiscard]] Step continuation(std::string_view text, bool fin);
[[nodiscard]] Step pingFrame(std::string_view payload);
[[nodiscard]] Step closeFrame(std::uint16_t code, std::string_view reason);
/// A close frame whose payload is these bytes.
[[nodiscard]] Step rawCloseFrame(std::string_view payload);

/// `interval`: milliseconds between the script's writes.
[[nodiscard]] ParameterSpec intervalParameter(std::uint64_t fallback);

} // namespace pushscope::demo
