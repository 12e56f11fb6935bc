#pragma once

#include "core/base/bytes.h"
#include "core/base/expected.h"
#include "core/base/jsondocument.h"
#include "core/base/placederror.h"

#include <optional>
#include <string>
#include <vector>

namespace pushscope {

/// A JSON pointer (RFC 6901): the way from a document's root to one of its values.
class JsonPointer
{
public:
    /// The string form of section 3: empty, or "/" before each reference token.
    [[nodiscard]] static Expected<JsonPointer, PlacedError> parse(ByteView text);

    /// The value that it points to; nullopt where the document has none (section 4). Of members with the same name the
    /// last.
    [[nodiscard]] std::optional<std::uint32_t> find(const JsonDocument &document) const;

private:
    std::vector<std::string> m_tokens; ///< unescaped
};

} // namespace pushscope
