#include "core/wire/http/http2callbacks.h"
#include "tests/core/wire/http/http2facttext.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <nghttp2/nghttp2.h>

using namespace pushscope;
using namespace pushscope::test;

namespace {

Bytes output(nghttp2_session *session)
{
    Bytes all;
    const std::uint8_t *bytes = nullptr;
    for (ssize_t size = nghttp2_session_mem_send(session, &bytes); size > 0;
         size = nghttp2_session_mem_send(session, &bytes))
        all.append(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size));
    return all;
}

} // namespace

class Http2CallbacksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithPrefaceSettingsAndWindow()
    {
        Http2Codec::Options options;
        options.streamWindow = 0x10000;
        options.connectionWindow = 0x20000;
        options.headLimit = 0x100;
        Http2Context context{Http2Receiver(Role::Client, options.headLimit)};
        const Http2SessionPointer session = openHttp2Session(Role::Client, options, context);
        Bytes expected(Http2Preface);
        using namespace std::string_literals;
        appendHttp2Frame(expected, {.type = Http2FrameType::Settings},
                         "\0\x02\0\0\0\0\0\x04\0\x01\0\0\0\x06\0\0\x01\0"s); // ENABLE_PUSH, INITIAL_WINDOW_SIZE, limit
        appendHttp2Frame(expected, {.type = Http2FrameType::WindowUpdate}, "\0\x01\0\x01"s);
        QCOMPARE(escaped(output(session.get())), escaped(expected));
    }

    void makesFactsOfFrames()
    {
        Http2Context context{Http2Receiver(Role::Server, 1000)};
        const Http2SessionPointer session = openHttp2Session(Role::Server, {}, context);
        Bytes input(Http2Preface);
        appendHttp2Frame(input, {.type = Http2FrameType::Settings}, {});
        appendHttp2Frame(input, {.type = Http2FrameType::Ping, .flags = Http2Flag::Ack}, "\1\2\3\4\5\6\7\10");
        appendHttp2Frame(input, {.type = Http2FrameType::Goaway}, ByteView("\0\0\0\0\0\0\0\2why", 11));
        context.receiver.begin(input);
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(input.data());
        QCOMPARE(nghttp2_session_mem_recv(session.get(), bytes, input.size()), static_cast<ssize_t>(input.size()));
        Http2FactText text;
        HttpFact fact;
        while (context.receiver.next(fact))
            text.add(fact);
        QCOMPARE(text.take(), std::string("0 settings\n0 ping ack 72623859790382856\n"
                                          "0 goaway last 0 INTERNAL_ERROR \"why\"\n"));
    }
};

PUSHSCOPE_TEST(Http2CallbacksTest)
#include "http2callbackstest.moc"
