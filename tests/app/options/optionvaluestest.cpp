#include "app/options/optionvalues.h"

#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace pushscope;

class OptionValuesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeNumbersAreReadWhole()
    {
        QCOMPARE(*wholeNumber("7", 1, 9), 7u);
        for (const std::string_view text : {"", "0", "10", "+7", "-7", " 7", "7 ", "7x", "0x7"})
            QVERIFY(!wholeNumber(text, 1, 9));
    }

    void secondsMayHaveFractions()
    {
        QCOMPARE(*seconds("2"), Milliseconds(2000));
        QCOMPARE(*seconds("0.0001"), Milliseconds(1));
        for (const std::string_view text : {"", "0", "-1", "inf", "nan", "1e3", "1,5", "9999999999"})
            QVERIFY2(!seconds(text), text.data());
    }

    void resolveOverrides()
    {
        QVERIFY(*resolveOverride("h:443:127.0.0.1") == (ResolveOverride{"h", 443, "127.0.0.1"}));
        QVERIFY(*resolveOverride("[::1]:443:[::2]") == (ResolveOverride{"::1", 443, "::2"}));
        for (const std::string_view text :
             {"", ":80:1.2.3.4", "h::1.2.3.4", "h:0:1.2.3.4", "h:80:", "[::1:80:1.2.3.4", "h"})
            QVERIFY2(!resolveOverride(text), text.data());
    }

    void headerFieldsKeepLineEndsOut()
    {
        QVERIFY(*headerField("A:b:c") == (HeaderField{"A", "b:c"}));
        for (const std::string_view text : {"A", ":b", "A b: c", "A: b\r\nC: d", "A: b\nC: d", "\xC3\xA4: b"})
            QVERIFY2(!headerField(text), text.data());
    }

    void secrets()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("secret")).toStdString();
        std::ofstream(path) << "first\r\nsecond\n";
        qputenv("PUSHSCOPE_TEST_SECRET", "from env");
        QCOMPARE(*passphrase("file:" + path), std::string("first"));
        QCOMPARE(*passphrase("env:PUSHSCOPE_TEST_SECRET"), std::string("from env"));
        QCOMPARE(*passphrase("pass:"), std::string());
        QCOMPARE(passphrase("file:/nonexistent").error().code, ErrorCode::FileUnreadable);
        QCOMPARE(passphrase("env:PUSHSCOPE_TEST_NO_SECRET").error().code, ErrorCode::UsageInvalid);
    }

    void filesAreReadWhole()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("body")).toStdString();
        const Bytes contents = Bytes(200'000, 'x') + Bytes("\0\xFF", 2);
        std::ofstream(path, std::ios::binary) << contents;
        QVERIFY(*fileContents(path) == contents);
        QCOMPARE(fileContents(folder.path().toStdString()).error().code, ErrorCode::FileUnreadable);
    }
};

PUSHSCOPE_TEST(OptionValuesTest)

#include "optionvaluestest.moc"
