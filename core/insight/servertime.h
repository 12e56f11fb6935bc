#pragma once

#include "core/base/bytes.h"
#include "core/base/expected.h"
#include "core/base/jsondocument.h"
#include "core/base/jsonpath.h"
#include "core/base/jsonpointer.h"
#include "core/base/placederror.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pushscope {

/// A time as servers write it, in nanoseconds since 1970: RFC 3339, or a number of seconds, milli-, micro- or
/// nanoseconds, told apart by how large it is.
[[nodiscard]] std::optional<std::int64_t> readServerTime(ByteView text);

/// Where in an event's JSON its server's time stands: a JSON pointer (RFC 6901) or a JSONPath (RFC 9535).
class ServerTimePlace
{
public:
    /// A JSON pointer begins with "/", a JSONPath with "$".
    [[nodiscard]] static Expected<ServerTimePlace, PlacedError> parse(ByteView text);
    /// The places of values that are times within a day of `now` (nanoseconds since 1970), at most MostFound, in the
    /// order of the text.
    static constexpr std::size_t MostFound = 8;
    [[nodiscard]] static std::vector<ServerTimePlace> find(const JsonDocument &document, std::int64_t now);

    [[nodiscard]] std::optional<std::int64_t> timeIn(const JsonDocument &document) const;
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    using Query = std::variant<JsonPointer, JsonPath>;
    ServerTimePlace(std::string text, Query query) : m_text(std::move(text)), m_query(std::move(query)) {}

    std::string m_text;
    Query m_query;
};

} // namespace pushscope
