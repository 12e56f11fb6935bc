#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/formbody.h"
#include "core/base/target.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// Reads a local file that a curl command names.
using CurlFiles = std::function<Expected<Bytes, Error>(const std::string &path)>;

/// The body and query that curl makes of -d, --data-urlencode, --json, -F and their kin, in their order. Files are read
/// by `files`; without it what would come from one is left out.
class CurlBody
{
public:
    explicit CurlBody(CurlFiles files) : m_files(std::move(files)) {}

    struct Taken
    {
        bool namesFile = false;
    };
    [[nodiscard]] Expected<Taken, Error> addData(std::string_view value, bool isBinary);
    void addRaw(std::string_view value);
    [[nodiscard]] Expected<Taken, Error> addUrlencoded(std::string_view value);
    [[nodiscard]] Expected<Taken, Error> addJson(std::string_view value);
    [[nodiscard]] Expected<Taken, Error> addForm(std::string_view value, bool isLiteral);
    [[nodiscard]] Expected<Taken, Error> addQuery(std::string_view value);
    /// -T: a file is the body as it is, and a URL that ends in a slash gets its name.
    [[nodiscard]] Expected<Taken, Error> setUpload(std::string_view path);

    [[nodiscard]] bool isEmpty() const { return !m_data && m_parts.empty(); }
    [[nodiscard]] bool isUpload() const { return m_upload.has_value(); }
    /// Body, query and the fields that tell of them; with `get` the data go into the query.
    [[nodiscard]] Expected<void, Error> apply(Target &target, bool get);

private:
    [[nodiscard]] Expected<Bytes, Error> contentsOf(std::string_view path) const;
    [[nodiscard]] Expected<Taken, Error> encode(std::string_view value, std::string &encoded) const;
    void applyForm(Target &target) const;
    void applyUpload(Target &target) const;

    CurlFiles m_files;
    std::optional<Bytes> m_data;
    std::vector<FormPart> m_parts;
    std::string m_query;
    std::string m_uploadName;
    std::optional<Bytes> m_upload;
    bool m_json = false;
};

} // namespace pushscope
