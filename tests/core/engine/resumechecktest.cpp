#include "core/engine/resumecheck.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class ResumeCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judges_data();
    void judges();
    void decidesNothingWithoutIds();
    void checksNothingWhenNothingWasSent();
    void checksEachReconnectAnew();
};

namespace {

QString outcome(ResumeCheck &check)
{
    if (!check.isDecided())
        return QStringLiteral("undecided");
    const ResumeFacts facts = check.take();
    return QStringLiteral("%1 gap %2 dup %3 new %4%5")
        .arg(QString::fromStdString(std::string(word(facts.idKind))))
        .arg(facts.gap)
        .arg(facts.duplicates)
        .arg(facts.replayed)
        .arg(facts.ignored ? QStringLiteral(" ignored") : QString());
}

} // namespace

void ResumeCheckTest::judges_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *before, const char *after, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(before) << QString::fromLatin1(after)
                            << QString::fromLatin1(expected);
    };
    row("takes up", "1 2 3", "4", "numeric gap 0 dup 0 new 1");
    row("replays what was missed", "1 2 3", "4 5 6", "numeric gap 0 dup 0 new 3");
    row("gap", "1 2 3", "7 8", "numeric gap 3 dup 0 new 2");
    row("gap, one id known", "5", "8", "numeric gap 2 dup 0 new 1");
    row("steps of ten", "10 20 30", "40", "numeric gap 0 dup 0 new 1");
    row("gap in steps of ten", "10 20 30", "60", "numeric gap 2 dup 0 new 1");
    row("times as ids tell no gap", "1000 1003 1011 1012", "2000", "numeric gap 0 dup 0 new 1");
    row("one hole before does not count for long", "1 2 7 8 9", "12", "numeric gap 2 dup 0 new 1");
    row("the last one again", "1 2 3", "3 4", "numeric gap 0 dup 1 new 1");
    row("some again", "1 2 3 4 5", "4 5 6", "numeric gap 0 dup 2 new 1");
    row("some again, not past them yet", "1 2 3 4 5", "4 5", "undecided");
    row("from the beginning", "3 4 5", "3", "numeric gap 0 dup 1 new 0 ignored");
    row("from below the beginning", "3 4 5", "0", "numeric gap 0 dup 1 new 0 ignored");
    row("from 1, though we came late", "7 8 9", "1 2", "numeric gap 0 dup 2 new 0 ignored");
    row("the only one again", "1", "1 2", "numeric gap 0 dup 1 new 1");
    row("opaque", "zebra apple", "pear", "opaque gap 0 dup 0 new 1");
    row("opaque again", "zebra apple pear", "pear fig", "opaque gap 0 dup 1 new 1");
    row("opaque from the beginning", "zebra apple pear", "zebra", "opaque gap 0 dup 1 new 0 ignored");
    row("lexical", "01AA 01AB 01AC", "01AD", "lexical gap 0 dup 0 new 1");
    row("leading zeros are no numbers", "007 008", "009", "lexical gap 0 dup 0 new 1");
    row("larger than a number", "99999999999999999998 99999999999999999999", "99999999999999999999", "undecided");
    row("another kind of id", "1 2 3", "reset", "opaque gap 0 dup 0 new 1");
}

void ResumeCheckTest::judges()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, expected);
    ResumeCheck check;
    std::string last;
    for (const QString &id : before.split(u' '))
        check.note(last = id.toStdString());
    QVERIFY(!check.isActive());
    check.begin(last);
    for (const QString &id : after.split(u' '))
        check.note(id.toStdString());
    QCOMPARE(outcome(check), expected);
}

void ResumeCheckTest::decidesNothingWithoutIds()
{
    ResumeCheck check;
    check.note("1");
    check.begin("1");
    check.note("");
    QVERIFY(!check.isDecided());
    check.abandon();
    QVERIFY(!check.isActive());
}

void ResumeCheckTest::checksNothingWhenNothingWasSent()
{
    ResumeCheck check;
    check.begin("");
    check.note("1");
    QVERIFY(!check.isActive());
    QVERIFY(!check.isDecided());
}

void ResumeCheckTest::checksEachReconnectAnew()
{
    ResumeCheck check;
    check.note("1");
    check.begin("1");
    check.note("2");
    QCOMPARE(outcome(check), QStringLiteral("numeric gap 0 dup 0 new 1"));
    check.begin("2");
    check.note("4");
    QCOMPARE(outcome(check), QStringLiteral("numeric gap 1 dup 0 new 1"));
    check.begin("4");
    check.note("5");
    QCOMPARE(outcome(check), QStringLiteral("numeric gap 0 dup 0 new 1"));
}

PUSHSCOPE_TEST(ResumeCheckTest)
#include "resumechecktest.moc"
