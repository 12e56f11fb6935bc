#include "core/capture/details/http2details.h"
#include "tests/support/capturebuilder.h"
#include "ui/frameticker.h"
#include "ui/mainwindow.h"
#include "ui/models/sessionlistmodel.h"
#include "ui/panes/recordview.h"
#include "ui/panes/streamspanel.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <thread>
#include <vector>

using namespace pushscope;

namespace {

constexpr int OpenRows = 1'000'000;
constexpr int OpenRounds = 5;
constexpr qint64 StreamTime = 6'000; ///< milliseconds of each run at full speed

void appendEvents(test::CaptureBuilder &builder, int count)
{
    static const std::string block =
        "data: {\"id\":5121,\"ts\":1763812982120,\"symbol\":\"ACME\",\"price\":102.70}\n\n";
    for (int i = 0; i < count; ++i) {
        Record record = builder.make(RecordKind::SseEvent, Direction::In);
        record.origin = builder.writer.appendBytes(block);
        record.originLength = std::uint32_t(block.size());
        builder.writer.append(record);
        builder.time += 1000;
    }
    builder.writer.publish();
}

/// DATA on a hundred streams of one connection in turn, what was read of it given back.
void appendFrames(test::CaptureBuilder &builder, int count)
{
    constexpr std::uint32_t Streams = 100;
    constexpr std::uint32_t UpdateEvery = 50;
    static const Bytes payload = "data: {\"id\":5121,\"ts\":1763812982120,\"symbol\":\"ACME\"}\n\n";
    builder.connection = 3;
    static std::uint32_t turn = 0; // the feeder is one thread
    for (int i = 0; i < count; ++i) {
        ++turn;
        builder.stream = 1 + 2 * (turn % Streams);
        const bool isUpdate = turn % UpdateEvery == 0;
        Bytes frame;
        appendHttp2Frame(
            frame, {.type = isUpdate ? Http2FrameType::WindowUpdate : Http2FrameType::Data, .stream = builder.stream},
            isUpdate ? ByteView("\0\0\x0a\0", 4) : ByteView(payload));
        Record record = builder.make(isUpdate ? RecordKind::H2WindowUpdate : RecordKind::H2Data,
                                     isUpdate ? Direction::Out : Direction::In);
        record.origin = builder.writer.appendBytes(frame);
        record.originLength = std::uint32_t(frame.size());
        builder.writer.append(record);
        builder.time += 10'000;
    }
    builder.writer.publish();
}

/// Two sessions on one HTTP/2 connection, so that it has a row of its own.
void appendConnection(test::CaptureBuilder &builder)
{
    builder.connection = 3;
    for (const std::uint32_t session : {2u, 1u}) {
        builder.session = session;
        builder.facts(RecordKind::Session, SessionFacts{"shared", "http://127.0.0.1/events", "sse"});
        builder.whole(RecordKind::H2Settings, ByteView("\0\0\0\4\0\0\0\0\0", 9), Direction::Out);
        builder.stream = 2 * session - 1;
        builder.whole(RecordKind::H2Headers, ByteView("\0\0\0\1\4\0\0\0\1", 9), Direction::Out);
        builder.whole(RecordKind::HttpRequest, "", Direction::Out);
        builder.stream = 0;
    }
}

std::unique_ptr<test::CaptureBuilder> makeCapture(int rows)
{
    const SystemClock clock;
    test::FixedClock start;
    start.monotonic = clock.now().nanoseconds;
    auto builder = std::make_unique<test::CaptureBuilder>(start);
    builder->facts(RecordKind::Session, SessionFacts{"events", "http://127.0.0.1/events", "sse"});
    builder->facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 1});
    appendEvents(*builder, rows);
    return builder;
}

