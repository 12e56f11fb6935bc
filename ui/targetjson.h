#pragma once

#include "core/base/target.h"

#include <QJsonObject>

#include <optional>

namespace pushscope {

/// A target to be kept in the settings. Leaves out what must not stand in a file in clear text (userinfo, passphrases,
/// passwords, header fields that carry credentials) and what must be chosen anew each time (accepting any certificate).
[[nodiscard]] QJsonObject toJson(const Target &target);
/// nullopt when there is no usable URL in it.
[[nodiscard]] std::optional<Target> targetFromJson(const QJsonObject &json);
/// Whether a header field's value is a credential, by its name.
[[nodiscard]] bool isSecretHeader(std::string_view name);

} // namespace pushscope
