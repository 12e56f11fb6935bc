#include "app/record/recordedstream.h"

#include <algorithm>

namespace pushscope {

std::vector<Target> targetsOfStreams(const Target &target, std::size_t streams)
{
    std::vector<Target> targets(streams, target);
    if (streams == 1)
        return targets;
    for (std::size_t i = 0; i < streams; ++i)
        targets[i].name = displayName(target) + " (" + std::to_string(i + 1) + ')';
    return targets;
}

std::string listed(const std::vector<std::string> &names)
{
    constexpr std::size_t Most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(Most, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > Most)
        text += " and " + std::to_string(names.size() - Most) + " more";
    return text;
}

} // namespace pushscope
