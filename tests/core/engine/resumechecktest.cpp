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
    void resumesFromAnEarlierId_data();
    void resumesFromAnEarlierId();
    void aSecondDropBeforeAnyNewId();
    void remembersSomeOfManyIds();
    void decidesNothingWithoutIds();
    void checksNothingWhenNothingWasSent();
    void checksEachReconnectAnew();
};

namespace {

/// "numeric gap 0 dup 0 new 1", "gap ?" where ids don't count; "undecided: " before what there is so far.
QString outcome(ResumeCheck &check)
{
    if (!check.hasAnswer())
        return QStringLiteral("nothing");
    const QString decided = check.isDecided() ? QString() : QStringLiteral("undecided: ");
    check.noteReplay();
    const ResumeFacts facts = check.take();
    return decided + QStringLiteral("%1 gap %2 dup %3 new %4%5")
                         .arg(QString::fromStdString(std::string(word(facts.idKind))))
                         .arg(facts.uncountable ? QStringLiteral("?") : QString::number(facts.gap))
                         .arg(facts.duplicates)
                         .arg(facts.replayed)
                         .arg(facts.ignored ? QStringLiteral(" ignored") : QString());
}

/// Ids apart by blanks; "|" where the connection ended, "-" for an id that was emptied. Returns the last one.
std::string play(ResumeCheck &check, const QString &ids)
{
    std::string last;
    for (const QString &id : ids.split(u' ')) {
        if (id == u'|')
            check.pause();
        else
            check.note(last = id == u'-' ? std::string() : id.toStdString());
    }
    return last;
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
    row("out of step", "10 20 30", "35", "numeric gap ? dup 0 new 1");
    row("times as ids tell no gap", "1000 1003 1011 1012", "2000", "numeric gap ? dup 0 new 1");
    row("an id set now and then", "100 110 120 130", "140 150", "numeric gap 0 dup 0 new 2");
    row("ids set at odd places", "3 17 18 40", "57", "numeric gap ? dup 0 new 1");
    row("milliseconds, two known", "1763812982120 1763812983120", "1763812990120", "numeric gap ? dup 0 new 1");
    row("seconds, one known", "1763812982", "1763812990", "numeric gap ? dup 0 new 1");
    row("milliseconds that tick", "1763812982120 1763812982130 1763812982140 1763812982150", "1763812982180",
        "numeric gap 2 dup 0 new 1");
    row("the same id for several events", "1 1 2 2 3 3", "4 4 5", "numeric gap 0 dup 0 new 3");
    row("holes before do not count for long", "1 2 7 8 9", "12", "numeric gap 2 dup 0 new 1");
    row("what a break took is no step", "1 | 5 | 9", "13", "numeric gap 3 dup 0 new 1");
    row("an id emptied between", "1 2 - 3", "4", "numeric gap 0 dup 0 new 1");
    row("the last one again", "1 2 3", "3 4", "numeric gap 0 dup 1 new 1");
    row("some again", "1 2 3 4 5", "4 5 6", "numeric gap 0 dup 2 new 1");
    row("some again, not past them yet", "1 2 3 4 5", "4 5", "undecided: numeric gap 0 dup 2 new 0");
    row("from the beginning", "3 4 5", "3", "numeric gap 0 dup 1 new 0 ignored");
    row("from below the beginning", "3 4 5", "0", "numeric gap 0 dup 1 new 0 ignored");
    row("from 1, though we came late", "7 8 9", "1 2", "numeric gap 0 dup 2 new 0 ignored");
    row("the only one again", "1", "1 2", "numeric gap 0 dup 1 new 1");
    row("opaque", "zebra apple", "pear", "opaque gap ? dup 0 new 1");
    row("opaque again", "zebra apple pear", "pear fig", "opaque gap ? dup 1 new 1");
    row("opaque from the beginning", "zebra apple pear", "zebra", "opaque gap 0 dup 1 new 0 ignored");
    row("opaque of one length", "f3a1 09bc 77d0", "a1e2", "opaque gap ? dup 0 new 1");
    row("opaque, by chance in order", "1d4f 5e2a", "9c3b", "opaque gap ? dup 0 new 1");
    row("opaque, by chance in order, then not", "1d4f 5e2a", "3c3b", "opaque gap ? dup 0 new 1");
    row("topics and offsets", "a:9 a:10 a:11", "a:12", "opaque gap ? dup 0 new 1");
    row("ULIDs", "01JDAAAAAAAAAAAAAAAAAAAAAA 01JDAB9ZZZZZZZZZZZZZZZZZZZ 01JDBCAAAAAAAAAAAAAAAAAAAA",
        "01JDC0000000000000000000ZZ", "lexical gap ? dup 0 new 1");
    row("ULIDs never seen, from before", "01JDAAAAAAAAAAAAAAAAAAAAAA 01JDBCAAAAAAAAAAAAAAAAAAAA",
        "01JDAB9ZZZZZZZZZZZZZZZZZZZ 01JDC0000000000000000000ZZ", "lexical gap ? dup 1 new 1");
    row("ULIDs from the beginning", "01JDAAAAAAAAAAAAAAAAAAAAAA 01JDBCAAAAAAAAAAAAAAAAAAAA",
        "01JDAAAAAAAAAAAAAAAAAAAAAA", "lexical gap 0 dup 1 new 0 ignored");
    row("RFC 3339", "2026-11-23T10:00:09Z 2026-11-23T10:00:10Z", "2026-11-23T10:00:20Z", "lexical gap ? dup 0 new 1");
    row("letters, long in order", "a b c d e f", "h", "lexical gap ? dup 0 new 1");
    row("one known, and one behind it", "evt-07", "evt-08", "lexical gap ? dup 0 new 1");
    row("leading zeros are no numbers", "007 008", "009", "lexical gap ? dup 0 new 1");
    row("larger than a number", "99999999999999999998 99999999999999999999", "99999999999999999999",
        "undecided: lexical gap 0 dup 1 new 0");
    row("another kind of id", "1 2 3", "reset", "opaque gap ? dup 0 new 1");
    row("after a replay", "1 2 3 | 2 3 4 5", "6", "numeric gap 0 dup 0 new 1");
    row("sorted, after a replay", "a1 a2 a3 | a2 a3 a4", "a5", "lexical gap ? dup 0 new 1");
}

void ResumeCheckTest::judges()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, expected);
    ResumeCheck check;
    const std::string last = play(check, before);
    QVERIFY(!check.isActive());
    check.begin(last);
    play(check, after);
    QCOMPARE(outcome(check), expected);
}

