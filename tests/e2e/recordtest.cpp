#include "tests/e2e/program.h"
#include "tests/support/paths.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <csignal>

using namespace pushscope::test;

namespace {
QStringList record(const QString &url, const QStringList &options)
{
    return QStringList{QStringLiteral("record"), url} + options;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}
} // namespace

/// What record writes: counts, layers, files, totals.
class RecordTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_demo = std::make_unique<DemoProgram>();
        QVERIFY2(m_demo->isListening(), m_demo->errors().constData());
    }

    void eventsOfAFeed()
    {
        Program program(record(feed("interval=10"), words("--count 6")));
        QCOMPARE(program.exitCode(), 0);
        const auto records = program.records();
        QCOMPARE(records.first()[QStringLiteral("kind")].toString(), QStringLiteral("session"));
        QCOMPARE(records.last()[QStringLiteral("state")].toString(), QStringLiteral("closed"));
        const auto events = program.records(QStringLiteral("sse.event"));
        QVERIFY(events.size() >= 5);
        QCOMPARE(events.first()[QStringLiteral("type")].toString(), QStringLiteral("tick"));
        QVERIFY(!program.records(QStringLiteral("h1.chunk")).isEmpty());
        QVERIFY(program.records(QStringLiteral("reads")).isEmpty());
        QCOMPARE(program.errors(), QByteArray());
    }

    void countIsExact_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("count");
        QTest::newRow("one") << QStringLiteral("interval=1") << 1;
        QTest::newRow("in the middle of a read") << QStringLiteral("interval=1&burst=100") << 137;
        QTest::newRow("many") << QStringLiteral("interval=1&burst=1000&count=20000") << 12'345;
    }
    void countIsExact()
    {
        QFETCH(QString, query);
        QFETCH(int, count);
        Program program(
            record(feed(query), {QStringLiteral("--stats"), QStringLiteral("--count"), QString::number(count)}));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.records(QStringLiteral("messages")).size(), count);
        QCOMPARE(program.statistics()[QStringLiteral("messages")].toInt(), count);
    }

    void writesTheLayersAskedFor()
    {
        Program program(record(feed("interval=5"), words("--count 5 --layers reads,frames")));
        QCOMPARE(program.exitCode(), 0);
        for (const auto &each : program.records())
            QVERIFY(each[QStringLiteral("layer")] == QLatin1String("reads") ||
                    each[QStringLiteral("layer")] == QLatin1String("frames"));
        QVERIFY(!program.records(QStringLiteral("tcp.read")).isEmpty());
        QVERIFY(!program.records(QStringLiteral("tcp.write")).isEmpty());
        QVERIFY(!program.records(QStringLiteral("h1.chunk")).isEmpty());
    }

    void writesAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("feed.jsonl"));
        Program program(record(feed("interval=5"),
                               {QStringLiteral("--count"), QStringLiteral("3"), QStringLiteral("--out"), path}));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.output(), QByteArray());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') > 3);
    }

    void noneWritesNothingAndCountsAll()
    {
        Program program(record(feed("interval=1&burst=50"), words("--count 500 --out none --stats")));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.output(), QByteArray());
        const QJsonObject totals = program.statistics();
        QCOMPARE(totals[QStringLiteral("messages")].toInt(), 500);
        QVERIFY(totals[QStringLiteral("records")].toInt() > 500);
    }

    void statisticsAreOneObjectWithTheKeysOfThePage()
    {
        Program program(record(feed("interval=5"), words("--count 5 --stats --out none")));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.errorLines(), 1);
        const QByteArrayList keys = {"records", "messages",        "frames",     "bytes_wire", "bytes_payload",
                                     "seconds", "connect_seconds", "reconnects", "gaps",       "duplicates",
                                     "lost",    "peak_rss_kib",    "connections"};
        qsizetype last = 0;
        for (const QByteArray &key : keys) {
            const qsizetype place = program.errors().indexOf('"' + key + "\":");
            QVERIFY2(place > last, key.constData());
            last = place;
        }
        const QJsonObject totals = program.statistics();
        QCOMPARE(totals.size(), keys.size());
        QCOMPARE(totals[QStringLiteral("connections")].toInt(), 1);
        QCOMPARE(totals[QStringLiteral("lost")].toInt(), 0);
        QVERIFY(totals[QStringLiteral("bytes_wire")].toInt() > totals[QStringLiteral("bytes_payload")].toInt());
        QVERIFY(totals[QStringLiteral("bytes_payload")].toInt() > 0);
        QVERIFY(totals[QStringLiteral("seconds")].toDouble() >= totals[QStringLiteral("connect_seconds")].toDouble());
        QVERIFY(totals[QStringLiteral("peak_rss_kib")].toInt() > 1000);
    }

    void reconnectsAndResumes()
    {
        Program program(record(feed("interval=5&drop=4&retry=20"), words("--count 30 --stats")));
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.statistics()[QStringLiteral("reconnects")].toInt() >= 2);
        QVERIFY(program.statistics()[QStringLiteral("connections")].toInt() >= 3);
        const auto resumes = program.records(QStringLiteral("resume"));
        QVERIFY(!resumes.isEmpty());
        QCOMPARE(resumes.first()[QStringLiteral("gap")].toInt(), 0);
        QVERIFY2(program.errors().contains("attempt 1 ended: "), program.errors().constData());
    }

    void severalStreams()
    {
        Program program(record(feed("interval=10"), words("--streams 3 --for 0.5 --stats")));
        QCOMPARE(program.exitCode(), 0);
        QSet<QString> names;
        QSet<int> sessions;
        for (const QJsonObject &each : program.records(QStringLiteral("session")))
            names += each[QStringLiteral("name")].toString();
        for (const QJsonObject &each : program.records(QStringLiteral("sse.event")))
            sessions += each[QStringLiteral("session")].toInt();
        QCOMPARE(names, QSet<QString>({QStringLiteral("events (1)"), QStringLiteral("events (2)"),
                                       QStringLiteral("events (3)")}));
        QCOMPARE(sessions.size(), 3);
        QCOMPARE(program.statistics()[QStringLiteral("connections")].toInt(), 3);
    }

    void streamsShareAConnectionOverHttp2_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<int>("connections");
        QTest::newRow("shared") << QStringLiteral("--http 2") << 1;
        QTest::newRow("each its own") << QStringLiteral("--http 2 --own-connection") << 3;
        QTest::newRow("HTTP/1.1") << QStringLiteral("--http 1.1") << 3;
    }
    void streamsShareAConnectionOverHttp2()
    {
        QFETCH(QString, options);
        QFETCH(int, connections);
        Program program(record(feed("interval=20"), options.split(u' ') + words("--streams 3 --for 1 --stats")));
        QCOMPARE(program.exitCode(), 0);
        QSet<int> sessions;
        for (const QJsonObject &each : program.records(QStringLiteral("sse.event")))
            sessions += each[QStringLiteral("session")].toInt();
        QCOMPARE(sessions.size(), 3);
        QCOMPARE(program.statistics()[QStringLiteral("connections")].toInt(), connections);
    }

    /// Many systems start with room for a thousand connections, and let whoever asks have more.
    void moreStreamsThanTheUsualDescriptors()
    {
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    {QStringLiteral("-c"),
                     QStringLiteral("ulimit -Sn 60; exec \"$0\" record --streams 100 --send a --count 200 "
                                    "--out none --stats \"$1\""),
                     executablePath(), m_demo->address(QStringLiteral("ws"), QStringLiteral("/ws/echo"))});
        QVERIFY(shell.waitForFinished(30'000));
        QCOMPARE(shell.exitCode(), 0);
        const QByteArray errors = shell.readAllStandardError();
        QVERIFY2(errors.contains("\"connections\":100}"), errors.constData());
    }

    void aCountIsOfAllStreamsTogether()
    {
        Program program(record(feed("interval=5"), words("--streams 3 --count 20 --layers messages")));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.records().size(), 20);
    }

    void theLastOfSeveralStreamsEndsIt()
    {
        Program program(record(feed("interval=5&count=4"), words("--streams 3 --no-reconnect")));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.records(QStringLiteral("end")).size(), 3);
        QVERIFY(program.records(QStringLiteral("sse.event")).size() >= 4);
    }

    void sendsWhatTheRequestOptionsSay()
    {
        Program program(record(feed("interval=5"),
                               {QStringLiteral("--count"), QStringLiteral("1"), QStringLiteral("-H"),
                                QStringLiteral("x-Typed: As Typed"), QStringLiteral("-u"), QStringLiteral("a:b"),
                                QStringLiteral("--last-event-id"), QStringLiteral("3")}));
        QCOMPARE(program.exitCode(), 0);
        const QJsonArray headers =
            program.records(QStringLiteral("http.request")).first()[QStringLiteral("headers")].toArray();
        const auto has = [&](const char *name, const char *value) {
            return headers.contains(QJsonArray{QLatin1String(name), QLatin1String(value)});
        };
        QVERIFY(has("x-Typed", "As Typed"));
        QVERIFY(has("Authorization", "Basic YTpi"));
        QVERIFY(has("Last-Event-ID", "3"));
    }

    /// Where CI jobs run: nothing in the environment, no display, no platform plugin.
    void needsNoEnvironment()
    {
        QProcess process;
        process.start(QStringLiteral("/usr/bin/env"),
                      {QStringLiteral("-i"), QStringLiteral("QT_QPA_PLATFORM=there-is-none"),
                       QStringLiteral("QT_PLUGIN_PATH=/nonexistent"),
                       QStringLiteral("XDG_DATA_HOME=") + m_folder.path(), executablePath(), QStringLiteral("record"),
                       QStringLiteral("--count"), QStringLiteral("2"), feed("interval=5")});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(process.readAllStandardOutput().contains("sse.event"));
        QCOMPARE(process.readAllStandardError(), QByteArray());
    }

    /// The capture behind a recording is gone with it.
    void leavesNothingBehind()
    {
        QTemporaryDir data;
        QProcess process;
        process.start(QStringLiteral("/usr/bin/env"),
                      {QStringLiteral("XDG_DATA_HOME=") + data.path(), executablePath(), QStringLiteral("record"),
                       QStringLiteral("--count"), QStringLiteral("2"), feed("interval=5")});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(QDir(data.filePath(QStringLiteral("pushscope"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList());
    }

private:
    [[nodiscard]] QString feed(const QString &query) const
    {
        return m_demo->address(QStringLiteral("http"), QStringLiteral("/events?") + query);
    }
    [[nodiscard]] QString feed(const char *query) const { return feed(QString::fromLatin1(query)); }

    std::unique_ptr<DemoProgram> m_demo;
    QTemporaryDir m_folder;
};

PUSHSCOPE_TEST(RecordTest)

#include "recordtest.moc"
