#include "tests/core/wire/sse/ssereading.h"
#include "tests/support/paths.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>
#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {
QJsonArray vectors()
{
    QFile file(test::sourcePath("tests/fixtures/sse.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).array();
}

std::vector<Bytes> chunksOf(const QJsonObject &vector)
{
    std::vector<Bytes> chunks;
    for (const QJsonValue &chunk : vector[u"chunks"].toArray())
        chunks.push_back(QByteArray::fromBase64(chunk.toString().toLatin1()).toStdString());
    return chunks;
}

QString expectedText(const QJsonObject &vector)
{
    QString text;
    for (const QJsonValue &value : vector[u"expected"].toArray()) {
        const QJsonObject event = value.toObject();
        text += QStringLiteral("event %1 <%2> id <%3>\n")
                    .arg(event[u"type"].toString(), event[u"data"].toString(), event[u"lastEventId"].toString());
    }
    for (const QJsonValue &comment : vector[u"comments"].toArray())
        text += QStringLiteral("comment <%1>\n").arg(comment.toString());
    const QJsonValue retry = vector[u"expected_retry"];
    text +=
        QStringLiteral("retry %1\n").arg(retry.isNull() ? QStringLiteral("none") : QString::number(retry.toInteger()));
    return text + QStringLiteral("last event ID <%1>\n").arg(vector[u"last_event_id_after"].toString());
}

/// QString::fromUtf8() drops a leading byte order mark, which is a character like any other here.
QString decoded(const std::string &utf8)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(QByteArray::fromStdString(utf8));
}

QString text(const SseReading &reading)
{
    QString text;
    for (const DispatchedEvent &event : reading.events) {
        text += QStringLiteral("event %1 <%2> id <%3>\n")
                    .arg(decoded(event.type), decoded(event.data), decoded(event.lastEventId));
    }
    for (const std::string &comment : reading.comments)
        text += QStringLiteral("comment <%1>\n").arg(decoded(comment));
    text += QStringLiteral("retry %1\n")
                .arg(reading.retries.empty() ? QStringLiteral("none") : QString::number(reading.retries.back()));
    return text + QStringLiteral("last event ID <%1>\n").arg(decoded(reading.lastEventId));
}
} // namespace

/// The vectors of tests/fixtures/sse.json, however they are cut.
class SseVectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vector_data()
    {
        QTest::addColumn<QJsonObject>("vector");
        const QJsonArray all = vectors();
        QCOMPARE(all.size(), 146);
        for (const QJsonValue &vector : all)
            QTest::newRow(qUtf8Printable(vector[u"name"].toString())) << vector.toObject();
    }

    void vector()
    {
        QFETCH(QJsonObject, vector);
        const std::vector<Bytes> chunks = chunksOf(vector);
        const QString expected = expectedText(vector);

        const SseReading chunked = readSse(chunks);
        QCOMPARE(text(chunked), expected);
        const QJsonArray after = vector[u"events_after_chunk"].toArray();
        QCOMPARE(static_cast<qsizetype>(chunked.eventsAfterPiece.size()), after.size());
        for (qsizetype i = 0; i < after.size(); ++i)
            QCOMPARE(chunked.eventsAfterPiece[static_cast<std::size_t>(i)], static_cast<std::size_t>(after[i].toInt()));

        Bytes stream;
        for (const Bytes &chunk : chunks)
            stream += chunk;
        const SseReading whole = readSse({stream});
        QCOMPARE(text(whole), expected);
        QCOMPARE(QString::fromStdString(chunked.facts), QString::fromStdString(whole.facts));
        QCOMPARE(QString::fromStdString(readSse(inPieces(stream, 1)).facts), QString::fromStdString(whole.facts));
        // The long vectors repeat themselves: cuts in their first and last stretch reach every state.
        constexpr std::size_t stretch = 512;
        for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
            if (cut > stretch && cut + stretch < stream.size())
                cut = stream.size() - stretch;
            const SseReading split = readSse({stream.substr(0, cut), stream.substr(cut)});
            QVERIFY2(split.facts == whole.facts, split.facts.c_str());
            QCOMPARE(text(split), expected);
        }
    }
};

PUSHSCOPE_TEST(SseVectorsTest)
#include "ssevectorstest.moc"
