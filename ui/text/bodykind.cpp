#include "ui/text/bodykind.h"

#include "core/base/formbody.h"

namespace pushscope {

std::string contentTypeOf(BodyKind kind, const QString &file)
{
    switch (kind) {
    case BodyKind::Typed: return {};
    case BodyKind::Json: return "application/json";
    case BodyKind::Form: return "application/x-www-form-urlencoded";
    case BodyKind::Multipart: return "multipart/form-data";
    case BodyKind::File: return std::string(contentTypeOfFile(file.toStdString()));
    case BodyKind::Text: return "text/plain;charset=utf-8";
    }
    return {};
}

} // namespace pushscope
