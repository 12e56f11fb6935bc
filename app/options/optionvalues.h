#pragma once

#include "app/options/commandline.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pushscope {

// The values of options, read strictly: the whole text or an Error whose detail says what was expected.

[[nodiscard]] Error wrongUsage(std::string detail);

[[nodiscard]] Expected<std::uint64_t, Error> wholeNumber(std::string_view text, std::uint64_t smallest,
                                                         std::uint64_t largest);
/// Whole milliseconds, 0 or more.
[[nodiscard]] Expected<Milliseconds, Error> milliseconds(std::string_view text);
/// Seconds, more than 0, fractions allowed.
[[nodiscard]] Expected<Milliseconds, Error> seconds(std::string_view text);
[[nodiscard]] Expected<Bytes, Error> hexBytes(std::string_view text);
/// Parts between commas, none of them empty.
[[nodiscard]] Expected<std::vector<std::string>, Error> commaList(std::string_view text);

/// "Name: value" (RFC 9110 section 5): the name a token, the value without line ends and NUL.
[[nodiscard]] Expected<HeaderField, Error> headerField(std::string_view text);
/// A token (RFC 9110 section 5.6.2): methods, subprotocols.
[[nodiscard]] Expected<std::string, Error> token(std::string_view text);
/// A text that may stand in a header field's value.
[[nodiscard]] Expected<std::string, Error> fieldValue(std::string_view text);
/// The Authorization value of "name:password" (RFC 7617).
[[nodiscard]] std::string basicAuthorization(std::string_view nameAndPassword);

[[nodiscard]] Expected<ResolveOverride, Error> resolveOverride(std::string_view text);
/// An IPv4 or IPv6 address, without brackets.
[[nodiscard]] Expected<std::string, Error> ipAddress(std::string_view text);
[[nodiscard]] Expected<LayerSet, Error> layerSet(std::string_view text);

[[nodiscard]] Expected<Bytes, Error> fileContents(std::string_view path);
/// What a curl command names, stdin as "-", up to 64 MB.
[[nodiscard]] Expected<Bytes, Error> curlFile(const std::string &path);
/// The path itself, once it is known that the file can be read.
[[nodiscard]] Expected<std::string, Error> readableFile(std::string_view path);
/// The path itself, once it is known that the file can be added to; a new one is readable by its owner alone.
[[nodiscard]] Expected<std::string, Error> appendableFile(std::string_view path);
/// A secret from pass:TEXT, env:NAME, file:PATH (its first line) or stdin, as OpenSSL's tools take them.
[[nodiscard]] Expected<std::string, Error> passphrase(std::string_view source);

/// Puts a value in its place, or hands on why there is none.
template <class Place, class Value>
Expected<void, Error> store(Place &place, Expected<Value, Error> value)
{
    if (!value)
        return value.error();
    place = std::move(*value);
    return {};
}
template <class Element, class Value>
Expected<void, Error> append(std::vector<Element> &places, Expected<Value, Error> value)
{
    if (!value)
        return value.error();
    places.push_back(std::move(*value));
    return {};
}

} // namespace pushscope
