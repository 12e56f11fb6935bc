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
        row("variables stay", R"(-H "Bearer $TOKEN" $X)", "<-H><Bearer $TOKEN><$X>");
        row("pipe", "curl x | jq .", "<curl><x>| jq .");
        row("redirection", "curl x > file", "<curl><x>> file");
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
        QCOMPARE(described(splitShellWords(text)), expected);
    }
};

PUSHSCOPE_TEST(ShellWordsTest)
#include "shellwordstest.moc"
