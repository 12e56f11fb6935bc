#include "app/standarderror.h"

#include <cstdio>
#include <string>

namespace pushscope {

void tell(std::string_view line)
{
    std::fprintf(stderr, "pushscope: %.*s\n", static_cast<int>(line.size()), line.data());
}

void tell(const Error &error)
{
    tell(std::string(word(error.code)) + ": " + error.detail);
}

} // namespace pushscope
