#include "app/options/optiontable.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace pushscope;

class OptionTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRowIsWhole()
    {
        for (const Option &option : optionTable()) {
            QVERIFY2(option.name.starts_with("--") && option.name.size() > 3, option.name.data());
            QVERIFY2(option.subcommands != 0 && option.apply != nullptr, option.name.data());
            QVERIFY2(option.help.ends_with('.'), option.name.data());
        }
    }

    void noNameTwiceInOneSubcommand()
    {
        for (const auto subcommand : {Subcommand::Window, Subcommand::Record, Subcommand::Check, Subcommand::Demo}) {
            std::set<std::string_view> names;
            std::set<char> letters;
            for (const Option &option : optionTable()) {
                if (!option.belongsTo(subcommand))
                    continue;
                QVERIFY2(names.insert(option.name).second, option.name.data());
                QVERIFY2(option.letter == '\0' || letters.insert(option.letter).second, option.name.data());
            }
        }
    }

    /// Sections stand together, or --help would show one twice.
    void sectionsAreNotTorn()
    {
        std::set<Section> closed;
        Section current = optionTable().front().section;
        for (const Option &option : optionTable()) {
            if (option.section == current)
                continue;
            QVERIFY2(!closed.contains(option.section), option.name.data());
            closed.insert(current);
            current = option.section;
        }
    }
};

PUSHSCOPE_TEST(OptionTableTest)

#include "optiontabletest.moc"
