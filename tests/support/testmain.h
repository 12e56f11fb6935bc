#pragma once

#include <QObject>

#include <functional>
#include <memory>

/// Puts a QTest class on the list of its folder's executable. One line at column 0 behind the class: the build reads it
/// too.
#define PUSHSCOPE_TEST(Class)                                                                                          \
    static const bool Class##Registered =                                                                              \
        ::pushscope::test::registerTest(#Class, [] { return std::make_unique<Class>(); });

namespace pushscope::test {

bool registerTest(const char *name, std::function<std::unique_ptr<QObject>()> make);

} // namespace pushscope::test
