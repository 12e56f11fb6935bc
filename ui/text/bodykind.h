#pragma once

#include <QString>

#include <string>

namespace pushscope {

/// How the body of a request is given.
enum class BodyKind { Typed, Json, Form, Multipart, File, Text };

/// The Content-Type that goes with it (of a file, by its name), without a form's boundary; "" where that is the user's
/// to say.
[[nodiscard]] std::string contentTypeOf(BodyKind kind, const QString &file);

} // namespace pushscope
