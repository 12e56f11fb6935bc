#include "core/demo/windowfeed.h"

#include "tests/core/demo/demorun.h"
#include "tests/core/demo/http2client.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace pushscope;

class WindowFeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheNextEventWhenTheLastOneIsOut()
    {
        const DemoRun run;
        Http2Codec::Options options;
        options.streamWindow = 1000;
        Http2Client client(run.port(), options);
        client.setConsuming(false);
        const StreamId stream = client.get("/scenario/flow-control?count=3&size=900");
        QVERIFY(client.readBody(stream, 1000));
        QVERIFY(client.readToEnd(client.get("/favicon.ico")));
        // The first event tells of the whole window, the second of what the first left; the third is not made yet.
        const Bytes &body = client.answer(stream).body;
        QVERIFY(body.starts_with("id: 1\nevent: window\ndata: {\"id\":1,\"blocked_ms\":0,\"stream_window\":1000,"));
        const std::size_t first = body.find("\n\n") + 2;
        client.setConsuming(true);
        client.codec().consume(stream, 1000);
        client.flush();
        QVERIFY(client.readToEnd(stream));
        QVERIFY(client.answer(stream).isEnded);
        QVERIFY(body.find("\"stream_window\":" + std::to_string(1000 - first) + ",", first) != Bytes::npos);
        QVERIFY(body.find("id: 3\n") != Bytes::npos && body.find("id: 4\n") == Bytes::npos);
    }
};

PUSHSCOPE_TEST(WindowFeedTest)
#include "windowfeedtest.moc"
