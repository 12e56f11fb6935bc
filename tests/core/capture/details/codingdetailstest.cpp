#include "core/capture/details/codingdetails.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;

class CodingDetailsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::CaptureBuilder> m_builder;

    Seq head(const char *fields)
    {
        return m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n" + Bytes(fields) + "\r\n");
    }
    /// A message whose plain bytes stand in the log.
    Seq message(RecordKind kind, ByteView plain)
    {
        Record record = m_builder->make(kind, Direction::In);
        record.origin = m_builder->writer.appendBytes(plain);
        record.originLength = static_cast<std::uint32_t>(plain.size());
        return m_builder->append(record);
    }
    Seq totals(const CodingFacts &facts)
    {
        Record record = m_builder->make(RecordKind::Coding, Direction::In);
        m_builder->attach(record, facts);
        return m_builder->append(record);
    }
    QString soFar(Seq head, Seq totals = {}) const
    {
        const auto facts = codingSoFar(*m_builder->capture, head, totals);
        return facts ? QStringLiteral("%1 %2 %3 %4")
                           .arg(QString::fromStdString(facts->coding))
                           .arg(facts->wire)
                           .arg(facts->plain)
                           .arg(facts->delayMs)
                     : QStringLiteral("none");
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<test::CaptureBuilder>(); }

    void countsChunksAndMessages()
    {
        const Seq answer = head("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n");
        m_builder->whole(RecordKind::H1Chunk, "5\r\ncoded\r\n");
        message(RecordKind::SseEvent, "data: one\n\n");
        m_builder->whole(RecordKind::H1Chunk, "4\r\nmore\r\n");
        message(RecordKind::SseComment, ": outside\n");
        message(RecordKind::SseEvent, "data: two\n\n");
        QCOMPARE(soFar(answer), QStringLiteral("gzip 9 32 0"));
        const Seq known = totals({"gzip", 100, 2000, 1.5});
        QCOMPARE(soFar(answer, known), QStringLiteral("gzip 100 2000 1.5"));
        m_builder->whole(RecordKind::H1Chunk, "3\r\nend\r\n");
        message(RecordKind::SseEvent, "data: three\n\n");
        QCOMPARE(soFar(answer, known), QStringLiteral("gzip 103 2013 1.5"));
    }

    void linesInsideAnEventCountOnce()
    {
        const Seq answer = head("Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n");
        const Bytes block = "retry: 10\n: c\ndata: x\n\n";
        const std::uint64_t at = m_builder->writer.appendBytes(block);
        const auto add = [&](RecordKind kind, std::uint64_t begin, std::uint32_t size) {
            Record record = m_builder->make(kind, Direction::In);
            record.origin = at + begin;
            record.originLength = size;
            m_builder->append(record);
        };
        add(RecordKind::SseRetry, 0, 10);
        add(RecordKind::SseComment, 10, 4);
        QCOMPARE(soFar(answer), QStringLiteral("br 0 14 0"));
        add(RecordKind::SseEvent, 0, static_cast<std::uint32_t>(block.size()));
        QCOMPARE(soFar(answer), QStringLiteral("br 0 %1 0").arg(block.size()));
    }

    void withoutChunksReadsCount()
    {
        const Bytes headBytes = "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n";
        m_builder->read(headBytes + "rest");
        const Seq answer = m_builder->add(RecordKind::HttpResponse, {0, headBytes.size()});
        m_builder->read("and more");
        message(RecordKind::StreamLine, "line\n");
        QCOMPARE(soFar(answer), QStringLiteral("zstd 12 5 0"));
    }

    void othersAndWhatComesLaterAreLeftOut()
    {
        const Seq answer = head("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n");
        m_builder->connection = 2;
        m_builder->whole(RecordKind::H1Chunk, "5\r\nother\r\n");
        m_builder->connection = 1;
        m_builder->facts(RecordKind::End, EndFacts{});
        m_builder->whole(RecordKind::H1Chunk, "5\r\nlater\r\n");
        QCOMPARE(soFar(answer), QStringLiteral("gzip 0 0 0"));
    }

    void withoutACodingThereIsNothingToSay()
    {
        QCOMPARE(soFar(head("Transfer-Encoding: chunked\r\n")), QStringLiteral("none"));
        QCOMPARE(soFar(head("Content-Encoding: compress\r\n")), QStringLiteral("none"));
    }
};

PUSHSCOPE_TEST(CodingDetailsTest)
#include "codingdetailstest.moc"
