#include "core/wire/http/http2submit.h"
#include "core/wire/http/hpack.h"
#include "core/wire/http/http2callbacks.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <nghttp2/nghttp2.h>

using namespace pushscope;

namespace {

/// The fields of the HEADERS frame that the session sends.
std::string sentFields(nghttp2_session *session)
{
    const std::uint8_t *bytes = nullptr;
    std::string text;
    for (ssize_t size = nghttp2_session_mem_send(session, &bytes); size > 0;
         size = nghttp2_session_mem_send(session, &bytes)) {
        const ByteView output(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size));
        if (output.starts_with(Http2Preface) || parseHttp2FrameHeader(output).type != Http2FrameType::Headers)
            continue;
        HpackDecoder decoder;
        for (const HpackField &field : decoder.decode(output.substr(Http2FrameHeader::Size)).fields)
            text += field.name + '=' + field.value + ' ';
    }
    return text;
}

} // namespace

class Http2SubmitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOutWhatIsHttp1s()
    {
        Http2Context context{Http2Receiver(Role::Client, 1000)};
        const Http2SessionPointer session = openHttp2Session(Role::Client, {}, context);
        const Headers fields{{":method", "GET"}, {":scheme", "http"},          {":path", "/"},
                             {"Accept", "A/*"},  {"Connection", "keep-alive"}, {"Keep-Alive", "1"},
                             {"Upgrade", "h2c"}, {"Transfer-Encoding", "x"},   {"TE", "gzip"},
                             {"Te", "Trailers"}, {"Proxy-Connection", "y"},    {"X-Y", "z"}};
        QCOMPARE(submitHttp2Request(session.get(), fields, false), 1);
        QCOMPARE(sentFields(session.get()),
                 std::string(":method=GET :scheme=http :path=/ accept=A/* te=Trailers x-y=z "));
    }
};

PUSHSCOPE_TEST(Http2SubmitTest)
#include "http2submittest.moc"
