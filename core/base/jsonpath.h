#pragma once

#include "core/base/jsondocument.h"
#include "core/base/jsonpathparser.h"

#include <cstdint>
#include <vector>

namespace pushscope {

/// A JSONPath query (RFC 9535): which nodes of a document it selects.
class JsonPath
{
public:
    /// How much a query may look at: descendants of descendants grow with powers of the document's size.
    static constexpr std::uint64_t StepLimit = 2'000'000;

    struct Selection
    {
        std::vector<std::uint32_t> nodes; ///< in the query's order, again where it selects them again
        bool isComplete = true;           ///< false: given up at StepLimit
    };

    [[nodiscard]] static Expected<JsonPath, PlacedError> parse(ByteView text);

    [[nodiscard]] Selection select(const JsonDocument &document) const;

private:
    explicit JsonPath(JsonQuery query) : m_query(std::move(query)) {}
    JsonQuery m_query;
};

} // namespace pushscope
