#pragma once

#include "core/base/bytes.h"
#include "core/base/headerfield.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// A part of a multipart/form-data body (RFC 7578).
struct FormPart
{
    std::string name; ///< "" has none
    Bytes content;
    std::optional<std::string> fileName = {};
    std::string contentType = {}; ///< "" sends no such field

    friend bool operator==(const FormPart &, const FormPart &) = default;
};

/// A boundary that no part's content holds. The same parts always get the same.
[[nodiscard]] std::string formBoundary(const std::vector<FormPart> &parts);
[[nodiscard]] Bytes multipartForm(const std::vector<FormPart> &parts, std::string_view boundary);
/// The parts again; nothing when the body is not one that multipartForm() could have made.
[[nodiscard]] std::optional<std::vector<FormPart>> readMultipartForm(ByteView body, std::string_view boundary);

/// application/x-www-form-urlencoded (WHATWG URL section 5): pairs in their order.
[[nodiscard]] std::string urlencodedForm(const std::vector<HeaderField> &pairs);
[[nodiscard]] std::vector<HeaderField> readUrlencodedForm(std::string_view body);

/// What a file's name says of its content, as curl tells; "application/octet-stream" for all it does not know.
[[nodiscard]] std::string_view contentTypeOfFile(std::string_view name);

} // namespace pushscope