/// Who asks for what lies behind an earlier id has seen some of it, but gets nothing twice that was not asked for.
void ResumeCheckTest::resumesFromAnEarlierId_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");
    QTest::newRow("numeric") << "1 2 3 4 5"
                             << "2"
                             << "3 4 5 6"
                             << "numeric gap 0 dup 0 new 4";
    QTest::newRow("numeric, with a gap") << "1 2 3 4 5"
                                         << "2"
                                         << "5 6"
                                         << "numeric gap 2 dup 0 new 2";
    QTest::newRow("lexical") << "a1 a2 a3 a4"
                             << "a2"
                             << "a3 a4 a5"
                             << "lexical gap ? dup 0 new 3";
    QTest::newRow("opaque") << "zebra apple pear fig"
                            << "apple"
                            << "pear fig plum"
                            << "opaque gap ? dup 0 new 3";
    QTest::newRow("opaque, that one too") << "zebra apple pear"
                                          << "apple"
                                          << "apple pear"
                                          << "opaque gap ? dup 1 new 1";
    QTest::newRow("opaque, never seen") << "zebra apple pear"
                                        << "kiwi"
                                        << "apple plum"
                                        << "opaque gap ? dup 1 new 1";
}

void ResumeCheckTest::resumesFromAnEarlierId()
{
    QFETCH(QString, before);
    QFETCH(QString, sent);
    QFETCH(QString, after);
    ResumeCheck check;
    play(check, before);
    check.begin(sent.toStdString());
    play(check, after);
    QTEST(outcome(check), "expected");
}

/// A second drop before any new id: what came since is told, and the next check begins where the first did.
void ResumeCheckTest::aSecondDropBeforeAnyNewId()
{
    ResumeCheck check;
    play(check, QStringLiteral("1 2 3"));
    check.begin("3");
    QCOMPARE(outcome(check), QStringLiteral("nothing"));
    check.begin("3");
    check.note("3");
    QCOMPARE(outcome(check), QStringLiteral("undecided: numeric gap 0 dup 1 new 0"));
    check.begin("3");
    check.note("6");
    QCOMPARE(outcome(check), QStringLiteral("numeric gap 2 dup 0 new 1"));
}

void ResumeCheckTest::remembersSomeOfManyIds()
{
    ResumeCheck check;
    const auto random = [](int i) { return std::to_string(i * 7919 % 10'007) + "x"; };
    constexpr int Many = 3000;
    for (int i = 1; i <= Many; ++i)
        check.note(random(i));
    check.begin(random(Many));
    check.note(random(Many - 1000));
    check.note(random(1)); // forgotten
    QCOMPARE(outcome(check), QStringLiteral("opaque gap ? dup 1 new 1"));
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
