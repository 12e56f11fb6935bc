#include "app/record/recordwriter.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/jsonlineschema.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace pushscope;
using test::CaptureBuilder;

/// On one thread here: start() and finish() by hand.
class RecordWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<CaptureBuilder>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_options = RecordOptions();
        m_options.output = RecordOptions::Output::File;
        m_options.file = m_folder->filePath(QStringLiteral("out.jsonl")).toStdString();
    }

    void writesEveryRecordOfItsLayersInOrder()
    {
        m_builder->facts(RecordKind::Session, SessionFacts{"feed", "http://h/feed", "sse"});
        event("data: 1\n\n");
        event("data: 2\n\n");
        finish();
        QCOMPARE(written(), QStringList({QStringLiteral("1 session"), QStringLiteral("3 sse.event"),
                                         QStringLiteral("5 sse.event")}));
    }

    void followsWhatComesLater()
    {
        RecordWriter &writer = make();
        writer.start();
        event("data: 1\n\n");
        QTRY_COMPARE(written().size(), 1);
        event("data: 2\n\n");
        QTRY_COMPARE(written().size(), 2);
        writer.finish();
        QCOMPARE(written().size(), 2);
    }

    void noticesThatNobodyReadsAQuietStream()
    {
        QVERIFY(::mkfifo(m_options.file.c_str(), S_IRUSR | S_IWUSR) == 0);
        const int reader = ::open(m_options.file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        RecordWriter &writer = make();
        QSignalSpy gone(&writer, &RecordWriter::readerGone);
        writer.start();
        ::close(reader);
        QVERIFY(gone.wait());
        writer.finish();
        QCOMPARE(gone.count(), 1);
    }

    void writesTheLayersAskedFor()
    {
        m_options.layers = LayerSet().set(static_cast<std::size_t>(Layer::Reads));
        event("data: 1\n\n");
        finish();
        QCOMPARE(written(), QStringList(QStringLiteral("1 tcp.read")));
    }

    void behindTheCountOnlyTheConnectionsEndIsWritten()
    {
        m_options.count = 2;
        m_options.layers.set();
        RecordWriter &writer = make();
        const QSignalSpy reached(&writer, &RecordWriter::countReached);
        for (int i = 0; i < 4; ++i)
            event("data: x\n\n"); // each a read and an event
        m_builder->writer.appendFinding(Seq(2), 0, Rule::SseUnknownField, 0, 1, 0);
        m_builder->writer.appendFinding(Seq(8), 0, Rule::SseUnknownField, 0, 1, 0);
        EndFacts end;
        end.by = "peer";
        m_builder->facts(RecordKind::End, end);
        writer.finish();
        QCOMPARE(reached.count(), 1);
        QCOMPARE(written(),
                 QStringList({QStringLiteral("1 tcp.read"), QStringLiteral("2 sse.event"), QStringLiteral("3 tcp.read"),
                              QStringLiteral("4 sse.event"), QStringLiteral("9 finding"), QStringLiteral("11 end")}));
    }

    void aCloseFrameWaitsForItsAnswer()
    {
        RecordWriter &writer = make();
        writer.start();
        m_builder->framed(RecordKind::WsClose, Bytes("\x88\x82\0\0\0\0\x03\xE8", 8), Direction::Out);
        QTRY_COMPARE(written(), QStringList(QStringLiteral("2 ws.frame")));
        m_builder->connection = 2;
        for (int i = 0; i < 100; ++i) // another stream goes on, and its line order stays
            event("data: x\n\n");
        m_builder->connection = 1;
        m_builder->framed(RecordKind::WsClose, "\x88\x02\x03\xE8", Direction::In, 3);
        QTRY_COMPARE(written().size(), 104);
        QCOMPARE(cleanliness(), QList<bool>({true, true}));
        writer.finish();
    }

    void aCloseFrameThatIsNeverAnsweredWaitsForTheEnd()
    {
        RecordWriter &writer = make();
        writer.start();
        m_builder->framed(RecordKind::WsClose, Bytes("\x88\x82\0\0\0\0\x03\xE8", 8), Direction::Out);
        QTRY_COMPARE(written().size(), 1);
        EndFacts end;
        end.by = "us";
        m_builder->facts(RecordKind::End, end);
        QTRY_COMPARE(written().size(), 3);
        QCOMPARE(cleanliness(), QList<bool>({false}));
        writer.finish();
    }

    void bigOutputsAreWrittenWhole()
    {
        constexpr int Events = 5'000;
        for (int i = 0; i < Events; ++i)
            event("data: " + Bytes(100, 'x') + "\n\n");
        finish();
        QCOMPARE(written().size(), Events);
    }

    void whatCantBeWrittenIsCounted()
    {
        m_options.file = "/dev/full";
        RecordWriter &writer = make();
        const QSignalSpy failed(&writer, &RecordWriter::outputFailed);
        for (int i = 0; i < 3; ++i)
            event("data: x\n\n");
        writer.finish();
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::DiskFull);
        QCOMPARE(writer.lost(), 3u);
    }

    void noneRendersNothing()
    {
        m_options.output = RecordOptions::Output::None;
        event("data: x\n\n");
        RecordWriter &writer = finish();
        QCOMPARE(writer.lost(), 0u);
        QVERIFY(!QFile::exists(QString::fromStdString(m_options.file)));
    }

private:
    void event(const Bytes &block) { m_builder->whole(RecordKind::SseEvent, block); }

    RecordWriter &make()
    {
        auto output = RecordOutput::open(m_options);
        m_writer = std::make_unique<RecordWriter>(m_builder->capture, m_options, std::move(*output));
        return *m_writer;
    }
    RecordWriter &finish()
    {
        RecordWriter &writer = make();
        writer.finish();
        return writer;
    }

    /// "3 sse.event" for each line; checked against the schema.
    QStringList written()
    {
        QFile file(QString::fromStdString(m_options.file));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray lines = file.readAll();
        const QString problem = test::jsonLinesError(lines);
        if (!problem.isEmpty())
            return {problem};
        QStringList summary;
        for (const QByteArray &line : lines.split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (!line.isEmpty())
                summary += QString::number(object[QStringLiteral("seq")].toInt()) + u' ' +
                           object[QStringLiteral("kind")].toString();
        }
        return summary;
    }

    /// What each ws.close line says.
    QList<bool> cleanliness()
    {
        QFile file(QString::fromStdString(m_options.file));
        QList<bool> values;
        if (!file.open(QIODevice::ReadOnly))
            return values;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.contains("\"ws.close\""))
                values += QJsonDocument::fromJson(line).object()[QStringLiteral("clean")].toBool();
        }
        return values;
    }

    std::unique_ptr<CaptureBuilder> m_builder;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RecordWriter> m_writer;
    RecordOptions m_options;
};

PUSHSCOPE_TEST(RecordWriterTest)

#include "recordwritertest.moc"
