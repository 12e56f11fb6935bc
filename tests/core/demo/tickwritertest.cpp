#include "core/demo/tickwriter.h"

#include "core/wire/sse/sseblock.h"
#include "core/wire/ws/wsassembler.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class TickWriterTest : public QObject
{
    Q_OBJECT

private:
    static constexpr TickWriter::Time time{1'700'000'000'123, 987'654'321};
    static Bytes written(EventFraming framing, std::uint64_t size, std::uint64_t seed = 1, std::uint64_t id = 42)
    {
        TickWriter writer(size, seed);
        Bytes out;
        writer.append(out, framing, id, time);
        return out;
    }
    static Bytes dataOf(const Bytes &event) { return parseSseBlock(event).data; }

private Q_SLOTS:
    void writesTheReferenceEvent()
    {
        QCOMPARE(written(EventFraming::Identity, 0),
                 Bytes("id: 42\nevent: tick\ndata: {\"id\":42,\"ts\":1700000000123,\"ns\":987654321}\n\n"));
    }

    void writesChunks()
    {
        const Bytes event = written(EventFraming::Identity, 0);
        QCOMPARE(written(EventFraming::Chunk, 0), "46\r\n" + event + "\r\n");
        QCOMPARE(event.size(), std::size_t(0x46));
    }

    void padsTheData_data()
    {
        QTest::addColumn<quint64>("size");
        for (const quint64 size : {1, 43, 44, 52, 53, 54, 120, 4200, 10'000, 100'000})
            QTest::addRow("%llu", size) << size;
    }

    void padsTheData()
    {
        QFETCH(quint64, size);
        const Bytes plain = dataOf(written(EventFraming::Identity, 0));
        const Bytes data = dataOf(written(EventFraming::Identity, size));
        QVERIFY(data.size() >= size);
        // As near as JSON allows: the member around the padding takes nine bytes.
        QVERIFY(data.size() <= std::max<std::size_t>(size, plain.size() + 9));
        QVERIFY(data.starts_with(plain.substr(0, plain.size() - 1)));
        QVERIFY(data.ends_with("}"));
    }

    void padsBySeedAndId()
    {
        QCOMPARE(written(EventFraming::Identity, 500), written(EventFraming::Identity, 500));
        QVERIFY(written(EventFraming::Identity, 500, 1) != written(EventFraming::Identity, 500, 2));
        QVERIFY(written(EventFraming::Identity, 500, 1, 42).substr(90) !=
                written(EventFraming::Identity, 500, 1, 43).substr(90));
    }

    void writesTextFrames_data()
    {
        QTest::addColumn<quint64>("size");
        for (const quint64 size : {0, 125, 126, 127, 65'535, 65'536, 70'000})
            QTest::addRow("%llu", size) << size;
    }

    void writesTextFrames()
    {
        QFETCH(quint64, size);
        const Bytes bytes = written(EventFraming::WsText, size);
        WsFrameDecoder decoder(Role::Server);
        WsAssembler assembler(WsAssembler::Options{.keepPayloads = true});
        decoder.feed(bytes);
        WsFrameFact fact;
        QVERIFY(decoder.next(fact));
        QVERIFY(decoder.findings().empty());
        const auto message = assembler.take(fact);
        QVERIFY(message);
        QVERIFY(message->kind == WsMessage::Kind::Text);
        QCOMPARE(message->payload, dataOf(written(EventFraming::Identity, size)));
        QVERIFY(!decoder.next(fact));
    }
};

PUSHSCOPE_TEST(TickWriterTest)
#include "tickwritertest.moc"
