#include "core/base/cmdwords.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <optional>

using namespace pushscope;

namespace {
/// "[word][word]"
std::string described(std::string_view text)
{
    const auto words = splitCmdWords(text, [](const std::string &name) {
        return name == "TOKEN" ? std::optional<std::string>("t0k") : std::nullopt;
    });
    if (!words)
        return "! " + words.error().detail;
    std::string result;
    for (const std::string &word : *words)
        result += '[' + word + ']';
    return result;
}
} // namespace

class CmdWordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << std::string(text) << std::string(expected);
        };
        row("a  b\tc", "[a][b][c]");
        row("\"a b\" \"\"", "[a b][]");
        row("a\"b c\"d", "[ab cd]");
        row("^a^^b ^&", "[a^b][&]");
        row("\"^a\"", "[^a]");
        row("^\"a b^\"", "[a b]");
        row("a ^\n b", "[a][b]");
        row("a ^\r\n  b", "[a][b]");
        row("\"x\"^\n\n\"y\"", "[x][y]");
        row("^\"x^\n\ny^\"", "[x\ny]");
        row("\\a\\\\b \"c\\\\\" \"d\\\"e\" \\\\\\\"f", "[\\a\\\\b][c\\][d\"e][\\\"f]");
        row("\"50\"^%\"x\"", "[50%x]");
        row("a^", "[a]");
        row("", "");
        row("\"a", "! a quote of the command is never closed");
        row("\"Bearer %TOKEN%\" %TOKEN%", "[Bearer t0k][t0k]");
        row("^%TOKEN^% %C3%A9 %20a%20 100% b%", "[%TOKEN%][%C3%A9][%20a%20][100%][b%]");
        row("%MY_KEY%", "! the environment has no %MY_KEY%: set it, or write its value in its place");
    }
    void splits()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        QCOMPARE(described(text), expected);
    }

    void isToldFromAShellsCommand()
    {
        QVERIFY(isCmdCommand("curl ^\"http://h^\""));
        QVERIFY(isCmdCommand("curl \"http://h\" ^\r\n -N"));
        QVERIFY(isCmdCommand("curl \"http://h\" ^\n -N"));
        QVERIFY(!isCmdCommand("curl 'http://h/^' \\\n -N"));
        QVERIFY(!isCmdCommand("curl http://h^"));
        QVERIFY(!isCmdCommand("curl http://h -d 'x^2'"));
    }
};

PUSHSCOPE_TEST(CmdWordsTest)
#include "cmdwordstest.moc"
