#include "core/wire/http/http2guard.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

Http2FrameHeader header(Http2FrameType type, std::uint32_t stream, std::uint32_t length = 8, std::uint8_t flags = 0)
{
    return {.length = length, .type = type, .flags = flags, .stream = stream};
}

Http2ErrorCode verdict(Http2Guard &guard, const Http2FrameHeader &frame, const Http2Stream *stream = nullptr)
{
    const auto violation = guard.check(frame, stream);
    return violation ? violation->code : Http2ErrorCode::NoError;
}

/// How many such frames in one piece of input are too many; 0: no number is.
int patience(const Http2FrameHeader &frame, const Http2Stream *stream = nullptr)
{
    Http2Guard guard(Role::Server);
    guard.inputBegins();
    for (int count = 1; count < 5000; ++count) {
        if (verdict(guard, frame, stream) == Http2ErrorCode::EnhanceYourCalm)
            return count;
    }
    return 0;
}

} // namespace

class Http2GuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsFloods()
    {
        Http2Stream open;
        Http2Stream answered;
        answered.isAnswered = true;
        using Type = Http2FrameType;
        QVERIFY(patience(header(Type::Ping, 0)) > 100);
        QVERIFY(patience(header(Type::Settings, 0)) > 100);
        QVERIFY(patience(header(Type::Priority, 1)) > 100);
        QVERIFY(patience(header(Type::Data, 1, 0), &open) > 100);
        QVERIFY(patience(header(Type::RstStream, 1), &open) > 100);
        QCOMPARE(patience(header(Type::RstStream, 1), &answered), 0);
        QCOMPARE(patience(header(Type::Data, 1, 1), &open), 0);
        QCOMPARE(patience(header(Type::Data, 1, 0, Http2Flag::EndStream), &open), 0);
        QCOMPARE(patience(header(Type::Ping, 0, 8, Http2Flag::Ack)), 0);
        QCOMPARE(patience(header(Type::WindowUpdate, 0)), 0);
    }

    /// A server may refuse all that it was asked for at once.
    void countsRefusalsOfAClientAlone()
    {
        const Http2Stream open;
        Http2Guard guard(Role::Client);
        for (int i = 0; i < 5000; ++i)
            QCOMPARE(verdict(guard, header(Http2FrameType::RstStream, 1), &open), Http2ErrorCode::NoError);
    }

    void isPatientWithWhatComesSlowly()
    {
        Http2Guard guard(Role::Client);
        for (int i = 0; i < 100000; ++i) {
            guard.inputBegins();
            QCOMPARE(verdict(guard, header(Http2FrameType::Ping, 0)), Http2ErrorCode::NoError);
        }
    }

    void knowsHowStreamsClosed()
    {
        using Closed = Http2Guard::Closed;
        Http2Guard guard(Role::Server);
        for (std::uint32_t id : {1, 3, 5, 9})
            guard.opened(id);
        guard.closed(1, Closed::Ended);
        guard.closed(3, Closed::ResetByPeer);
        guard.closed(5, Closed::ResetByUs);
        QCOMPARE(verdict(guard, header(Http2FrameType::Data, 1)), Http2ErrorCode::StreamClosed);
        QCOMPARE(verdict(guard, header(Http2FrameType::WindowUpdate, 1)), Http2ErrorCode::NoError);
        const auto told = guard.check(header(Http2FrameType::Headers, 3), nullptr);
        QVERIFY(told && told->isOfStream);
        QCOMPARE(told->code, Http2ErrorCode::StreamClosed);
        QCOMPARE(verdict(guard, header(Http2FrameType::Headers, 3)), Http2ErrorCode::NoError);
        QCOMPARE(verdict(guard, header(Http2FrameType::Data, 5)), Http2ErrorCode::NoError);
        QCOMPARE(verdict(guard, header(Http2FrameType::Headers, 7)), Http2ErrorCode::ProtocolError);
        QCOMPARE(verdict(guard, header(Http2FrameType::Headers, 11)), Http2ErrorCode::NoError);
    }

    void forgetsTheOldest()
    {
        Http2Guard guard(Role::Server);
        for (std::uint32_t id = 1; id < 10001; id += 2) {
            guard.opened(id);
            guard.closed(id, Http2Guard::Closed::Ended);
        }
        QCOMPARE(verdict(guard, header(Http2FrameType::Data, 1)), Http2ErrorCode::NoError);
        QCOMPARE(verdict(guard, header(Http2FrameType::Headers, 1)), Http2ErrorCode::NoError);
        QCOMPARE(verdict(guard, header(Http2FrameType::Headers, 9999)), Http2ErrorCode::StreamClosed);
    }
};

PUSHSCOPE_TEST(Http2GuardTest)
#include "http2guardtest.moc"
