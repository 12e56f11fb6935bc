#include "core/wire/http/http2framescanner.h"
#include "tests/support/http2bytes.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace pushscope;
using namespace pushscope::test;

class Http2FrameScannerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsHeadersHoweverTheyAreCut()
    {
        const Bytes input = "PREFACE" + settings() + data(1, Bytes(300, '\0')) + ping() + data(3, {}) + "abc";
        const std::vector<std::size_t> begins{7, 16, 325, 342};
        for (std::size_t cut = 1; cut <= input.size(); ++cut) {
            Http2FrameScanner scanner(7);
            std::vector<std::uint32_t> lengths;
            for (std::size_t at = 0; at < input.size(); at += cut) {
                scanner.feed(ByteView(input).substr(at, cut));
                while (const auto frame = scanner.next()) {
                    // One that began in an earlier piece begins where this one does.
                    QCOMPARE(at + scanner.begin(), std::max(begins.at(lengths.size()), at));
                    lengths.push_back(frame->length);
                }
            }
            QCOMPARE(lengths, (std::vector<std::uint32_t>{0, 300, 8, 0}));
        }
    }
};

PUSHSCOPE_TEST(Http2FrameScannerTest)
#include "http2framescannertest.moc"
