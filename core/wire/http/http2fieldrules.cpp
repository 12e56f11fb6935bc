#include "core/wire/http/http2fieldrules.h"

#include "core/base/ascii.h"
#include "core/wire/http/http2request.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pushscope {

namespace {

enum Pseudo : std::size_t { Method, Scheme, Authority, Path, Protocol, Status, PseudoCount };
constexpr std::array<std::string_view, PseudoCount> pseudoNames{":method", ":scheme",   ":authority",
                                                                ":path",   ":protocol", ":status"};

/// RFC 9113 section 8.2.1: no controls, no spaces, no upper case, nothing beyond ASCII, and a colon in front only.
bool isNamePossible(std::string_view name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c > ' ' && c < '\x7f' && c != ':' && (c < 'A' || c > 'Z');
    });
}

/// The same section.
bool isValuePossible(std::string_view value)
{
    constexpr std::string_view never("\0\r\n", 3);
    return value.find_first_of(never) == std::string_view::npos && trimmed(value, OptionalWhitespace) == value;
}

class BlockInspector
{
public:
    BlockInspector(const HpackBlock &block, Http2BlockUse use)
        : m_block(block), m_use(use), m_isRequest(use.isPromise || use.sender == Role::Client)
    {
    }

    std::optional<ByteRange> inspect();

private:
    bool isBad(const HpackField &field);
    bool isBadPseudo(const HpackField &field);
    [[nodiscard]] bool isBadStatus(std::string_view status) const;
    [[nodiscard]] bool isIncomplete() const;
    [[nodiscard]] bool isIncompleteRequest() const;

    const HpackBlock &m_block;
    Http2BlockUse m_use;
    bool m_isRequest;
    bool m_regularSeen = false;
    std::array<const HpackField *, PseudoCount> m_pseudo{};
};

/// RFC 9113 sections 8.3, 8.3.1, 8.3.2.
bool BlockInspector::isBadPseudo(const HpackField &field)
{
    const auto known = std::find(pseudoNames.begin(), pseudoNames.end(), field.name);
    const auto place = static_cast<std::size_t>(known - pseudoNames.begin());
    if (m_regularSeen || known == pseudoNames.end() || m_pseudo[place] != nullptr || m_isRequest == (place == Status))
        return true;
    m_pseudo[place] = &field;
    return !isValuePossible(field.value) || (place == Status && isBadStatus(field.value));
}

/// Sections 8.1 and 8.6: an interim answer can't end the stream, and 101 has no place in HTTP/2.
bool BlockInspector::isBadStatus(std::string_view status) const
{
    const bool number =
        status.size() == 3 && std::all_of(status.begin(), status.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !number || status[0] == '0' || status == "101" || (status[0] == '1' && m_use.endsStream);
}

bool BlockInspector::isBad(const HpackField &field)
{
    if (field.name.starts_with(':'))
        return isBadPseudo(field);
    m_regularSeen = true;
    return !isNamePossible(field.name) || !isValuePossible(field.value) ||
           isConnectionSpecific(field.name, field.value);
}

/// RFC 9113 sections 8.3.1 and 8.5, RFC 8441 section 4.
bool BlockInspector::isIncompleteRequest() const
{
    if (m_pseudo[Method] == nullptr)
        return true;
    const bool hasProtocol = m_pseudo[Protocol] != nullptr;
    const bool isConnect = m_pseudo[Method]->value == "CONNECT";
    if (isConnect && !hasProtocol)
        return m_pseudo[Scheme] != nullptr || m_pseudo[Path] != nullptr || m_pseudo[Authority] == nullptr;
    if (hasProtocol && !isConnect)
        return true;
    if (m_pseudo[Scheme] == nullptr || m_pseudo[Path] == nullptr)
        return true;
    const std::string_view scheme = m_pseudo[Scheme]->value;
    return m_pseudo[Path]->value.empty() && (scheme == "http" || scheme == "https");
}

bool BlockInspector::isIncomplete() const
{
    if (std::all_of(m_pseudo.begin(), m_pseudo.end(), [](const HpackField *field) { return field == nullptr; }))
        return m_use.isPromise || !m_use.endsStream; // else it may be trailers
    return m_isRequest && isIncompleteRequest();
}

std::optional<ByteRange> BlockInspector::inspect()
{
    for (const HpackField &field : m_block.fields) {
        if (isBad(field))
            return field.range;
    }
    const bool isWhole = m_block.error.empty() && m_block.leftOut == 0;
    return isWhole && isIncomplete() ? std::optional(ByteRange{}) : std::nullopt;
}

} // namespace

std::optional<ByteRange> malformedPart(const HpackBlock &block, Http2BlockUse use)
{
    return BlockInspector(block, use).inspect();
}

} // namespace pushscope
