#include "ui/theme/theme.h"

#include "tests/support/testmain.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QTest>

using namespace pushscope;

class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
    }

    void textPassesAaOnEveryGround_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textPassesAaOnEveryGround()
    {
        QFETCH(bool, dark);
        const Colors &c = colorsOf(dark);
        const std::pair<const char *, QColor> inks[] = {
            {"text", c.text},         {"muted", c.muted},     {"faint", c.faint},  {"incoming", c.incoming},
            {"outgoing", c.outgoing}, {"waiting", c.waiting}, {"failed", c.failed}};
        const std::pair<const char *, QColor> grounds[] = {
            {"window", c.window}, {"panel", c.panel}, {"base", c.base}, {"field", c.field}, {"soft", c.soft}};
        for (const auto &[ink, inkColor] : inks) {
            for (const auto &[ground, groundColor] : grounds)
                QVERIFY2(contrast(inkColor, groundColor) >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2: %3")
                                        .arg(QLatin1String(ink), QLatin1String(ground))
                                        .arg(contrast(inkColor, groundColor))));
        }
        QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
        QVERIFY(contrast(c.accent, c.base) >= 4.5);
        QVERIFY(contrast(c.muted, c.chip) >= 4.5);
    }

    void placeholdersCanBeRead()
    {
        for (const bool dark : {false, true}) {
            applyScheme(*qApp, dark);
            const QLineEdit line;
            line.ensurePolished();
            const QColor ink = line.palette().color(QPalette::PlaceholderText);
            QCOMPARE(ink.alpha(), 255);
            QVERIFY(contrast(ink, colorsOf(dark).field) >= 4.5);
        }
    }

    void checkBoxesCanBeSeen()
    {
        for (const bool dark : {false, true}) {
            applyScheme(*qApp, dark);
            for (const bool isChecked : {false, true}) {
                QCheckBox box;
                box.setChecked(isChecked);
                const QImage image = box.grab().toImage();
                double strongest = 0;
                for (int x = 0; x < image.width(); ++x)
                    strongest =
                        std::max(strongest, contrast(image.pixelColor(x, image.height() / 2), colorsOf(dark).window));
                QVERIFY2(strongest >= 3, qPrintable(QString::number(strongest))); // WCAG 1.4.11
            }
        }
    }

    void theSheetNamesNoUnknownRole()
    {
        for (const bool dark : {false, true})
            QVERIFY(!styleSheetOf(colorsOf(dark)).contains(u'@'));
    }
};

PUSHSCOPE_TEST(ThemeTest)
#include "themetest.moc"
