#pragma once

#include <string>

namespace pushscope {

/// A field line (RFC 9110 section 5): name as typed or received, value without surrounding whitespace.
struct HeaderField
{
    std::string name;
    std::string value;

    friend bool operator==(const HeaderField &, const HeaderField &) = default;
};

} // namespace pushscope
