#include "core/insight/companionrequests.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

namespace {

class Talk : public CaptureBuilder
{
public:
    Seq request(std::uint32_t on, std::uint16_t flags = RecordFlag::Companion)
    {
        connection = on;
        return whole(RecordKind::HttpRequest, "POST / HTTP/1.1\r\n\r\n", Direction::Out, flags);
    }
    Seq event(std::uint32_t on, std::uint16_t flags = RecordFlag::Companion)
    {
        connection = on;
        return whole(RecordKind::SseEvent, "data: x\n\n", Direction::In, flags);
    }
};

} // namespace

class CompanionRequestsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsThemAsTheyCome()
    {
        Talk talk;
        CompanionRequests beside(talk.capture, SessionId(1));
        talk.request(1, 0);
        const Seq first = talk.request(2);
        QVERIFY(beside.advance(1));
        while (beside.advance(1)) {
        }
        const Seq second = talk.request(3);
        talk.session = 2;
        talk.request(4);
        QVERIFY(!beside.advance());
        QCOMPARE(beside.count(), 2u);
        QVERIFY(std::ranges::equal(beside.requests(), std::vector{first, second}));
    }

    void tellsWhichOneARecordBelongsTo()
    {
        Talk talk;
        const Seq own = talk.request(1, 0);
        const Seq first = talk.request(2);
        const Seq second = talk.request(3);
        const Seq ofFirst = talk.event(2);
        const Seq ofStream = talk.event(1, 0);
        const Seq third = talk.request(2);
        const Seq ofThird = talk.event(2);
        CompanionRequests beside(talk.capture, SessionId(1));
        beside.advance();
        QCOMPARE(beside.requestOf(first), first);
        QCOMPARE(beside.requestOf(second), second);
        QCOMPARE(beside.requestOf(ofFirst), first);
        QCOMPARE(beside.requestOf(ofThird), third);
        QVERIFY(!beside.requestOf(own).isValid());
        QVERIFY(!beside.requestOf(ofStream).isValid());
    }

    void isBounded()
    {
        Talk talk;
        CompanionRequests beside(talk.capture, SessionId(1));
        Seq last;
        for (std::uint32_t i = 0; i < CompanionRequests::Limit + 3; ++i)
            last = talk.request(2 + i);
        beside.advance();
        QCOMPARE(beside.requests().size(), CompanionRequests::Limit);
        QCOMPARE(beside.requests().back(), last);
        QCOMPARE(beside.count(), std::uint64_t(CompanionRequests::Limit + 3));
    }
};

PUSHSCOPE_TEST(CompanionRequestsTest)
#include "companionrequeststest.moc"
