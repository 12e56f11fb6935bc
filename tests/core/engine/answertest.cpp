#include "core/engine/answer.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

/// sse-http-behaviours.md section 2, row by row.
class AnswerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opens_data();
    void opens();
    void refusesStatus_data();
    void refusesStatus();
    void refusesTypes_data();
    void refusesTypes();
    void showsOtherStreams_data();
    void showsOtherStreams();
    void knowsAnAnnouncedLength();
    void picksASplitter();
    void saysWhenABoundaryIsMissing();
    void asksTheBodyWhetherItIsAnEventStream();
    void followsRedirects();
    void notesWhatIsRemarkable();
};

namespace {

HttpHead answer(int status, std::initializer_list<HeaderField> fields)
{
    HttpHead head;
    head.isRequest = false;
    head.status = status;
    head.headers = Headers(fields);
    return head;
}

} // namespace

void AnswerTest::opens_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type :
         {"text/event-stream", "text/event-stream;", "text/event-stream;charset=utf-8", "text/event-stream; foo=bar",
          "TEXT/EVENT-STREAM", " text/event-stream ;charset=UTF-8", "text/event-stream;charset=windows-1252"})
        QTest::newRow(type) << QByteArray(type);
}

void AnswerTest::opens()
{
    QFETCH(QByteArray, type);
    for (const TransportChoice choice : {TransportChoice::Auto, TransportChoice::Sse})
        QCOMPARE(planAnswer(answer(200, {{"Content-Type", type.toStdString()}}), choice).use, AnswerUse::EventStream);
}

void AnswerTest::refusesStatus_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {201, 202, 203, 204, 205, 206, 210, 299, 300, 304, 305, 306, 400,
                             401, 403, 404, 407, 408, 410, 429, 500, 501, 502, 503, 504})
        QTest::addRow("%d", status) << status;
}

void AnswerTest::refusesStatus()
{
    QFETCH(int, status);
    const AnswerPlan plan =
        planAnswer(answer(status, {{"Content-Type", "text/event-stream"}, {"Location", "/"}}), TransportChoice::Auto);
    QCOMPARE(plan.use, AnswerUse::Refused);
    QCOMPARE(plan.error.code, ErrorCode::HttpStatus);
    QVERIFY(!isRecoverable(plan.error.code));
    QVERIFY(plan.error.detail.find(std::to_string(status)) != std::string::npos);
}

void AnswerTest::refusesTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type :
         {"x bogus", "text/x-bogus", "text/plain", "text/event-streamx", "application/json", "text/html", ""})
        QTest::newRow(*type ? type : "empty") << QByteArray(type);
}

void AnswerTest::refusesTypes()
{
    QFETCH(QByteArray, type);
    // As an event source, always; and without being told, when the body does not come as a stream.
    for (const TransportChoice choice : {TransportChoice::Auto, TransportChoice::Sse}) {
        const AnswerPlan plan =
            planAnswer(answer(200, {{"Content-Type", type.toStdString()}, {"Content-Length", "4"}}), choice);
        QCOMPARE(plan.use, AnswerUse::Refused);
        QCOMPARE(plan.error.code, ErrorCode::SseContentType);
        QCOMPARE(plan.findings.size(), 1u);
        QCOMPARE(plan.findings[0].rule, Rule::SseContentTypeRefused);
    }
    QCOMPARE(planAnswer(answer(200, {}), TransportChoice::Auto).use, AnswerUse::Refused);
}

void AnswerTest::showsOtherStreams_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<int>("use");
    const auto row = [](const char *type, bool chunked, AnswerUse use) {
        QTest::addRow("%s%s", type, chunked ? ", chunked" : "") << QByteArray(type) << chunked << static_cast<int>(use);
    };
    row("application/x-ndjson", true, AnswerUse::Lines);
    row("application/x-ndjson; charset=utf-8", false, AnswerUse::Lines);
    row("application/json-seq", true, AnswerUse::JsonTexts);
    row("application/geo+json-seq", false, AnswerUse::JsonTexts);
    row("multipart/x-mixed-replace; boundary=frame", false, AnswerUse::Parts);
    row("multipart/mixed; boundary=\"a b\"", true, AnswerUse::Parts);
    row("multipart/mixed", true, AnswerUse::Chunks);
    row("text/plain", true, AnswerUse::Chunks);
    row("application/octet-stream", true, AnswerUse::Chunks);
    row("text/html", true, AnswerUse::Refused);
    row("application/octet-stream", false, AnswerUse::Chunks); // nobody knows how long it is
    row("text/html", false, AnswerUse::Refused);
    row("bogus", true, AnswerUse::Refused);
}

