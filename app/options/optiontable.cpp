#include "app/options/optiontable.h"

namespace pushscope {

std::string_view title(Section section)
{
    switch (section) {
    case Section::Request: return "Request";
    case Section::WebSocketHandshake: return "WebSocket handshake";
    case Section::Timeouts: return "Time-outs";
    case Section::Reconnection: return "Reconnection";
    case Section::Network: return "Network";
    case Section::Tls: return "TLS";
    case Section::Recording: return "Recording";
    case Section::Sending: return "WebSocket, once it is open";
    case Section::Demo: return "Demo server";
    case Section::Other: return "Other";
    }
    return {};
}

bool Option::belongsTo(Subcommand subcommand) const
{
    return (subcommands & only({subcommand})) != 0;
}

Error notYetAvailable()
{
    return {ErrorCode::NotSupported, "not yet available in this version"};
}

Expected<void, Error> notYetAvailable(Draft & /*draft*/, std::string_view /*value*/)
{
    return notYetAvailable();
}

std::vector<Option> optionTable()
{
    std::vector<Option> table;
    for (const auto &part : {requestOptions(), connectionOptions(), recordOptions(), otherOptions()})
        table.insert(table.end(), part.begin(), part.end());
    return table;
}

} // namespace pushscope
