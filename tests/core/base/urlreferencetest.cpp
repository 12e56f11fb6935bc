#include "core/base/urlreference.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
/// The parts, "-" for an absent one: "scheme authority path query fragment".
std::string described(const UrlReference &parts)
{
    const auto orDash = [](const std::optional<std::string_view> &part) { return std::string(part.value_or("-")); };
    return orDash(parts.scheme) + ' ' + orDash(parts.authority) + ' ' + std::string(parts.path) + ' ' +
           orDash(parts.query) + ' ' + orDash(parts.fragment);
}
} // namespace

class UrlReferenceTest : public QObject
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
        row("http://h:1/p?q#f", "http h:1 /p q f");
        row("http://h", "http h  - -");
        row("http://h?q", "http h  q -");
        row("http://h#f?q", "http h  - f?q");
        row("//h/p", "- h /p - -");
        row("/p:q", "- - /p:q - -");
        row("1http://h/", "- - 1http://h/ - -");
        row("mailto:a@b", "mailto - a@b - -");
        row("?", "- -   -");
        row("", "- -  - -");
        row("http:///p", "http  /p - -");
    }
    void splits()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        QCOMPARE(described(splitReference(text)), expected);
    }

    /// The examples of RFC 3986 section 5.4, without fragments.
    void resolves_data()
    {
        QTest::addColumn<std::string>("reference");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *reference, const char *expected) {
            QTest::newRow(reference) << std::string(reference) << std::string(expected);
        };
        row("g:h", "g:h");
        row("g", "http://a/b/c/g");
        row("./g", "http://a/b/c/g");
        row("g/", "http://a/b/c/g/");
        row("/g", "http://a/g");
        row("//g", "http://g");
        row("?y", "http://a/b/c/d;p?y");
        row("g?y", "http://a/b/c/g?y");
        row("#s", "http://a/b/c/d;p?q");
        row("g#s", "http://a/b/c/g");
        row("g?y#s", "http://a/b/c/g?y");
        row(";x", "http://a/b/c/;x");
        row("g;x", "http://a/b/c/g;x");
        row("", "http://a/b/c/d;p?q");
        row(".", "http://a/b/c/");
        row("./", "http://a/b/c/");
        row("..", "http://a/b/");
        row("../", "http://a/b/");
        row("../g", "http://a/b/g");
        row("../..", "http://a/");
        row("../../g", "http://a/g");
        row("../../../g", "http://a/g");
        row("../../../../g", "http://a/g");
        row("/./g", "http://a/g");
        row("/../g", "http://a/g");
        row("g.", "http://a/b/c/g.");
        row(".g", "http://a/b/c/.g");
        row("g..", "http://a/b/c/g..");
        row("..g", "http://a/b/c/..g");
        row("./../g", "http://a/b/g");
        row("./g/.", "http://a/b/c/g/");
        row("g/./h", "http://a/b/c/g/h");
        row("g/../h", "http://a/b/c/h");
        row("g;x=1/./y", "http://a/b/c/g;x=1/y");
        row("g;x=1/../y", "http://a/b/c/y");
        row("g?y/./x", "http://a/b/c/g?y/./x");
        row("https://g/%7e/../x", "https://g/x");
    }
    void resolves()
    {
        QFETCH(std::string, reference);
        QFETCH(std::string, expected);
        QCOMPARE(resolveReference("http://a/b/c/d;p?q", reference), expected);
    }

    void resolvesBesideAnEmptyPath() { QCOMPARE(resolveReference("http://a", "g"), std::string("http://a/g")); }
};

PUSHSCOPE_TEST(UrlReferenceTest)
#include "urlreferencetest.moc"
