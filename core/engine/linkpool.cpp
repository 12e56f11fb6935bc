#include "core/engine/linkpool.h"

#include "core/engine/engineservices.h"
#include "core/engine/link.h"

#include <algorithm>

namespace pushscope {

std::shared_ptr<Link> LinkPool::linkFor(const LinkWay &way, EngineServices &services, const Recorder &recorder)
{
    std::erase_if(m_links, [](const std::shared_ptr<Link> &link) { return link->isOver(); });
    const auto found = std::find_if(m_links.begin(), m_links.end(),
                                    [&way](const std::shared_ptr<Link> &link) { return link->takes(way); });
    return found != m_links.end() ? *found : newLink(way, services, recorder);
}

std::shared_ptr<Link> LinkPool::newLink(const LinkWay &way, EngineServices &services, const Recorder &recorder)
{
    auto link = std::make_shared<Link>(services, recorder, way);
    if (mayBecomeHttp2(way)) // nobody joins one that is not shared, but it says goodbye too
        m_links.push_back(link);
    return link;
}

std::string LinkPool::crowding(const LinkWay &way) const
{
    std::string why;
    for (const auto &link : m_links) {
        if (link->takes(way))
            return {};
        if (why.empty())
            why = link->crowding(way);
    }
    return why;
}

void LinkPool::closeIdle()
{
    for (const auto &link : m_links)
        link->closeIdle();
}

} // namespace pushscope
