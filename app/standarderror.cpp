#include "app/standarderror.h"

#include "app/terminaltext.h"

#include <cstdio>
#include <string>

namespace pushscope {

void tell(std::string_view line)
{
    std::fprintf(stderr, "pushscope: %s\n", terminalText(line).c_str());
}

void tell(const Error &error)
{
    tell(std::string(word(error.code)) + ": " + error.detail);
}

} // namespace pushscope
