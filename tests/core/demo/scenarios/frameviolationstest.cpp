#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;
using namespace std::string_literals;

class FrameViolationsTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void sendsFrames_data()
    {
        addFrameColumns();
        QTest::newRow("masked-by-server") << QByteArray("masked-by-server")
                                          << shortFrame(0x81, "before"s) +
                                                 QByteArray("\x81\x86\x12\x34\x56\x78"
                                                            "\x7F\x55\x25\x13\x77\x50") +
                                                 shortFrame(0x81, "after"s);
        QTest::newRow("reserved-bits") << QByteArray("reserved-bits")
                                       << shortFrame(0x81, "before"s) + shortFrame(0xc1, "reserved bits"s) +
                                              shortFrame(0x81, "after"s);
        QTest::newRow("reserved-bits?rsv=3")
            << QByteArray("reserved-bits?rsv=3")
            << shortFrame(0x81, "before"s) + shortFrame(0xb1, "reserved bits"s) + shortFrame(0x81, "after"s);
        QTest::newRow("reserved-opcode") << QByteArray("reserved-opcode")
                                         << shortFrame(0x81, "before"s) + shortFrame(0x83, "reserved opcode"s) +
                                                shortFrame(0x81, "after"s);
        QTest::newRow("reserved-opcode?opcode=15")
            << QByteArray("reserved-opcode?opcode=15")
            << shortFrame(0x81, "before"s) + shortFrame(0x8f, "reserved opcode"s) + shortFrame(0x81, "after"s);
        QTest::newRow("fragmented-control") << QByteArray("fragmented-control")
                                            << shortFrame(0x81, "before"s) + shortFrame(0x9, "half a "s) +
                                                   shortFrame(0x80, "ping"s) + shortFrame(0x81, "after"s);
        QTest::newRow("long-control") << QByteArray("long-control")
                                      << shortFrame(0x81, "before"s) + QByteArray("\x89\x7E\x00\x7E", 4) +
                                             QByteArray(126, 'p') + shortFrame(0x81, "after"s);
        QTest::newRow("non-minimal-length")
            << QByteArray("non-minimal-length")
            << shortFrame(0x81, "before"s) + QByteArray("\x81\x7E\x00\x05", 4) + "short" + shortFrame(0x81, "after"s);
        QTest::newRow("non-minimal-length?bits=64")
            << QByteArray("non-minimal-length?bits=64")
            << shortFrame(0x81, "before"s) + QByteArray("\x81\x7F\0\0\0\0\0\0\0\x05", 10) + "short" +
                   shortFrame(0x81, "after"s);
        QTest::newRow("lone-continuation")
            << QByteArray("lone-continuation")
            << shortFrame(0x81, "before"s) + shortFrame(0x80, "of nothing"s) + shortFrame(0x81, "after"s);
        QTest::newRow("data-inside-fragmented")
            << QByteArray("data-inside-fragmented")
            << shortFrame(0x81, "before"s) + shortFrame(0x1, "a message that is "s) + shortFrame(0x81, "interrupted"s) +
                   shortFrame(0x80, "never whole"s) + shortFrame(0x81, "after"s);
        QTest::newRow("wrong-accept") << QByteArray("wrong-accept") << shortFrame(0x81, "no client should read this"s);
        QTest::newRow("data-after-close") << QByteArray("data-after-close")
                                          << shortFrame(0x81, "before"s) +
                                                 shortFrame(0x88, "\x03\xE8"
                                                                  "done"s) +
                                                 shortFrame(0x81, "after the close frame"s);
    }

    void sendsFrames() { compareFrames(); }

    void acceptsWithAWrongKey()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/wrong-accept"));
        QVERIFY(client.readUntil("Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n"));
    }
};

PUSHSCOPE_TEST(FrameViolationsTest)
#include "frameviolationstest.moc"
