#pragma once

#include "core/base/bytes.h"
#include "core/base/headerfield.h"
#include "core/base/url.h"

#include <string>
#include <vector>

namespace pushscope {

/// A request that is sent beside a session's stream: what its stream brings may well be the answer.
struct CompanionRequest
{
    Url url;
    std::string method = "POST";
    std::vector<HeaderField> headers; ///< in the order to send, names as typed
    Bytes body;
    friend bool operator==(const CompanionRequest &, const CompanionRequest &) = default;
};

} // namespace pushscope
