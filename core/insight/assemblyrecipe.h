#pragma once

#include "core/base/jsonpath.h"
#include "core/base/jsonpointer.h"
#include "core/insight/deltashape.h"

#include <memory>
#include <string>
#include <variant>

namespace pushscope {

/// Where in an event a text stands: a JSON pointer (begins with "/"), a JSONPath (begins with "$"), or empty: all of
/// the event's data.
class TextPlace
{
public:
    [[nodiscard]] static Expected<TextPlace, PlacedError> parse(ByteView text);
    /// What stands there: of strings what they say, of anything else its spelling; of several nodes one after the
    /// other.
    [[nodiscard]] std::string read(const DeltaEvent &event) const;

private:
    using Place = std::variant<std::monostate, JsonPointer, JsonPath>;
    explicit TextPlace(Place place) : m_place(std::move(place)) {}
    Place m_place;
};

/// A format of the user's own.
struct AssemblyRecipe
{
    std::optional<TextPlace> text, reasoning;
    std::string eventType; ///< only events of this type; empty: all
};
[[nodiscard]] std::unique_ptr<DeltaShape> makeRecipeShape(AssemblyRecipe recipe);

} // namespace pushscope
