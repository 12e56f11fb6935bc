#pragma once

#include "core/engine/linkway.h"

#include <memory>
#include <string>
#include <vector>

namespace pushscope {

class Link;
class Recorder;
struct EngineServices;

/// The connections that sessions share. Engine thread.
class LinkPool
{
public:
    /// One that an exchange may join: open or in the making where it may be shared, else a new one, which its first
    /// exchange opens. `recorder` is the session's that would open it.
    [[nodiscard]] std::shared_ptr<Link> linkFor(const LinkWay &way, EngineServices &services, const Recorder &recorder);
    /// A new one whatever there is.
    [[nodiscard]] std::shared_ptr<Link> newLink(const LinkWay &way, EngineServices &services, const Recorder &recorder);
    /// Why linkFor() would open a new one though there are others that could be shared: a phrase, or "".
    [[nodiscard]] std::string crowding(const LinkWay &way) const;
    /// Says goodbye on those that carry nothing any more (RFC 9113 section 6.8).
    void closeIdle();

private:
    std::vector<std::shared_ptr<Link>> m_links;
};

} // namespace pushscope