void AnswerTest::showsOtherStreams()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, chunked);
    QFETCH(int, use);
    HttpHead head = answer(200, {{"Content-Type", type.toStdString()}});
    if (chunked)
        head.headers.add("Transfer-Encoding", "chunked");
    QCOMPARE(static_cast<int>(planAnswer(head, TransportChoice::Auto).use), use);
    QCOMPARE(planAnswer(head, TransportChoice::Sse).use, AnswerUse::Refused);
}

/// A length that was announced says that there will be an end.
void AnswerTest::knowsAnAnnouncedLength()
{
    const auto use = [](std::initializer_list<HeaderField> framing) {
        HttpHead head = answer(200, {{"Content-Type", "text/plain"}});
        for (const HeaderField &field : framing)
            head.headers.add(field.name, field.value);
        return planAnswer(head, TransportChoice::Auto).use;
    };
    QCOMPARE(use({{"Content-Length", "4"}}), AnswerUse::Refused);
    QCOMPARE(use({{"Content-Length", "4"}, {"Transfer-Encoding", "chunked"}}), AnswerUse::Chunks);
    QCOMPARE(use({{"Transfer-Encoding", "chunked"}}), AnswerUse::Chunks);
    QCOMPARE(use({}), AnswerUse::Chunks);
}

void AnswerTest::picksASplitter()
{
    const auto index = [](const char *type) {
        const AnswerPlan plan =
            planAnswer(answer(200, {{"Content-Type", type}, {"Transfer-Encoding", "chunked"}}), TransportChoice::Auto);
        return splitterFor(plan, 1000).index();
    };
    QCOMPARE(index("text/plain"), StreamSplitter(PieceSplitter()).index());
    QCOMPARE(index("application/x-ndjson"), StreamSplitter(LineSplitter(1)).index());
    QCOMPARE(index("application/json-seq"), StreamSplitter(JsonSequenceSplitter(1)).index());
    QCOMPARE(index("multipart/x-mixed-replace; boundary=b"), StreamSplitter(MultipartSplitter("b", 1)).index());
}

void AnswerTest::saysWhenABoundaryIsMissing()
{
    const AnswerPlan plan =
        planAnswer(answer(200, {{"Content-Type", "multipart/mixed; boundary=\"x \""}}), TransportChoice::Auto);
    QCOMPARE(plan.use, AnswerUse::Chunks);
    QCOMPARE(plan.findings.size(), 1u);
    QCOMPARE(plan.findings[0].rule, Rule::MultipartNoBoundary);
}

/// What no type says, a body may: only where the user left the transport open.
void AnswerTest::asksTheBodyWhetherItIsAnEventStream()
{
    const auto asks = [](const char *type, TransportChoice choice) {
        return planAnswer(answer(200, {{"Content-Type", type}}), choice).mayBeEventStream;
    };
    for (const char *type : {"text/plain", "text/html", "application/json", "bogus", "", "application/x-ndjson",
                             "application/json-seq", "multipart/mixed; boundary=b"}) {
        QVERIFY(asks(type, TransportChoice::Auto));
        QVERIFY(!asks(type, TransportChoice::Sse));
    }
    QVERIFY(!asks("text/event-stream", TransportChoice::Auto));
    QVERIFY(!planAnswer(answer(500, {{"Content-Type", "text/plain"}}), TransportChoice::Auto).mayBeEventStream);
}

void AnswerTest::followsRedirects()
{
    for (const int status : {301, 302, 303, 307, 308})
        QCOMPARE(planAnswer(answer(status, {}), TransportChoice::Sse).use, AnswerUse::Redirect);
}

void AnswerTest::notesWhatIsRemarkable()
{
    const AnswerPlan plan = planAnswer(answer(200, {{"Content-Type", "text/event-stream; charset=latin1"},
                                                    {"Content-Length", "9"},
                                                    {"Content-Encoding", "compress"}}),
                                       TransportChoice::Auto);
    QCOMPARE(plan.use, AnswerUse::Chunks);
    QCOMPARE(plan.findings.size(), 2u);
    QCOMPARE(plan.findings[0].rule, Rule::SseContentTypeCharset);
    QCOMPARE(plan.findings[1].rule, Rule::HttpContentLengthOnStream);
}

PUSHSCOPE_TEST(AnswerTest)
#include "answertest.moc"
