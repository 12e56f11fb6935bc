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
    void theFirstIdStandsApart();
    void countsAsReplayedWhatIsSaidToBe();
    void decidesNothingWithoutIds();
    void checksNothingWhenNothingWasSent();
};

namespace {

/// "numeric gap 0 dup 0 new 1", "gap ?" where it can't be told; "undecided: " before what there is so far.
QString outcome(ResumeCheck &check)
{
    if (check.answers() == 0)
        return QStringLiteral("nothing");
    const QString decided = check.isDecided() ? QString() : QStringLiteral("undecided: ");
    check.noteReplay();
    const ResumeFacts facts = check.take();
    return decided + QStringLiteral("%1 gap %2 dup %3 new %4%5")
                         .arg(QString::fromStdString(std::string(word(facts.idKind))))
                         .arg(facts.gap ? QString::number(*facts.gap) : QStringLiteral("?"))
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
    row("takes up, one id known", "1", "2", "numeric gap 0 dup 0 new 1");
    row("replays what was missed", "1 2 3", "4 5 6", "numeric gap 0 dup 0 new 3");
    row("the last one again", "1 2 3", "3 4", "numeric gap 0 dup 1 new 1");
    row("some again", "1 2 3 4 5", "4 5 6", "numeric gap 0 dup 2 new 1");
    row("some again, not past them yet", "1 2 3 4 5", "4 5", "undecided: numeric gap 0 dup 2 new 0");
    row("the same id for several events", "1 1 2 2 3 3", "4 4 5", "numeric gap 0 dup 0 new 3");
    row("an id emptied between", "1 2 - 3", "4", "numeric gap 0 dup 0 new 1");

    // What is missing is counted in a step that was seen, twice and with no other.
    row("gap", "1 2 3", "7 8", "numeric gap 3 dup 0 new 2");
    row("gap, one id known", "5", "8", "numeric gap ? dup 0 new 1");
    row("gap, two neighbours known", "1 2", "5", "numeric gap 2 dup 0 new 1");
    row("gap, another step known once", "10 20", "50", "numeric gap ? dup 0 new 1");
    row("steps of ten", "10 20 30", "40", "numeric gap 0 dup 0 new 1");
    row("gap in steps of ten", "10 20 30", "60", "numeric gap 2 dup 0 new 1");
    row("out of step", "10 20 30", "35", "numeric gap ? dup 0 new 1");
    row("steps of ten, one id to a connection", "10 | 20 | 30 | 40", "50", "numeric gap ? dup 0 new 1");
    row("steps of ten, two ids to a connection", "10 20 | 30 40", "60", "numeric gap 1 dup 0 new 1");
    row("what a break took is no step", "1 2 | 5 6 | 9 10", "13", "numeric gap 2 dup 0 new 1");
    row("what breaks took, all alike", "1 | 5 | 9", "13", "numeric gap ? dup 0 new 1");
    row("holes before", "1 2 7 8 9", "12", "numeric gap ? dup 0 new 1");
    row("holes before, next to the last", "1 2 7 8 9", "10", "numeric gap 0 dup 0 new 1");
    row("holes long before", "1 5 6 7 8 9 10 11 12 13", "15", "numeric gap 1 dup 0 new 1");
    row("ids set at odd places", "3 17 18 40", "57", "numeric gap ? dup 0 new 1");
    row("downwards", "9 8 7", "6 5", "numeric gap 0 dup 0 new 2");
    row("gap downwards", "9 8 7", "4", "numeric gap 2 dup 0 new 1");
    row("back to where it came from, downwards", "9 8 7", "10", "numeric gap ? dup 0 new 0");
    row("numbers without an order", "831 102 551 467", "238", "numeric gap ? dup 0 new 1");

    // Times go on by themselves.
    row("irregular", "1000 1003 1011 1012", "2000", "numeric gap ? dup 0 new 1");
    row("seconds, one known", "1763812982", "1763812990", "numeric gap ? dup 0 new 1");
    row("milliseconds that tick", "1763812982000 1763812983000 1763812984000", "1763812989000",
        "numeric gap ? dup 0 new 1");
    row("the next tick", "1763812982000 1763812983000 1763812984000", "1763812985000", "numeric gap 0 dup 0 new 1");
    row("before it would tick", "1763812982000 1763812983000 1763812984000", "1763812984600",
        "numeric gap 0 dup 0 new 1");

    // A smaller number need not have been seen.
    row("begins to count anew", "100 101", "1 2", "numeric gap ? dup 0 new 0");
    row("begins to count anew, one id known", "100", "1", "numeric gap ? dup 0 new 0");
    row("after it began to count anew", "100 101 | 1 2", "3", "numeric gap 0 dup 0 new 1");
    row("from the beginning", "3 4 5", "3", "numeric gap 0 dup 1 new 0 ignored");
    row("from the beginning and past the end", "1 2 3", "1 2 3 6", "numeric gap 2 dup 3 new 1 ignored");
    row("from below the beginning", "3 4 5", "1 2", "numeric gap ? dup 0 new 0");
    row("from below the beginning to it", "3 4 5", "1 2 3", "numeric gap ? dup 1 new 0 ignored");
    row("the only one again", "1", "1 2", "numeric gap 0 dup 1 new 1");
    row("the first one again, later", "1 2 3", "4 1", "numeric gap 0 dup 1 new 1");
    row("after a replay", "1 2 3 | 2 3 4 5", "6", "numeric gap 0 dup 0 new 1");

    row("opaque", "zebra apple", "pear", "opaque gap ? dup 0 new 1");
    row("opaque again", "zebra apple pear", "pear fig", "opaque gap ? dup 1 new 1");
    row("opaque from the beginning", "zebra apple pear", "zebra", "opaque gap 0 dup 1 new 0 ignored");
    row("opaque from the middle", "zebra apple pear fig", "apple pear", "undecided: opaque gap 0 dup 2 new 0");
    row("opaque of one length", "f3a1 09bc 77d0", "a1e2", "opaque gap ? dup 0 new 1");
    row("opaque, by chance in order", "1d4f 5e2a", "9c3b", "opaque gap ? dup 0 new 1");
    row("opaque, by chance in order, then not", "1d4f 5e2a", "3c3b", "opaque gap ? dup 0 new 1");
    row("opaque, one id to a connection", "f3a1 | 09bc | 77d0", "a1e2", "opaque gap ? dup 0 new 1");
    row("topics and offsets", "a:9 a:10 a:11", "a:12", "opaque gap ? dup 0 new 1");
    row("another kind of id", "1 2 3", "reset", "opaque gap ? dup 0 new 1");

    row("ULIDs", "01JDAAAAAAAAAAAAAAAAAAAAAA 01JDAB9ZZZZZZZZZZZZZZZZZZZ 01JDBCAAAAAAAAAAAAAAAAAAAA",
        "01JDC0000000000000000000ZZ", "lexical gap ? dup 0 new 1");
    row("ULIDs, one to a connection", "01JDAAAAAAAAAAAAAAAAAAAAAA | 01JDAB9ZZZZZZZZZZZZZZZZZZZ",
        "01JDC0000000000000000000ZZ", "lexical gap ? dup 0 new 1");
    row("ULIDs never seen, from before", "01JDAAAAAAAAAAAAAAAAAAAAAA 01JDBCAAAAAAAAAAAAAAAAAAAA",
        "01JDAB9ZZZZZZZZZZZZZZZZZZZ 01JDC0000000000000000000ZZ", "lexical gap ? dup 0 new 1");
    row("ULIDs from the beginning", "01JDAAAAAAAAAAAAAAAAAAAAAA 01JDBCAAAAAAAAAAAAAAAAAAAA",
        "01JDAAAAAAAAAAAAAAAAAAAAAA", "lexical gap 0 dup 1 new 0 ignored");
    row("RFC 3339", "2026-11-23T10:00:09Z 2026-11-23T10:00:10Z", "2026-11-23T10:00:20Z", "lexical gap ? dup 0 new 1");
    row("letters, long in order", "a b c d e f", "h", "lexical gap ? dup 0 new 1");
    row("one known, and one behind it", "evt-07", "evt-08", "lexical gap ? dup 0 new 1");
    row("leading zeros are no numbers", "007 008", "009", "lexical gap ? dup 0 new 1");
    row("larger than a number", "99999999999999999998 99999999999999999999", "99999999999999999999",
        "undecided: lexical gap 0 dup 1 new 0");
    row("the largest number", "9223372036854775805 9223372036854775806", "9223372036854775807",
        "numeric gap 0 dup 0 new 1");
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

/// Who asks twice from the same id may have seen some of what is behind it in between.
void ResumeCheckTest::aSecondDropBeforeAnyNewId()
{
    ResumeCheck check;
    play(check, QStringLiteral("1 2 3 | 3 |"));
    check.begin("3");
    QCOMPARE(outcome(check), QStringLiteral("nothing"));
    check.note("6");
    QCOMPARE(outcome(check), QStringLiteral("numeric gap 2 dup 0 new 1"));
}

/// Only so many ids are known: the rest was never seen, as far as one can tell.
void ResumeCheckTest::theFirstIdStandsApart()
{
    ResumeCheck check;
    play(check, QStringLiteral("1 | 2000 2001 2002 2003 2004 2005 2006 2007 2008 |"));
    check.begin("2008");
    play(check, QStringLiteral("1 2 3"));
    QCOMPARE(outcome(check), QStringLiteral("numeric gap ? dup 1 new 0 ignored"));
}

void ResumeCheckTest::countsAsReplayedWhatIsSaidToBe()
{
    ResumeCheck check;
    check.note("1");
    check.begin("1");
    play(check, QStringLiteral("1 2 3"));
    check.noteReplay();
    check.note("4");
    QCOMPARE(check.answers(), 4u);
    QCOMPARE(check.take().replayed, 2u);
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

PUSHSCOPE_TEST(ResumeCheckTest)
#include "resumechecktest.moc"
