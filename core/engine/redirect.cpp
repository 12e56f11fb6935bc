#include "core/engine/redirect.h"

#include "core/base/apikeyfield.h"

#include <algorithm>
#include <array>

namespace pushscope {

namespace {

template <std::size_t Size>
bool removeFields(std::vector<HeaderField> &fields, const std::array<std::string_view, Size> &names)
{
    return std::erase_if(fields, [&](const HeaderField &field) {
               return std::any_of(names.begin(), names.end(),
                                  [&](std::string_view name) { return equalsIgnoreCase(field.name, name); });
           }) != 0;
}

constexpr std::array<std::string_view, 4> BodyFields = {"Content-Encoding", "Content-Language", "Content-Location",
                                                        "Content-Type"};
constexpr std::array<std::string_view, 2> FramingFields = {"Content-Length", "Transfer-Encoding"};
constexpr std::array<std::string_view, 3> CredentialFields = {"Authorization", "Cookie", "Proxy-Authorization"};
constexpr std::array<std::string_view, 1> HostField = {"Host"};

/// A field of the user's own goes along, as with curl and fetch; but nobody should be surprised by it.
bool tellsOfSecret(const HeaderField &field)
{
    static constexpr std::array<std::string_view, 7> Words = {"token",  "secret",     "passw",     "auth",
                                                              "apikey", "credential", "access-key"};
    const std::string name = lowered(field.name);
    return std::ranges::any_of(Words, [&](std::string_view word) { return name.find(word) != name.npos; });
}

} // namespace

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Expected<RedirectStep, Error> followRedirect(const RequestShape &request, const HttpHead &answer)
{
    const std::string status = std::to_string(answer.status);
    const auto location = answer.headers.value("Location");
    // Fetch 2.2.6, "location URL": several field lines are a failure, not a choice.
    const auto isLocation = [](const HeaderField &field) { return equalsIgnoreCase(field.name, "Location"); };
    if (std::count_if(answer.headers.begin(), answer.headers.end(), isLocation) > 1)
        return Error{ErrorCode::HttpRedirect, "the answer " + status + " names more than one Location to go to"};
    if (!location || location->empty())
        return Error{ErrorCode::HttpRedirect, "the answer " + status + " names no Location to go to"};
    const auto url = resolveUrl(request.url, *location);
    if (!url || url->isWebSocket())
        return Error{ErrorCode::HttpRedirect, "the answer " + status + " redirects to '" + std::string(*location) +
                                                  "', which is no http or https URL"};

    RedirectStep step{request};
    step.next.url = *url;
    // Fetch 4.4 step 12: 301 and 302 turn POST into GET, 303 everything but GET and HEAD; the body and what describes
    // it go.
    const bool becomesGet = ((answer.status == 301 || answer.status == 302) && request.method == "POST") ||
                            (answer.status == 303 && request.method != "GET" && request.method != "HEAD");
    if (becomesGet) {
        step.next.method = "GET";
        step.next.body.clear();
        removeFields(step.next.headers, BodyFields);
        removeFields(step.next.headers, FramingFields);
    }
    // Step 13, and the Cookie field that was typed for the first origin too; the jar knows what the next one gets.
    if (url->origin() != request.url.origin()) {
        step.credentialsDropped = removeFields(step.next.headers, CredentialFields);
        step.credentialsDropped |=
            std::erase_if(step.next.headers, [](const HeaderField &field) { return isApiKeyField(field.name); }) != 0;
        step.secretForwarded = std::ranges::any_of(step.next.headers, tellsOfSecret);
        removeFields(step.next.headers, HostField);
        step.credentialsDropped |= !request.url.user.empty() || !request.url.password.empty();
    } else if (url->user.empty() && url->password.empty()) {
        step.next.url.user = request.url.user;
        step.next.url.password = request.url.password;
    }
    return step;
}

} // namespace pushscope
