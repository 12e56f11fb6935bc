#include "core/demo/answercoding.h"

#include <string>

namespace pushscope::demo {

ParameterSpec codingParameter()
{
    return ParameterSpec::word("coding", {"identity", "gzip", "deflate", "br", "zstd"},
                               "the content coding, unless Accept-Encoding does not allow it");
}

ParameterSpec flushParameter()
{
    return ParameterSpec::number("flush", 1, 0, 1,
                                 "1: each event can be decoded at once; 0: the encoder keeps what it likes");
}

std::optional<ContentCoding> answerCoding(const Request &request, std::optional<ContentCoding> wish)
{
    return wish && acceptsCoding(request.head->headers, *wish) ? wish : std::nullopt;
}

void addCoding(Headers &fields, std::optional<ContentCoding> coding)
{
    fields.add("Vary", "Accept-Encoding");
    if (coding)
        fields.add("Content-Encoding", std::string(word(*coding)));
}

} // namespace pushscope::demo