/// Milliseconds that the processor gave this thread.
double threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Until the window is drawn and its table shows the newest row.
double openingTime(const test::CaptureBuilder &builder)
{
    QElapsedTimer timer;
    timer.start();
    MainWindow window(builder.capture);
    window.show();
    const auto *table = window.findChild<RecordView *>();
    const int wanted = int(builder.capture->counts().records);
    if (!QTest::qWaitFor([&] { return table->model()->rowCount() == wanted; }, 10'000))
        std::fprintf(stderr, "the table did not fill\n");
    (void)window.grab();
    return double(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void compareOpening()
{
    const auto empty = makeCapture(0);
    const auto full = makeCapture(OpenRows);
    std::vector<double> emptyTimes;
    std::vector<double> fullTimes;
    (void)openingTime(*empty); // fonts and styles are loaded once
    for (int round = 0; round < OpenRounds; ++round) {
        emptyTimes.push_back(openingTime(*empty));
        fullTimes.push_back(openingTime(*full));
    }
    std::printf("open, empty capture:          %7.1f ms (median of %d)\n", median(emptyTimes), OpenRounds);
    std::printf("open, %d rows:           %7.1f ms\n", OpenRows, median(fullTimes));
    std::printf("difference:                   %7.1f ms (limit 200)\n", median(fullTimes) - median(emptyTimes));
}

/// A stream as fast as a thread can write it, `perSecond` 0, or at a steady rate; over HTTP/2 the frames of a
/// connection whose lanes are looked at.
void measureGaps(const char *name, int perSecond, bool isHttp2)
{
    const auto builder = makeCapture(0);
    if (isHttp2)
        appendConnection(*builder);
    const auto append = isHttp2 ? appendFrames : appendEvents;
    MainWindow window(builder->capture);
    window.resize(1440, 900);
    window.show();
    if (isHttp2 && QTest::qWaitFor([&] { return window.findChild<SessionListModel *>()->rowOfConnection(3) >= 0; }))
        window.findChild<StreamsPanel *>()->setCurrentConnection(3);
    std::atomic<bool> isStopping = false;
    std::thread feeder([&] {
        QElapsedTimer timer;
        timer.start();
        std::uint64_t written = 0;
        while (!isStopping) {
            const auto due =
                perSecond == 0 ? written + 200 : std::uint64_t(timer.nsecsElapsed() * double(perSecond) / 1e9);
            if (due > written) {
                append(*builder, int(due - written));
                written = due;
            } else {
                std::this_thread::yield();
            }
        }
    });
    std::vector<double> gaps;
    std::vector<double> work;
    double workBefore = 0;
    std::vector<double> latencies;
    QElapsedTimer sinceTick;
    QObject::connect(&window.workspace().ticker(), &FrameTicker::ticked, &window, [&] {
        if (sinceTick.isValid()) {
            gaps.push_back(double(sinceTick.nsecsElapsed()) / 1e6);
            work.push_back(threadTime() - workBefore);
        }
        workBefore = threadTime();
        sinceTick.start();
    });
    // What a person feels: from a key posted to its letter standing in the field.
    auto *url = window.findChild<QLineEdit *>(QStringLiteral("url"));
    QElapsedTimer sinceKey;
    QObject::connect(url, &QLineEdit::textEdited, &window,
                     [&] { latencies.push_back(double(sinceKey.nsecsElapsed()) / 1e6); });
    QTimer keys;
    QObject::connect(&keys, &QTimer::timeout, &window, [&] {
        sinceKey.start();
        QCoreApplication::postEvent(url,
                                    new QKeyEvent(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a")));
    });
    keys.start(37);
    QTimer::singleShot(StreamTime, qApp, &QCoreApplication::quit);
    QApplication::exec();
    isStopping = true;
    feeder.join();
    std::sort(gaps.begin(), gaps.end());
    std::sort(work.begin(), work.end());
    std::sort(latencies.begin(), latencies.end());
    const auto at = [](const std::vector<double> &values, double share) {
        return values.empty() ? 0.0 : values[std::size_t(double(values.size() - 1) * share)];
    };
    std::printf("%s: %llu records in %.0f s\n", name,
                static_cast<unsigned long long>(builder->capture->counts().records), double(StreamTime) / 1000);
    std::printf("  gap between frame ticks: median %.1f, 99th %.1f, longest %.1f ms (limit 50)\n", at(gaps, 0.5),
                at(gaps, 0.99), at(gaps, 1));
    // Where this is short and the gap long, others had the processor.
    std::printf("  work between ticks:      median %.1f, 99th %.1f, longest %.1f ms\n", at(work, 0.5), at(work, 0.99),
                at(work, 1));
    std::printf("  key to letter:           median %.1f, 99th %.1f, longest %.1f ms (limit 50)\n", at(latencies, 0.5),
                at(latencies, 0.99), at(latencies, 1));
}

} // namespace

/// How the window bears a stream at full speed, and what a large capture costs it at the start.
int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    const QTemporaryDir settings;
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    compareOpening();
    measureGaps("100,000 events a second", 100'000, false);
    measureGaps("full speed", 0, false);
    measureGaps("100,000 HTTP/2 frames a second, lanes shown", 100'000, true);
    measureGaps("full speed of HTTP/2 frames, lanes shown", 0, true);
    return 0;
}
