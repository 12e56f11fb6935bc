#include "tests/support/paths.h"

namespace pushscope::test {

QString sourcePath(const char *path)
{
    return QStringLiteral(PUSHSCOPE_SOURCE_DIR "/") + QString::fromUtf8(path);
}

QString executablePath()
{
    return QStringLiteral(PUSHSCOPE_EXECUTABLE);
}

} // namespace pushscope::test
