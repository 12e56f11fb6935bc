#include "core/demo/tickwriter.h"

#include "core/wire/sse/sseblock.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class TickWriterTest : public QObject
{
    Q_OBJECT

private:
    static constexpr TickWriter::Time time{1'700'000'000'123, 987'654'321};
    static Bytes written(std::uint64_t size, std::uint64_t seed = 1, std::uint64_t id = 42)
    {
        return Bytes(TickWriter(size, seed).event(id, time));
    }
    static Bytes dataOf(const Bytes &event) { return parseSseBlock(event).data; }

private Q_SLOTS:
    void writesTheReferenceEvent()
    {
        QCOMPARE(written(0), Bytes("id: 42\nevent: tick\ndata: {\"id\":42,\"ts\":1700000000123,\"ns\":987654321}\n\n"));
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
        const Bytes plain = dataOf(written(0));
        const Bytes data = dataOf(written(size));
        QVERIFY(data.size() >= size);
        // As near as JSON allows: the member around the padding takes nine bytes.
        QVERIFY(data.size() <= std::max<std::size_t>(size, plain.size() + 9));
        QVERIFY(data.starts_with(plain.substr(0, plain.size() - 1)));
        QVERIFY(data.ends_with("}"));
    }

    void padsBySeedAndId()
    {
        QCOMPARE(written(500), written(500));
        QVERIFY(written(500, 1) != written(500, 2));
        QVERIFY(written(500, 1, 42).substr(90) != written(500, 1, 43).substr(90));
    }

    void writesDataAlone() { QCOMPARE(Bytes(TickWriter(300, 1).data(42, time)), dataOf(written(300))); }
};

PUSHSCOPE_TEST(TickWriterTest)
#include "tickwritertest.moc"
