#include "core/base/jsonstring.h"

#include "core/base/utf8.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class JsonStringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void undoesEscapes_data()
    {
        QTest::addColumn<QByteArray>("spelled");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("none") << QByteArray("plain \xC3\xA4") << QByteArray("plain \xC3\xA4");
        QTest::newRow("letters") << QByteArray(R"(\b\f\n\r\t)") << QByteArray("\b\f\n\r\t");
        QTest::newRow("themselves") << QByteArray(R"(\"\\\/)") << QByteArray("\"\\/");
        QTest::newRow("one byte") << QByteArray(R"(x\u0041y)") << QByteArray("xAy");
        QTest::newRow("two bytes") << QByteArray(R"(\u00e4)") << QByteArray("\xC3\xA4");
        QTest::newRow("three bytes") << QByteArray(R"(\u20AC)") << QByteArray("\xE2\x82\xAC");
        // RFC 8259 section 7: the G clef.
        QTest::newRow("surrogate pair") << QByteArray(R"(\uD834\uDD1E!)") << QByteArray("\xF0\x9D\x84\x9E!");
        QTest::newRow("NUL") << QByteArray(R"(\u0000)") << QByteArray(1, '\0');
        QTest::newRow("backslash before u") << QByteArray(R"(\\u0041)") << QByteArray(R"(\u0041)");
    }
    void undoesEscapes() { compare(); }

    /// Shown as they are spelled, not repaired.
    void keepsSurrogatesWithoutTheirOtherHalf_data()
    {
        QTest::addColumn<QByteArray>("spelled");
        QTest::addColumn<QByteArray>("said");
        for (const char *spelled : {R"(\uD834)", R"(\uDD1E)", R"(a\uD834b)", R"(\uDD1E\uD834)"})
            QTest::newRow(spelled) << QByteArray(spelled) << QByteArray(spelled);
        QTest::newRow("high before a letter") << QByteArray(R"(\uD834\u0041)") << QByteArray(R"(\uD834A)");
        QTest::newRow("high before a pair")
            << QByteArray(R"(\uD834\uD834\uDD1E)") << QByteArray("\\uD834\xF0\x9D\x84\x9E");
    }
    void keepsSurrogatesWithoutTheirOtherHalf() { compare(); }

    void keepsBytesThatAreNotUtf8() { QCOMPARE(decodedJsonString("a\xFF\xC3"), std::string("a\xFF\xC3")); }

    void writesTheBordersOfUtf8()
    {
        for (const char32_t point :
             {U'\u007F', U'\u0080', U'\u07FF', U'\u0800', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
            std::string out;
            appendUtf8(out, point);
            QVERIFY(isUtf8(out));
            QCOMPARE(QString::fromUtf8(out.data(), qsizetype(out.size())).toUcs4().value(0), uint(point));
        }
    }

private:
    static void compare()
    {
        QFETCH(QByteArray, spelled);
        QFETCH(QByteArray, said);
        QCOMPARE(decodedJsonString(ByteView(spelled.constData(), std::size_t(spelled.size()))), said.toStdString());
    }
};

PUSHSCOPE_TEST(JsonStringTest)
#include "jsonstringtest.moc"
