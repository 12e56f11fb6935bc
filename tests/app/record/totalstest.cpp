#include "app/record/totals.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

namespace {
QJsonObject totalsOf(const CaptureBuilder &builder)
{
    Totals totals;
    for (Seq seq(1); seq.value <= builder.capture->counts().records; ++seq.value) {
        const Record &record = builder.capture->record(seq);
        totals.take(*builder.capture, record, layerOf(record.kind), seq);
    }
    return QJsonDocument::fromJson(QByteArray::fromStdString(totals.json(1.5, 7))).object();
}

int number(const QJsonObject &totals, const char *key)
{
    return totals[QLatin1String(key)].toInt(-1);
}
} // namespace

class TotalsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsAllZeros()
    {
        const QJsonObject totals = totalsOf(CaptureBuilder());
        QCOMPARE(number(totals, "records"), 0);
        QCOMPARE(totals[QStringLiteral("seconds")].toDouble(), 1.5);
        QCOMPARE(number(totals, "lost"), 7);
        QCOMPARE(totals[QStringLiteral("connect_seconds")].toDouble(), 0.0);
    }

    void eventsCountTheirDataAlone()
    {
        CaptureBuilder builder;
        builder.whole(RecordKind::SseEvent, "event: tick\r\nid: 1\r\ndata: abc\r\ndata:de\r\ndata\r\n\r\n");
        builder.whole(RecordKind::SseEvent, "data: 1\n\n");
        builder.whole(RecordKind::SseEvent, "data: x\rdata: y\r\r");
        builder.whole(RecordKind::SseEvent,
                      "\xEF\xBB\xBF"
                      "data: bom\n\n",
                      Direction::In, RecordFlag::StreamStart);
        builder.whole(RecordKind::SseComment, ": none\n");
        const QJsonObject totals = totalsOf(builder);
        QCOMPARE(number(totals, "bytes_payload"), 7 + 1 + 3 + 3); // "abc\nde\n", "1", "x\ny", "bom"
        QCOMPARE(number(totals, "messages"), 5);
        QCOMPARE(number(totals, "frames"), 0);
    }

    void partsCountWithoutTheirHeads()
    {
        CaptureBuilder builder;
        builder.whole(RecordKind::StreamPart, "Content-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nJPEG");
        builder.whole(RecordKind::StreamPart, "\r\nbare");
        builder.whole(RecordKind::StreamLine, "{}");
        const QJsonObject totals = totalsOf(builder);
        QCOMPARE(number(totals, "bytes_payload"), 4 + 4 + 2);
        QCOMPARE(number(totals, "messages"), 3);
    }

    void framesCountWithoutHeadersAndControls()
    {
        CaptureBuilder builder;
        WsFrameSpec frame;
        for (const std::size_t size : {std::size_t(5), std::size_t(200), std::size_t(70'000)}) {
            frame.payload = Bytes(size, 'x');
            frame.maskingKey.reset();
            builder.framed(RecordKind::WsText, encodeWsFrame(frame));
            frame.maskingKey = std::array<std::uint8_t, 4>{1, 2, 3, 4};
            builder.framed(RecordKind::WsText, encodeWsFrame(frame), Direction::Out);
        }
        WsFrameSpec ping;
        ping.opcode = WsOpcode::Ping;
        ping.payload = "ping";
        builder.framed(RecordKind::WsPing, encodeWsFrame(ping));
        const QJsonObject totals = totalsOf(builder);
        QCOMPARE(number(totals, "bytes_payload"), 2 * (5 + 200 + 70'000));
        QCOMPARE(number(totals, "frames"), 7);
        QCOMPARE(number(totals, "messages"), 7);
    }

    void wireBytesAreTheSocketsOwn()
    {
        CaptureBuilder builder;
        builder.read("0123456789");
        builder.read("abc", Direction::Out);
        Record tls = builder.make(RecordKind::TcpRead, Direction::In);
        builder.attach(tls, ReadFacts{50}); // fifty bytes of TLS for its plain bytes
        builder.append(tls);
        QCOMPARE(number(totalsOf(builder), "bytes_wire"), 10 + 3 + 50);
    }

    void connectionsReconnectsAndResumes()
    {
        CaptureBuilder builder;
        const auto state = [&](SessionState now, std::uint32_t attempt) {
            StateFacts facts;
            facts.state = now;
            facts.attempt = attempt;
            builder.facts(RecordKind::State, facts);
        };
        state(SessionState::Connecting, 1);
        builder.facts(RecordKind::Tcp, TcpFacts{});
        builder.time = 250'000'000;
        state(SessionState::Open, 1);
        builder.time = 500'000'000;
        state(SessionState::Waiting, 1);
        state(SessionState::Connecting, 2);
        state(SessionState::Connecting, 2); // a redirect
        builder.facts(RecordKind::Tcp, TcpFacts{});
        state(SessionState::Open, 2);
        builder.facts(RecordKind::Resume, ResumeFacts{IdKind::Numeric, 3, 2, 0, false});
        const QJsonObject totals = totalsOf(builder);
        QCOMPARE(number(totals, "reconnects"), 1);
        QCOMPARE(number(totals, "connections"), 2);
        QCOMPARE(number(totals, "gaps"), 3);
        QCOMPARE(number(totals, "duplicates"), 2);
        QCOMPARE(totals[QStringLiteral("connect_seconds")].toDouble(), 0.25);
    }

    void behindTheEndOnlyTheWireCounts()
    {
        CaptureBuilder builder;
        builder.whole(RecordKind::SseEvent, "data: 1\n\n");
        Totals totals;
        for (const Seq seq : {Seq(1), Seq(2)})
            totals.takeTail(*builder.capture, builder.capture->record(seq), seq);
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(totals.json(0, 0))).object();
        QCOMPARE(number(object, "bytes_wire"), 9);
        QCOMPARE(number(object, "records"), 0);
        QCOMPARE(number(object, "messages"), 0);
    }
};

PUSHSCOPE_TEST(TotalsTest)

#include "totalstest.moc"
