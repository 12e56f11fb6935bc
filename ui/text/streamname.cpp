#include "ui/text/streamname.h"

#include "ui/carrier.h"

#include <algorithm>
#include <vector>

namespace pushscope {

namespace {
const std::string Dot = " \u00B7 ";
/// A longer query says too little at its beginning.
constexpr std::size_t QueryLimit = 60;

/// The query, where it alone tells the target from another one over the same carrier.
std::string tellingQuery(const Target &target, const std::map<std::string, Target> &others)
{
    const std::size_t mark = target.url.target.find('?');
    if (mark == std::string::npos || target.url.target.size() - mark > QueryLimit)
        return {};
    const bool isTelling = std::any_of(others.begin(), others.end(), [&target, mark](const auto &entry) {
        const Url &other = entry.second.url;
        return other.origin() == target.url.origin() && other.target != target.url.target &&
               other.target.substr(0, other.target.find('?')) == target.url.target.substr(0, mark) &&
               carrierOf(entry.second) == carrierOf(target);
    });
    return isTelling ? target.url.target.substr(mark + 1) : std::string();
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
        if (const std::string query = tellingQuery(target, others); !query.empty())
            candidates.insert(candidates.begin() + 1, name + Dot + query);
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
