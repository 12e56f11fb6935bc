#include "ui/text/streamname.h"

#include "ui/carrier.h"

#include <algorithm>
#include <vector>

namespace pushscope {

namespace {
const std::string Dot = " \u00B7 ";
}

std::string streamName(const Target &target, const std::map<std::string, Target> &others)
{
    const std::string name = displayName(target);
    const bool isAgain = std::any_of(others.begin(), others.end(), [&target](const auto &other) {
        return other.second.url == target.url && other.second.method == target.method &&
               carrierOf(other.second) == carrierOf(target);
    });
    if (!isAgain) {
        const std::string authority = target.url.authority();
        const std::string origin = target.url.scheme + "://" + authority;
        std::vector<std::string> candidates{name, name + Dot + authority, name + Dot + origin,
                                            name + Dot + target.method + " " + origin};
        if (target.http != HttpChoice::Auto)
            candidates.insert(candidates.begin() + 1, name + Dot + carrierName(carrierOf(target)).toStdString());
        for (const std::string &candidate : candidates) {
            if (!others.contains(candidate))
                return candidate;
        }
    }
    std::string counted = name;
    for (std::size_t number = 2; others.contains(counted); ++number)
        counted = name + " (" + std::to_string(number) + ")";
    return counted;
}

} // namespace pushscope
