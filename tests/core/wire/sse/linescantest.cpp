#include "core/wire/sse/linescan.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class LineScanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A line ending and a byte that is not ASCII at every place of texts of every length around the width of a step.
    void findsTheFirstLineEnd()
    {
        for (std::size_t size = 0; size < 100; ++size) {
            const Bytes plain(size, 'x');
            QCOMPARE(scanLine(plain).length, size);
            QVERIFY(scanLine(plain).isAscii);
            for (std::size_t at = 0; at < size; ++at) {
                for (const char end : {'\n', '\r'}) {
                    Bytes text = plain;
                    text[at] = end;
                    text[size - 1] = '\n';
                    QCOMPARE(scanLine(text).length, at);
                }
            }
        }
    }

    void looksForOthersBeforeTheLineEndOnly()
    {
        for (std::size_t other = 0; other < 70; ++other) {
            for (std::size_t end = 0; end < 70; ++end) {
                Bytes text(70, 'x');
                text[other] = '\x80';
                text[end] = '\n';
                QCOMPARE(scanLine(text).length, end);
                QCOMPARE(scanLine(text).isAscii, other >= end);
            }
        }
    }

    void onlyCrAndLfEndLines()
    {
        for (int byte = 0; byte < 256; ++byte) {
            const Bytes text = "0123456789012345678901234567890" + Bytes(1, static_cast<char>(byte)) + "tail";
            const bool isEnd = byte == '\n' || byte == '\r';
            QCOMPARE(scanLine(text).length, isEnd ? 31 : text.size());
            QCOMPARE(scanLine(text).isAscii, byte < 0x80);
        }
    }
};

PUSHSCOPE_TEST(LineScanTest)
#include "linescantest.moc"
