#pragma once

#include "core/base/ascii.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace pushscope {

/// Field names have no case, nor have many words of HTTP (RFC 9110 sections 5.1, 5.6.2); of ASCII only.
[[nodiscard]] inline bool equalsIgnoreCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lowered(x) == lowered(y); });
}

/// A field line (RFC 9110 section 5): name as typed or received, value without surrounding whitespace.
struct HeaderField
{
    std::string name;
    std::string value;

    friend bool operator==(const HeaderField &, const HeaderField &) = default;
};

/// The first of the fields that has the name, case ignored; null when none has.
template <typename Fields>
[[nodiscard]] auto fieldNamed(Fields &fields, std::string_view name) -> decltype(&*fields.begin())
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [name](const HeaderField &field) { return equalsIgnoreCase(field.name, name); });
    return found == fields.end() ? nullptr : &*found;
}

} // namespace pushscope
