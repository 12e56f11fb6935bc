#include "core/demo/scenarios/registry.h"
#include "core/wire/coding/contentdecoder.h"
#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

namespace {
QByteArray twentyEvents()
{
    QByteArray events;
    for (int id = 1; id <= 20; ++id)
        events += "id: " + QByteArray::number(id) + "\ndata: made " + QByteArray::number((id - 1) * 2) +
                  " ms after the first\n\n";
    return events;
}

/// The content decoded, and how it ended; what is remarkable between them.
QByteArray decoded(const QByteArray &stream, ContentCoding coding)
{
    if (!stream.endsWith("end"))
        return stream;
    ContentDecoder decoder({coding});
    decoder.feed({stream.constData(), static_cast<std::size_t>(stream.size() - 3)});
    QByteArray plain;
    Bytes room(4096, '\0');
    while (const std::size_t made = decoder.next(room))
        plain.append(room.data(), static_cast<qsizetype>(made));
    decoder.finish();
    return plain + (decoder.findings().empty() ? "end" : "not whole");
}
} // namespace

class CodingScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void codesWhatItSays_data()
    {
        QTest::addColumn<std::string>("id");
        QTest::addColumn<int>("coding");
        QTest::newRow("gzip") << std::string("gzip") << int(ContentCoding::Gzip);
        QTest::newRow("deflate") << std::string("deflate") << int(ContentCoding::Deflate);
        QTest::newRow("brotli") << std::string("brotli") << int(ContentCoding::Brotli);
        QTest::newRow("zstd") << std::string("zstd") << int(ContentCoding::Zstd);
    }
    void codesWhatItSays()
    {
        QFETCH(const std::string, id);
        QFETCH(const int, coding);
        const std::string query = "?interval=2&coding=" + std::string(word(ContentCoding(coding)));
        const std::string path = "/scenario/" + id + query;
        const QByteArray flushed = run().stream(path + "&flush=1");
        const QByteArray heldBack = run().stream(path + "&flush=0");
        QCOMPARE(decoded(flushed, ContentCoding(coding)), twentyEvents() + "end");
        QCOMPARE(decoded(heldBack, ContentCoding(coding)), twentyEvents() + "end");
        QVERIFY(heldBack.size() * 2 < flushed.size());
        QCOMPARE(decoded(run().streamOverHttp2(path), ContentCoding(coding)), twentyEvents() + "end");
        QCOMPARE(run().stream(path, "20"), QByteArray("204 end"));
    }

    void opensBothSideBySide()
    {
        const auto *scenario = demo::scenarioAt("/scenario/zstd");
        QVERIFY(scenario && scenario->isCoded);
        QCOMPARE(scenario->queries, (std::vector<std::string>{"coding=zstd&flush=1", "coding=zstd&flush=0"}));
    }

    void sendsAsItIsWhatTheClientDoesNotTake()
    {
        const QByteArray answer =
            run().answer("/scenario/gzip?interval=2&coding=gzip", "Connection: close\r\nAccept-Encoding: br\r\n");
        QVERIFY(!answer.contains("Content-Encoding"));
        QVERIFY(answer.contains("Vary: Accept-Encoding\r\n"));
        QVERIFY(answer.contains("id: 1\ndata: made 0 ms after the first\n\n"));
    }

    void sendsLumps()
    {
        RawClient client(run().port());
        client.send(getRequest(run().port(), "/scenario/buffering-proxy?interval=2"));
        QVERIFY(client.readUntil("0\r\n\r\n"));
        const Bytes &all = client.received();
        const std::size_t sixth = all.find("id: 6\ndata: made 10 ms after the first\n\nid: 7\n");
        QVERIFY2(sixth != Bytes::npos, "within a lump nothing stands between events");
        QCOMPARE(run().stream("/scenario/buffering-proxy?interval=2"), twentyEvents() + "end");
        QCOMPARE(run().stream("/scenario/buffering-proxy?interval=2", "20"), QByteArray("204 end"));
    }
};

PUSHSCOPE_TEST(CodingScenariosTest)
#include "codingstest.moc"
