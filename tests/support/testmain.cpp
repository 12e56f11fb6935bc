#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QTest>

#include <cstdio>
#include <cstring>
#include <map>
#include <string>

#ifdef QT_WIDGETS_LIB
#include <QApplication>
using TestApplication = QApplication;
#else
using TestApplication = QCoreApplication;
#endif

namespace pushscope::test {

namespace {
using Tests = std::map<std::string, std::function<std::unique_ptr<QObject>()>>;

Tests &tests()
{
    static Tests instance;
    return instance;
}
} // namespace

bool registerTest(const char *name, std::function<std::unique_ptr<QObject>()> make)
{
    return tests().emplace(name, std::move(make)).second;
}

} // namespace pushscope::test

/// test-NAME [CLASS] [arguments of QTest's]: without a class all of the folder's run, one after the other.
int main(int argc, char **argv)
{
    // A stack dump by gdb can hang on a busy machine and hides the failure behind a time-out.
    qputenv("QTEST_DISABLE_STACK_DUMP", "1");
    TestApplication application(argc, argv);
    auto &tests = pushscope::test::tests();
    QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() > 1 && !arguments[1].startsWith(u'-')) {
        const auto found = tests.find(arguments.takeAt(1).toStdString());
        if (found == tests.end()) {
            std::fprintf(stderr, "no such test class: %s\n", argv[1]);
            return 2;
        }
        return QTest::qExec(found->second().get(), arguments);
    }
    int failures = 0;
    for (const auto &[name, make] : tests)
        failures += QTest::qExec(make().get(), arguments);
    return failures;
}
