#include "ui/text/streamname.h"

#include "ui/carrier.h"

#include <algorithm>
#include <vector>

namespace pushscope {

namespace {
const std::string Dot = " \u00B7 ";
/// More says too little at its beginning.
constexpr std::size_t PartLimit = 60;

std::string pathOf(const Target &target)
{
    return target.url.target.substr(0, target.url.target.find('?'));
}

/// What alone tells the target from others of its name, origin and carrier: its path, or its query where they share
/// that.
std::string tellingPart(const Target &target, const std::map<std::string, Target> &others)
{
    const std::string path = pathOf(target);
    std::string part;
    for (const auto &[name, other] : others) {
        if (other.url.origin() != target.url.origin() || other.url.target == target.url.target ||
            displayName(other) != displayName(target) || carrierOf(other) != carrierOf(target))
            continue;
        if (pathOf(other) != path)
            part = path;
        else if (part.empty() && path.size() < target.url.target.size())
            part = target.url.target.substr(path.size() + 1);
    }
    return part.size() < PartLimit ? part : std::string();
}
} // namespace

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
        if (target.http != HttpChoice::Auto) {
            const std::string carried = name + Dot + carrierName(carrierOf(target)).toStdString();
            candidates.insert(candidates.begin() + 1, {carried, carried + Dot + authority});
        }
        if (const std::string part = tellingPart(target, others); !part.empty())
            candidates.insert(candidates.begin() + 1, name + Dot + part);
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
