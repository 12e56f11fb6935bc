#include "core/wire/http/httphead.h"

namespace pushscope {

std::string_view word(HttpVersion version)
{
    switch (version) {
    case HttpVersion::Http10: return "1.0";
    case HttpVersion::Http11: return "1.1";
    case HttpVersion::Http2: return "2";
    }
    return {};
}

} // namespace pushscope
