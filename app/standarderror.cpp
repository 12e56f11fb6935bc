#include "app/standarderror.h"

#include <cstdio>
#include <string>

namespace pushscope {

void tell(std::string_view line)
{
    // A peer's words are shown, not obeyed: no control character reaches the terminal.
    std::string shown;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        char hex[5] = {c};
        if (byte < 0x20 || byte == 0x7F)
            std::snprintf(hex, sizeof hex, "\\x%02x", byte);
        shown += hex;
    }
    std::fprintf(stderr, "pushscope: %s\n", shown.c_str());
}

void tell(const Error &error)
{
    tell(std::string(word(error.code)) + ": " + error.detail);
}

} // namespace pushscope
