#include "core/wire/ws/wsframe.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace pushscope;

class WsFrameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opcodesHaveWords();
    void masksEveryLengthAtEveryOffset();
    void closeCodes_data();
    void closeCodes();
};

void WsFrameTest::opcodesHaveWords()
{
    std::string words;
    std::string reserved;
    std::string control;
    for (std::uint8_t value = 0; value < 16; ++value) {
        const auto opcode = static_cast<WsOpcode>(value);
        words += std::string(word(opcode)) + ' ';
        reserved += isReserved(opcode) ? 'r' : '-';
        control += isControl(opcode) ? 'c' : '-';
    }
    QCOMPARE(words.c_str(), "continuation text binary reserved-3 reserved-4 reserved-5 reserved-6 reserved-7 "
                            "close ping pong reserved-11 reserved-12 reserved-13 reserved-14 reserved-15 ");
    QCOMPARE(reserved.c_str(), "---rrrrr---rrrrr");
    QCOMPARE(control.c_str(), "--------cccccccc");
}

/// Against the formula of RFC 6455 section 5.3, byte by byte, with bytes around that must stay.
void WsFrameTest::masksEveryLengthAtEveryOffset()
{
    const std::array<std::uint8_t, 4> key{0x37, 0xfa, 0x21, 0x3d};
    for (std::size_t size = 0; size < 150; ++size) {
        for (std::uint64_t offset = 0; offset < 9; ++offset) {
            std::string bytes(size + 2, '#');
            for (std::size_t i = 0; i < size; ++i)
                bytes[i + 1] = static_cast<char>(i * 7);
            std::string expected = bytes;
            for (std::size_t i = 0; i < size; ++i)
                expected[i + 1] = static_cast<char>(expected[i + 1] ^ key[(offset + i) % 4]);
            applyMask(bytes.data() + 1, size, key, offset);
            QVERIFY2(bytes == expected, qPrintable(QStringLiteral("size %1, offset %2").arg(size).arg(offset)));
        }
    }
}

void WsFrameTest::closeCodes_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<bool>("sendable");
    QTest::newRow("never used") << 0 << 999 << false;
    QTest::newRow("defined") << 1000 << 1003 << true;
    QTest::newRow("reserved; only for reports") << 1004 << 1006 << false;
    QTest::newRow("defined and registered") << 1007 << 1014 << true;
    QTest::newRow("only for reports; unassigned") << 1015 << 2999 << false;
    QTest::newRow("registered and private") << 3000 << 4999 << true;
    QTest::newRow("beyond") << 5000 << 65535 << false;
}

void WsFrameTest::closeCodes()
{
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(bool, sendable);
    for (int code = first; code <= last; ++code)
        QCOMPARE(isSendableCloseCode(static_cast<std::uint16_t>(code)), sendable);
}

PUSHSCOPE_TEST(WsFrameTest)
#include "wsframetest.moc"
