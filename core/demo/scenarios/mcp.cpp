#include "core/demo/scenarios/registry.h"

namespace pushscope::demo {

namespace {

constexpr const char *Group = "Model Context Protocol";

Scenario posted(const char *id, const char *title, const char *watch, const char *body)
{
    return posting({id, Group, title, watch, {"/mcp"}, {}}, body);
}

} // namespace

std::vector<Scenario> mcpList()
{
    return {
        posted(
            "mcp-call", "A tool that tells its progress",
            "Streamable HTTP: the answer to the POST is a stream of its own, with a notification for each step before "
            "the reply. The tab JSON-RPC pairs the two.",
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count",)"
            R"("arguments":{"to":5,"interval":300},"_meta":{"progressToken":"steps"}}})"),
        posted("mcp-initialize", "A session begins",
               "The answer's head has Mcp-Session-Id, its body the version and what the server can. The strip at the "
               "bottom has both filled in for the requests that follow, tools/list for one.",
               R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",)"
               R"("capabilities":{},"clientInfo":{"name":"pushscope","version":"1"}}})"),
        Scenario{"mcp-older",
                 Group,
                 "The older transport, a stream beside POSTs",
                 "The event endpoint tells where requests go, and the strip at the bottom has it filled in. Send "
                 "tools/list from there: the POST is answered 202, and the reply comes in the stream.",
                 {"/mcp/sse"},
                 {}},
    };
}

} // namespace pushscope::demo
