#include "core/capture/record.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <set>

using namespace pushscope;

class RecordTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasAWordOfItsOwn()
    {
        std::set<std::string_view> words;
        for (int kind = 0; kind < static_cast<int>(RecordKind::Count); ++kind) {
            const std::string_view text = word(static_cast<RecordKind>(kind));
            QVERIFY2(!text.empty(), qPrintable(QString::number(kind)));
            QVERIFY(words.insert(text).second);
        }
        QVERIFY(word(RecordKind::Count).empty());
    }

    void kindsLieInTheirLayers()
    {
        QCOMPARE(layerOf(RecordKind::Session), Layer::Connection);
        QCOMPARE(layerOf(RecordKind::Error), Layer::Connection);
        QCOMPARE(layerOf(RecordKind::H1Chunk), Layer::Frames);
        QCOMPARE(layerOf(RecordKind::WsFrame), Layer::Frames);
        QCOMPARE(layerOf(RecordKind::SseEvent), Layer::Messages);
        QCOMPARE(layerOf(RecordKind::WsClose), Layer::Messages);
        QCOMPARE(layerOf(RecordKind::Finding), Layer::Findings);
        QCOMPARE(layerOf(RecordKind::TcpRead), Layer::Reads);
        QCOMPARE(layerOf(RecordKind::TcpWrite), Layer::Reads);
    }

    void layersAndDirectionsHaveWords()
    {
        QCOMPARE(word(Layer::Reads), std::string_view("reads"));
        QCOMPARE(word(Layer::Messages), std::string_view("messages"));
        QCOMPARE(word(Direction::None), std::string_view("-"));
        QCOMPARE(word(Direction::In), std::string_view("in"));
        QCOMPARE(word(Direction::Out), std::string_view("out"));
    }
};

PUSHSCOPE_TEST(RecordTest)
#include "recordtest.moc"
