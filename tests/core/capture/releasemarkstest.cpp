#include "core/capture/releasemarks.h"

#include "core/capture/capture.h"
#include "core/capture/capturewriter.h"
#include "core/capture/trail.h"
#include "tests/core/capture/bareevent.h"
#include "tests/support/fixedclock.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

using namespace pushscope;

class ReleaseMarksTest : public QObject
{
    Q_OBJECT
    test::FixedClock m_clock;

private Q_SLOTS:
    void aRecordingLetsGoOfWhatItsReaderTook()
    {
        const QTemporaryDir parent;
        const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
        CaptureWriter writer(capture);
        CaptureWriter::release(*capture, Seq());
        std::uintmax_t most = 0;
        for (int round = 0; round < 100; ++round) {
            appendMany(writer);
            const Seq last(writer.nextSeq().value - 1);
            CaptureWriter::release(*capture, Seq(last.value - 1));
            most = std::max(most, bytesIn(capture->folder()));
            QCOMPARE(capture->origin(last), Bytes(Length, 'x'));
        }
        QVERIFY2(most < 64 * 1024 * 1024, std::to_string(most).c_str()); // of 200 MiB
        QCOMPARE(Capture::open(capture->folder()).error().code, ErrorCode::FileUnreadable);
    }

    void nothingGoesThatTheReaderDidNotTakeOrATrailNeeds()
    {
        const QTemporaryDir parent;
        const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
        CaptureWriter writer(capture);
        CaptureWriter::release(*capture, Seq());
        const Seq first = writer.append(test::eventAt(writer.appendBytes("early"), 5));
        writer.publish();
        const auto feed = [&] {
            for (int round = 0; round < 20; ++round) {
                appendMany(writer);
                CaptureWriter::release(*capture, first);
            }
        };
        feed();
        QCOMPARE(capture->origin(Seq(2)), Bytes(Length, 'x')); // nobody took it yet

        Trail trail;
        Seq subject;
        const ReleaseMarks::Hold trailHold(writer.marks(), trail);
        const ReleaseMarks::Hold subjectHold(writer.marks(), subject);
        Record pending = test::eventAt(writer.appendBytes("pending"), 7);
        pending.session = 5;
        pending.direction = Direction::In;
        const Seq carrier = subject = writer.append(pending);
        trail.append(pending.origin, 7, carrier);
        for (int round = 0; round < 40; ++round) {
            appendMany(writer);
            CaptureWriter::release(*capture, Seq(writer.nextSeq().value - 1));
        }
        QCOMPARE(capture->origin(carrier), Bytes("pending"));
        QVERIFY(!std::filesystem::exists(capture->folder() / "records.00000"));

        trail.forget(trail.end());
        for (int round = 0; round < 40; ++round) {
            appendMany(writer);
            CaptureWriter::release(*capture, Seq(writer.nextSeq().value - 1));
        }
        const Seq late = writer.appendFinding(subject, 0, Rule::SseBom, 0, 0, 0); // copied before it went
        QCOMPARE(capture->record(late).session, 5u);
        QCOMPARE(capture->record(late).direction, Direction::In);
        QVERIFY(bytesIn(capture->folder()) < 64 * 1024 * 1024);
    }

    void nothingIsMarkedWhileBytesWaitForTheirTrail()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        writer.marks().setPace({1, 1});
        CaptureWriter::release(*capture, Seq());
        const std::uint64_t early = writer.appendBytes("early");
        Seq last;
        {
            const ReleaseMarks::Pause pause(writer.marks());
            last = writer.append(test::eventAt(writer.appendBytes("late"), 4));
            writer.publish();
            CaptureWriter::release(*capture, last);
        }
        QCOMPARE(capture->bytesAt(early, 5), ByteView("early"));
        Trail trail;
        const ReleaseMarks::Hold hold(writer.marks(), trail);
        trail.append(early, 5, last);
        writer.publish();
        CaptureWriter::release(*capture, last);
        QCOMPARE(capture->bytesAt(early, 5), ByteView("early"));
    }

    /// Each event comes in two reads, and what was published in between may go while it waits for the second.
    void readerAndWriterGoOnSideBySide()
    {
        constexpr int Events = 100'000;
        const QTemporaryDir parent;
        const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
        std::atomic<bool> isReleasing = false;
        std::thread writing([&] {
            while (!isReleasing)
                std::this_thread::yield();
            CaptureWriter writer(capture);
            writer.marks().setPace({1000, 1'000'000});
            Trail trail;
            const ReleaseMarks::Hold hold(writer.marks(), trail);
            for (int i = 0; i < Events; ++i) {
                const std::uint64_t begin = trail.end();
                for (int half = 0; half < 2; ++half) {
                    Record read = test::eventAt(writer.appendBytes(contentOf(i)), Length);
                    read.kind = RecordKind::TcpRead;
                    const Seq carrier = writer.append(read);
                    trail.append(read.origin, Length, carrier);
                    writer.publish();
                }
                Record event;
                event.kind = RecordKind::SseEvent;
                trail.locate({begin, trail.end()}, event, writer);
                writer.append(event);
                trail.forget(trail.end());
            }
        });
        CaptureWriter::release(*capture, Seq());
        isReleasing = true;
        int events = 0;
        int right = 0;
        for (Seq next(1); events < Events - 1;) { // the last one is published with the writer's end
            const Seq published(capture->counts().records);
            for (; next <= published; ++next.value) {
                if (capture->record(next).kind != RecordKind::SseEvent)
                    continue;
                right += capture->origin(next) == contentOf(events) + contentOf(events) ? 1 : 0;
                ++events;
            }
            CaptureWriter::release(*capture, published);
        }
        writing.join();
        QCOMPARE(right, events);
        QVERIFY(!std::filesystem::exists(capture->folder() / "records.00000"));
    }

private:
    static Bytes contentOf(int event)
    {
        Bytes content = std::to_string(event);
        content.resize(Length, '.');
        return content;
    }
    static constexpr std::size_t Length = 100;
    /// 20,000 records of 100 bytes each.
    static void appendMany(CaptureWriter &writer)
    {
        for (int i = 0; i < 20'000; ++i) {
            writer.append(test::eventAt(writer.appendBytes(Bytes(Length, 'x')), Length));
            if (i % 100 == 99)
                writer.publish();
        }
    }
    static std::uintmax_t bytesIn(const std::filesystem::path &folder)
    {
        std::uintmax_t bytes = 0;
        for (const auto &file : std::filesystem::directory_iterator(folder))
            bytes += file.file_size();
        return bytes;
    }
};

PUSHSCOPE_TEST(ReleaseMarksTest)
#include "releasemarkstest.moc"
