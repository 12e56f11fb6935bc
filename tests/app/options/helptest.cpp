#include "app/options/help.h"

#include "app/options/optiontable.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace pushscope;

namespace {
/// What stands in the left column of a help text.
std::set<std::string> namedOptions(const std::string &help)
{
    static const QRegularExpression row(QStringLiteral("^ .{5}(--[a-z-]+)"), QRegularExpression::MultilineOption);
    std::set<std::string> names;
    for (auto rows = row.globalMatch(QString::fromStdString(help)); rows.hasNext();)
        names.insert(rows.next().captured(1).toStdString());
    return names;
}
} // namespace

class HelpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesEveryOptionOfItsSubcommand()
    {
        for (const auto subcommand : {Subcommand::Window, Subcommand::Record, Subcommand::Demo}) {
            std::set<std::string> expected;
            for (const Option &option : optionTable()) {
                if (option.belongsTo(subcommand))
                    expected.insert(std::string(option.name));
            }
            QVERIFY(namedOptions(helpText(subcommand)) == expected);
        }
    }

    void fitsATerminal()
    {
        for (const auto subcommand : {Subcommand::Window, Subcommand::Record, Subcommand::Check, Subcommand::Demo}) {
            const QStringList lines = QString::fromStdString(helpText(subcommand)).split(u'\n');
            for (const QString &line : lines) {
                QVERIFY2(line.size() <= 100, qPrintable(line));
                QVERIFY2(!line.endsWith(u' '), qPrintable(line));
            }
        }
    }

    void theWindowsHelpNamesTheSubcommands()
    {
        const QString help = QString::fromStdString(helpText(Subcommand::Window));
        for (const char *name : {"record", "check", "demo", "compare", "convert"})
            QVERIFY(help.contains(QStringLiteral("pushscope ") + QLatin1String(name)));
        QVERIFY(help.contains(QStringLiteral("143 after SIGTERM")));
    }

    void theManualHasEveryOptionThatWorks()
    {
        const std::string page = manualPage();
        QVERIFY(page.starts_with(".TH PUSHSCOPE 1"));
        for (const Option &option : optionTable()) {
            std::string name;
            for (const char c : option.name)
                name += c == '-' ? "\\-" : std::string(1, c);
            if (option.name != "--json") // of subcommands that are still to come
                QVERIFY2(page.find("\\fB" + name + "\\fR") != std::string::npos, option.name.data());
        }
    }

    /// A line that begins with a dot and is no macro would vanish.
    void theManualsTextIsNoMacro()
    {
        const QStringList lines = QString::fromStdString(manualPage()).split(u'\n');
        for (const QString &line : lines) {
            static const QRegularExpression macro(QStringLiteral("^\\.(TH|SH|SS|TP|B|br)\\b"));
            QVERIFY2(!line.startsWith(u'\''), qPrintable(line));
            QVERIFY2(!line.startsWith(u'.') || line.contains(macro), qPrintable(line));
        }
    }
};

PUSHSCOPE_TEST(HelpTest)

#include "helptest.moc"
