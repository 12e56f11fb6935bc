#pragma once

#include <QString>

namespace pushscope {

/// A label of the window in the user's language. The one door to the translations: run lupdate with `-tr-function-alias
/// translate+=words`.
[[nodiscard]] QString words(const char *english);
/// The same with a number in the place of %n, in the plural form that fits it.
[[nodiscard]] QString words(const char *english, qint64 number);

} // namespace pushscope
