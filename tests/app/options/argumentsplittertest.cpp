#include "app/options/argumentsplitter.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
/// The options as "name=value" and the rest as it is, or the Error's detail.
QStringList split(const std::vector<std::string_view> &arguments, Subcommand subcommand = Subcommand::Record)
{
    const auto table = optionTable();
    const auto result = splitArguments(arguments, table, subcommand);
    if (!result)
        return {QString::fromStdString(result.error().detail)};
    QStringList lines;
    for (const GivenOption &given : result->options)
        lines += QString::fromStdString(std::string(given.option->name) + "=" + std::string(given.value));
    for (const std::string_view text : result->positional)
        lines += QString::fromStdString(std::string(text));
    return lines;
}
} // namespace

class ArgumentSplitterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesValuesInEveryForm()
    {
        const QStringList expected{QStringLiteral("--header=A: b"), QStringLiteral("url")};
        QCOMPARE(split({"--header", "A: b", "url"}), expected);
        QCOMPARE(split({"--header=A: b", "url"}), expected);
        QCOMPARE(split({"-H", "A: b", "url"}), expected);
        QCOMPARE(split({"url", "-HA: b"}), expected);
    }

    void takesFlagsInARow()
    {
        QCOMPARE(split({"-kXPOST", "-hk"}), QStringList({QStringLiteral("--insecure="), QStringLiteral("--method=POST"),
                                                         QStringLiteral("--help="), QStringLiteral("--insecure=")}));
    }

    void valuesMayLookLikeOptions()
    {
        QCOMPARE(split({"--send", "--stats", "--out", "-"}),
                 QStringList({QStringLiteral("--send=--stats"), QStringLiteral("--out=-")}));
        QCOMPARE(split({"--send=a=b"}), QStringList({QStringLiteral("--send=a=b")}));
    }

    void nothingBehindTwoDashesIsAnOption()
    {
        QCOMPARE(split({"--stats", "--", "--for", "-k"}),
                 QStringList({QStringLiteral("--stats="), QStringLiteral("--for"), QStringLiteral("-k")}));
    }

    void refusalsNameTheOption()
    {
        QCOMPARE(split({"--bogus"}), QStringList(QStringLiteral("--bogus: no such option")));
        QCOMPARE(split({"-kz"}), QStringList(QStringLiteral("-z: no such option")));
        QCOMPARE(split({"--count"}), QStringList(QStringLiteral("--count: its value is missing: N")));
        QCOMPARE(split({"-H"}), QStringList(QStringLiteral("-H: its value is missing: 'NAME: VALUE'")));
        QCOMPARE(split({"--stats=1"}), QStringList(QStringLiteral("--stats: takes no value")));
        QCOMPARE(split({"--count", "1"}, Subcommand::Demo),
                 QStringList(QStringLiteral("--count: not an option of pushscope demo")));
        QCOMPARE(split({"--stats"}, Subcommand::Window),
                 QStringList(QStringLiteral("--stats: not an option of the window")));
    }

    void oneNameMayMeanTwoOptions()
    {
        // --cert is the client's of record and the server's of demo.
        QCOMPARE(split({"--cert", "f"}, Subcommand::Demo), QStringList(QStringLiteral("--cert=f")));
        QCOMPARE(split({"--cert", "f"}, Subcommand::Record), QStringList(QStringLiteral("--cert=f")));
    }
};

PUSHSCOPE_TEST(ArgumentSplitterTest)

#include "argumentsplittertest.moc"
