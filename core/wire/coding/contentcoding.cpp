#include "core/wire/coding/contentcoding.h"

#include "core/base/ascii.h"

namespace pushscope {

namespace {

constexpr std::string_view AcceptEncoding = "Accept-Encoding";

std::string canonical(std::string_view coding)
{
    std::string name = lowered(coding);
    return name == "x-gzip" ? "gzip" : name; // RFC 9110 section 8.4.1.3: a recipient considers them equivalent
}

/// "0", "0.", "0.000" (RFC 9110 section 12.4.2): not acceptable at all.
bool isZero(std::string_view weight)
{
    return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

/// An element of Accept-Encoding.
struct Preference
{
    std::string coding;
    bool isAcceptable = true;
};

Preference preference(std::string_view element)
{
    const std::size_t semicolon = element.find(';');
    Preference result{canonical(trimmed(element.substr(0, semicolon), OptionalWhitespace))};
    if (semicolon == std::string_view::npos)
        return result;
    const std::string_view weight = trimmed(element.substr(semicolon + 1), OptionalWhitespace);
    result.isAcceptable = !(lowered(weight).starts_with("q=") && isZero(weight.substr(2)));
    return result;
}

} // namespace

std::string_view word(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Gzip: return "gzip";
    case ContentCoding::Deflate: return "deflate";
    case ContentCoding::Brotli: return "br";
    case ContentCoding::Zstd: return "zstd";
    }
    return {};
}

std::optional<ContentCoding> contentCoding(std::string_view word)
{
    const std::string name = canonical(word);
    for (const ContentCoding coding :
         {ContentCoding::Gzip, ContentCoding::Deflate, ContentCoding::Brotli, ContentCoding::Zstd}) {
        if (name == pushscope::word(coding))
            return coding;
    }
    return std::nullopt;
}

ContentCodings contentCodings(const Headers &message)
{
    ContentCodings result;
    for (const std::string &element : message.list("Content-Encoding")) {
        if (lowered(element) == "identity") // no coding, though RFC 9110 section 8.4.1 reserves the word
            continue;
        result.words += (result.words.empty() ? "" : ", ") + element;
        const auto coding = contentCoding(element);
        result.isKnown = result.isKnown && coding && result.applied.size() < MaxContentCodings;
        if (result.isKnown)
            result.applied.push_back(*coding);
    }
    if (!result.isKnown)
        result.applied.clear();
    return result;
}

bool offersCoding(const Headers &request, std::string_view coding)
{
    const std::string name = canonical(coding);
    bool isOffered = false;
    for (const std::string &element : request.list(AcceptEncoding)) {
        const Preference preferred = preference(element);
        if (preferred.coding == name)
            return preferred.isAcceptable; // a name counts for more than "*"
        if (preferred.coding == "*")
            isOffered = preferred.isAcceptable;
    }
    return isOffered;
}

bool acceptsCoding(const Headers &request, ContentCoding coding)
{
    return !request.contains(AcceptEncoding) || offersCoding(request, word(coding));
}

} // namespace pushscope
