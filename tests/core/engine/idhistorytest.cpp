#include "core/engine/idhistory.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace pushscope;

class IdHistoryTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<test::CaptureBuilder> m_builder;
    std::unique_ptr<IdHistory> m_history;

    Seq note(const std::string &id)
    {
        const Seq seq =
            m_builder->whole(RecordKind::SseEvent, "id: " + id + "\ndata\n\n", Direction::In, RecordFlag::IdSet);
        m_history->note(seq);
        return seq;
    }
    /// The ids in a row, "|" where nothing is known.
    [[nodiscard]] std::string text() const
    {
        std::string text;
        for (const auto &entry : m_history->inOrder(*m_builder->capture))
            text += entry ? '<' + entry->id + '>' : std::string("|");
        return text;
    }
    /// As a mark does, and the reader behind it: what was noted up to `last` can't be read any more.
    void letGo(Seq last)
    {
        m_history->keep(*m_builder->capture, last);
        CaptureWriter::release(*m_builder->capture, last);
    }

private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<test::CaptureBuilder>();
        m_history = std::make_unique<IdHistory>();
        m_builder->writer.marks().setPace({1, 1});
    }

    void keepsTheOrderAndWhereConnectionsEnded()
    {
        m_history->noteBreak(); // nothing came yet
        QCOMPARE(text(), std::string());
        for (const char *id : {"a", "", "b"})
            note(id);
        m_history->noteBreak();
        m_history->noteBreak(); // one that brought none
        note("c");
        QCOMPARE(text(), std::string("<a><><b>|<c>"));
    }

    void aBlockThatIsTooLargeIsNotLookedThrough()
    {
        note("a");
        note(std::string(16 * 1024, 'x'));
        note("b");
        QCOMPARE(text(), std::string("<a>|<b>"));
    }

    void rememberedIdsOutliveTheirRecords()
    {
        CaptureWriter::release(*m_builder->capture, Seq());
        note("a");
        letGo(note("b"));
        m_history->noteBreak();
        letGo(note("c"));
        note("d");
        QCOMPARE(text(), std::string("<a><b>|<c><d>"));
        letGo(note("e"));
        letGo(note("f"));
        QCOMPARE(text(), std::string("<a><b>|<c><d><e><f>"));
    }

    void knowsWhenTheyCame()
    {
        CaptureWriter::release(*m_builder->capture, Seq());
        m_builder->time = 7;
        letGo(note("a"));
        m_builder->time = 9;
        note("b");
        const auto entries = m_history->inOrder(*m_builder->capture);
        QCOMPARE(entries.size(), 2u);
        QCOMPARE(entries[0]->time, 7);
        QCOMPARE(entries[1]->time, 9);
    }

    void ofManyItKnowsTheFirstAndTheLatest_data()
    {
        QTest::addColumn<std::size_t>("every");
        QTest::newRow("nothing goes") << std::size_t(0);
        QTest::newRow("each goes at once") << std::size_t(1);
        QTest::newRow("some go together") << std::size_t(100);
        QTest::newRow("more go together than are remembered") << std::size_t(2000);
    }
    void ofManyItKnowsTheFirstAndTheLatest()
    {
        QFETCH(const std::size_t, every);
        if (every != 0)
            CaptureWriter::release(*m_builder->capture, Seq());
        for (std::size_t i = 0; i < 5000; ++i) {
            const Seq seq = note(std::to_string(i));
            if (every != 0 && i % every == every - 1)
                letGo(seq);
        }
        m_history->noteBreak();
        note("last");
        std::vector<Bytes> ids;
        for (const auto &entry : m_history->inOrder(*m_builder->capture))
            ids.push_back(entry ? entry->id : "-");
        QCOMPARE(ids.size(), IdHistory::Remembered + 2);
        QCOMPARE(ids[0], Bytes("0"));
        QCOMPARE(ids[1], Bytes("-"));
        for (std::size_t i = 2; i < ids.size() - 2; ++i)
            QCOMPARE(ids[i], std::to_string(5000 - (ids.size() - 2) + i));
        QCOMPARE(ids[ids.size() - 2], Bytes("-"));
        QCOMPARE(ids.back(), Bytes("last"));
    }
};

PUSHSCOPE_TEST(IdHistoryTest)
#include "idhistorytest.moc"
