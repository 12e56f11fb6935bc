#pragma once

#include <QString>
#include <QWidget>

namespace pushscope::test {

/// A widget inside another, by its name: a test that asks for one that does not exist can't go on.
template <class Widget>
[[nodiscard]] Widget *namedChild(const QWidget &parent, const char *name)
{
    auto *found = parent.findChild<Widget *>(QString::fromLatin1(name));
    if (!found)
        qFatal("no widget is called %s", name);
    return found;
}

} // namespace pushscope::test
