#include "core/demo/eventbatch.h"

#include "core/wire/ws/wsassembler.h"
#include "core/wire/ws/wsframedecoder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class EventBatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesEvents_data()
    {
        QTest::addColumn<int>("framing");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("chunks") << int(EventFraming::Chunk)
                                << QByteArray("6\r\nfirst\n\r\n11\r\nand the second...\r\n");
        QTest::newRow("identity") << int(EventFraming::Identity) << QByteArray("first\nand the second...");
        QTest::newRow("text frames") << int(EventFraming::WsText)
                                     << QByteArray("\x81\x06"
                                                   "first\n\x81\x11"
                                                   "and the second...");
    }

    void framesEvents()
    {
        QFETCH(int, framing);
        QFETCH(QByteArray, bytes);
        EventBatch batch(static_cast<EventFraming>(framing));
        batch.add("first\n");
        const std::size_t first = batch.bytes().size();
        batch.add("and the second...");
        QCOMPARE(QByteArray::fromStdString(batch.bytes()), bytes);
        QCOMPARE(batch.ends(), (std::vector<std::size_t>{first, batch.bytes().size()}));
        batch.clear();
        QVERIFY(batch.bytes().empty() && batch.ends().empty());
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
        EventBatch batch(EventFraming::WsText);
        batch.add(Bytes(size, 'x'));
        WsFrameDecoder decoder(Role::Server);
        WsAssembler assembler(WsAssembler::Options{.keepPayloads = true});
        decoder.feed(batch.bytes());
        WsFrameFact fact;
        QVERIFY(decoder.next(fact));
        QVERIFY(decoder.findings().empty());
        const auto message = assembler.take(fact);
        QVERIFY(message);
        QVERIFY(message->kind == WsMessage::Kind::Text);
        QCOMPARE(message->payload, Bytes(size, 'x'));
        QVERIFY(!decoder.next(fact));
    }
};

PUSHSCOPE_TEST(EventBatchTest)
#include "eventbatchtest.moc"
