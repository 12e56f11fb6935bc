#include "core/wire/http/http2explain.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <nghttp2/nghttp2.h>

using namespace pushscope;

class Http2ExplainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsReasons()
    {
        QCOMPARE(explainReason("PING: stream_id != 0"), std::string("PING came on a stream (RFC 9113 section 6.7)"));
        QCOMPARE(explainReason("never heard of"), std::string());
    }

    void namesTheFrameAndTheSection()
    {
        Http2FrameHeader frame;
        frame.type = Http2FrameType::Headers;
        frame.stream = 5;
        QCOMPARE(explainInvalidFrame(frame, NGHTTP2_ERR_HTTP_MESSAGING),
                 std::string("HEADERS on stream 5 makes the message malformed (RFC 9113 section 8.1.1)"));
        frame.type = static_cast<Http2FrameType>(0xEE);
        QCOMPARE(explainInvalidFrame(frame, NGHTTP2_ERR_FRAME_SIZE_ERROR),
                 std::string("a frame of unknown type on stream 5 has a wrong length (RFC 9113 section 4.2)"));
    }

    void hasWordsForEveryCode()
    {
        for (std::uint32_t code = 0; code < 20; ++code) {
            QVERIFY(!explainStreamError(static_cast<Http2ErrorCode>(code)).empty());
            QVERIFY(!explainConnectionError(static_cast<Http2ErrorCode>(code)).empty());
        }
        for (int error = -1000; error < 0; ++error)
            QVERIFY(!explainFatal(error).empty());
    }

    void knowsOtherProtocols()
    {
        QCOMPARE(explainForeign("HTTP/1.1 400 Bad Request\r\nX: y\r\n"),
                 std::string("the peer answered HTTP/2's preface with HTTP/1.1: HTTP/1.1 400 Bad Request"));
        QVERIFY(explainForeign("\x15\x03\x01").ends_with("a TLS alert, so that the port may be one for https"));
        QVERIFY(explainForeign("\x16\x03").find("a TLS handshake") != std::string::npos);
        for (const ByteView opening : {ByteView(), ByteView("\x15"), ByteView("HTTP/1")}) {
            QCOMPARE(explainForeign(opening), std::string());
            QVERIFY(mayBecomeForeign(opening));
        }
        QCOMPARE(explainForeign(ByteView("\0\0\x12\4", 4)), std::string());
        QVERIFY(!mayBecomeForeign(ByteView("\0\0\x12\4", 4)));
    }

    void quotesAFieldShortened()
    {
        const std::string text = explainInvalidField("x", std::string(1000, 'v'));
        QVERIFY(text.find("\"x\"") != std::string::npos);
        QVERIFY(text.size() < 250);
    }

    void mapsCodes()
    {
        QCOMPARE(errorCodeOf(NGHTTP2_ERR_HEADER_COMP), Http2ErrorCode::CompressionError);
        QCOMPARE(errorCodeOf(NGHTTP2_ERR_HTTP_HEADER), Http2ErrorCode::ProtocolError);
        QCOMPARE(errorCodeOf(NGHTTP2_ERR_FLOODED), Http2ErrorCode::EnhanceYourCalm);
    }
};

PUSHSCOPE_TEST(Http2ExplainTest)
#include "http2explaintest.moc"
