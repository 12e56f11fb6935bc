#include "ui/chosenfile.h"

#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QFile>
#include <QFileInfo>

namespace pushscope {

Expected<Bytes, QString> contentsOfChosenFile(const QString &path)
{
    const auto unreadable = [shown = visibleLine(path)](const QString &why) {
        return words("%1 can't be read: %2").arg(shown, visibleLine(why));
    };
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return unreadable(words("it is no regular file"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    // Its size alone does not bound it: that of a file under /proc is 0, another one may be growing.
    const QByteArray contents = file.read(LargestChosenFile + 1);
    if (contents.size() > LargestChosenFile)
        return unreadable(words("it is larger than 64 MB"));
    return contents.toStdString();
}

} // namespace pushscope
