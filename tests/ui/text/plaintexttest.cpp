#include "ui/text/plaintext.h"

#include "tests/support/testmain.h"
#include "ui/text/plainlabel.h"

#include <QTest>

using namespace pushscope;
using namespace std::literals;

class PlainTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void controlsAreShown()
    {
        QCOMPARE(visibleLine("a\r\nb\tc\x1B[31m"sv),
                 QStringLiteral("a\u27E80D\u27E9\u27E80A\u27E9b\u27E809\u27E9c\u27E81B\u27E9[31m"));
        QCOMPARE(visibleLine("\x7F"sv), QStringLiteral("\u27E87F\u27E9"));
        QCOMPARE(visibleText("a\r\nb\tc"sv), QStringLiteral("a\nb\tc"));
    }

    void bidirectionalControlsAreShown()
    {
        QCOMPARE(visibleLine("x\xE2\x80\xAEtxt.exe"sv), QStringLiteral("x\u27E8202E\u27E9txt.exe"));
        QCOMPARE(visibleLine("\xE2\x81\xA6"sv), QStringLiteral("\u27E82066\u27E9"));
        QCOMPARE(visibleLine("\xEF\xBB\xBF"sv), QStringLiteral("\u27E8FEFF\u27E9"));
    }

    void nothingIsLeftOut()
    {
        const ByteView marks = "\xEF\xBB\xBF\xEF\xBB\xBFx\0\r\n"sv;
        QCOMPARE(decodedText(marks), QStringView(u"\uFEFF\uFEFFx\0\r\n", 6).toString());
        QCOMPARE(visibleLine(marks),
                 QStringLiteral("\u27E8FEFF\u27E9\u27E8FEFF\u27E9x\u27E800\u27E9\u27E80D\u27E9\u27E80A\u27E9"));
        QCOMPARE(decodedText("a\xE2\x82"sv).left(2), QStringLiteral("a\uFFFD")); // cut in a character
    }

    void badBytesAreReplaced() { QCOMPARE(visibleLine("a\xFFz"sv), QStringLiteral("a\uFFFDz")); }

    void ordinaryTextStays()
    {
        QCOMPARE(visibleLine("Grüße \xF0\x9F\x98\x80"sv), QString::fromUtf8("Grüße \xF0\x9F\x98\x80"));
    }

    void labelsShowTextAsItIs()
    {
        const PlainLabel label(QStringLiteral("<b>x</b>"));
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QCOMPARE(plainToolTip(QStringLiteral("<b>")), QStringLiteral("<qt>&lt;b&gt;</qt>"));
    }
};

PUSHSCOPE_TEST(PlainTextTest)
#include "plaintexttest.moc"
