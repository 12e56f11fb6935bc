#include "ui/text/jsonproblem.h"

#include "core/base/jsondocument.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

namespace pushscope {

std::optional<JsonProblem> jsonProblem(ByteView utf8)
{
    std::size_t stop = 0;
    if (JsonDocument::parse(Bytes(utf8), &stop))
        return {};
    if (stop >= utf8.size())
        return JsonProblem{words("Not JSON: it ends too early")};
    // People count characters, not bytes.
    const QString before = decodedText(utf8.substr(0, stop));
    return JsonProblem{words("Not JSON: character %1 can't stand where it does").arg(before.toUcs4().size() + 1),
                       before.size()};
}

} // namespace pushscope
