#include "core/wire/ws/wshandshake.h"
#include "tests/fuzz/invariant.h"

using namespace pushscope;

namespace {

/// A first line, "GET" or a status, then one field on each line.
HttpHead readHead(std::string_view text)
{
    HttpHead head;
    bool first = true;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t colon = line.find(':');
        if (first) {
            head.isRequest = line.empty() || line[0] > '9';
            head.method = line;
            head.status = line == "101" ? 101 : 404;
        } else if (colon != std::string_view::npos) {
            head.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
        }
        first = false;
    }
    return head;
}

} // namespace

/// Whatever the heads say: a verdict; and what a server accepts, a client that asked for it accepts too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const HttpHead head = readHead(text);
    WebSocketOptions options;
    options.subprotocols = {"chat", "superchat"};
    const HttpHead request =
        webSocketRequest({"ws", "localhost", 80, "/", "", ""}, options, {}, "dGhlIHNhbXBsZSBub25jZQ==");

    const auto agreement = checkWebSocketAnswer(request, head);
    PUSHSCOPE_INVARIANT(agreement.hasValue() || agreement.error().error.code != ErrorCode::None);
    PUSHSCOPE_INVARIANT(!agreement || head.status == 101);
    PUSHSCOPE_INVARIANT(!agreement || agreement->extensions.find_first_not_of(", \t") == std::string::npos);

    const auto offer = readWebSocketOffer(head);
    PUSHSCOPE_INVARIANT(!offer || isWebSocketRequest(head));
    if (!offer) {
        PUSHSCOPE_INVARIANT(offer.error().status >= 400 && offer.error().status <= 426);
        return 0;
    }
    const std::string subprotocol = offer->subprotocols.empty() ? "" : offer->subprotocols.front();
    const auto accepted = checkWebSocketAnswer(head, webSocketAnswer(*offer, subprotocol));
    PUSHSCOPE_INVARIANT(accepted.hasValue());
    PUSHSCOPE_INVARIANT(accepted->subprotocol == subprotocol);
    return 0;
}
