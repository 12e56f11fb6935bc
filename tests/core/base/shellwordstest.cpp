#include "core/base/shellwords.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
/// The words in angle brackets, then the rest.
std::string described(const Expected<ShellWords, Error> &split)
{
    if (!split)
        return "! " + split.error().detail;
    std::string result;
    for (const std::string &word : split->words)
        result += '<' + word + '>';
    return result + split->rest;
}
} // namespace

class ShellWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *name, std::string text, std::string expected) {
            QTest::newRow(name) << std::move(text) << std::move(expected);
        };
        row("blanks", "  curl\t-N  x ", "<curl><-N><x>");
        row("nothing", "", "");
        row("single quotes", R"(curl 'a "b" \n c')", R"(<curl><a "b" \n c>)");
        row("double quotes", R"(curl "a 'b' \" \\ \$ \x")", R"(<curl><a 'b' " \ $ \x>)");
        row("empty words", R"(curl '' "")", "<curl><><>");
        row("glued pieces", R"(a'b'"c"\ d)", "<abc d>");
        row("quote in single quotes", R"('it'\''s')", "<it's>");
        row("line continuation", "curl \\\n -N \\\r\n -s", "<curl><-N><-s>");
        row("continuation inside a word", "cu\\\nrl", "<curl>");
        row("continuation inside quotes", "\"a\\\nb\"", "<ab>");
        row("ANSI quotes", R"($'a\n\t\\\'\x41\u00e9\101\q')",
            "<a\n\t\\'A\xC3\xA9"
            "A\\q>");
        row("surrogate", R"($'\ud800')", "<\xEF\xBF\xBD>");
        row("variables", "-H \"Bearer $TOKEN\" ${TOKEN}x a$TOKEN.b", "<-H><Bearer t0k><t0kx><at0k.b>");
        row("no variables in single quotes", R"('Bearer $TOKEN `x`' "\$TOKEN \`" \$TOKEN)",
            "<Bearer $TOKEN `x`><$TOKEN `><$TOKEN>");
        row("a value with blanks", "x$TWO \"$TWO\"", "<xa><b><a  b>");
        row("an empty value", "$NONE \"$NONE\" a", "<><a>");
        row("a dollar alone", "$ \"a$\" \"$.items[0]\" 5$", "<$><a$><$.items[0]><5$>");
        row("a translated text", "$\"a\"", "<a>");
        row("a variable that is not set", R"("$GONE")",
            "! the environment has no $GONE: set it, or write its value in its place");
        row("a variable with an operator", "${GONE:-x}", "! of the shell's ${...} only ${NAME} is known here");
        row("a variable without an end", "\"${TOKEN\"", "! of the shell's ${...} only ${NAME} is known here");
        row("a parameter of the shell's own", "\"costs $5\"", "! the shell's $5 is not known here");
        row("a command", "\"$(id)\"", "! a command inside the command is not run here");
        row("a command in backquotes", "`id`", "! a command inside the command is not run here");
        row("pipe", "curl x | jq .", "<curl><x>| jq .");
        row("redirection", "curl x > file", "<curl><x>> file");
        row("streams together", "curl x 2>&1", "<curl><x>2>&1");
        row("redirections inside", "curl 2>/dev/null x &> f -N >>'a b' | jq",
            "<curl><x><-N>2>/dev/null &> f >>'a b' | jq");
        row("a number is a word", "curl 2 >x 3y>z", "<curl><2><3y>>x >z");
        row("in the background", "curl x & y", "<curl><x>& y");
        row("an input", "curl x -d @- <<EOF\na\nEOF", "! an input by < is not read here: -d @FILE names a file");
        row("second line", "curl x\necho", "<curl><x>\necho");
        row("leading line breaks", "\n\ncurl x", "<curl><x>");
        row("comment", "curl x # why", "<curl><x>");
        row("no comment inside a word", "curl x#y", "<curl><x#y>");
        row("open single quote", "curl 'x", "! a quote in the command is never closed");
        row("open double quote", "curl \"x", "! a quote in the command is never closed");
        row("open ANSI quote", "curl $'x\\", "! a quote in the command is never closed");
        row("closing backslash", "curl \\", "<curl><\\>");
    }

    void splits()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        const ShellVariables variables = [](const std::string &name) -> std::optional<std::string> {
            if (name == "TOKEN")
                return "t0k";
            if (name == "TWO")
                return "a  b";
            return name == "NONE" ? std::optional<std::string>("") : std::nullopt;
        };
        QCOMPARE(described(splitShellWords(text, variables)), expected);
    }

    void readsTheEnvironment()
    {
        qputenv("PUSHSCOPE_TEST_WORD", "w");
        QCOMPARE(environmentVariable("PUSHSCOPE_TEST_WORD"), std::optional<std::string>("w"));
        qunsetenv("PUSHSCOPE_TEST_WORD");
        QVERIFY(!environmentVariable("PUSHSCOPE_TEST_WORD"));
    }
};

PUSHSCOPE_TEST(ShellWordsTest)
#include "shellwordstest.moc"
