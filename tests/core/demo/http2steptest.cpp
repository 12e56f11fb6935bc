#include "core/demo/http2step.h"

#include "tests/core/demo/demorun.h"
#include "tests/core/demo/http2client.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class Http2StepTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTheConnectionsOtherStreamsAlone()
    {
        const DemoRun run;
        Http2Client client(run.port());
        const StreamId feed = client.get("/events?interval=5&seed=17");
        for (const char *target :
             {"/scenario/reset-stream?interval=0", "/scenario/unknown-frames", "/scenario/padding?interval=0",
              "/scenario/altsvc-origin", "/scenario/push-promise?interval=0"})
            QVERIFY(client.readToEnd(client.get(target)));
        const std::size_t before = client.answer(feed).body.size();
        QVERIFY(client.readBody(feed, before + 1000));
        QVERIFY(!client.answer(feed).isOver());
    }

    void resetsBehindWhatWasSent()
    {
        const DemoRun run;
        Http2Codec::Options options;
        options.streamWindow = 10; // of "id: 1\ndata: RST_STREAM ..."
        Http2Client client(run.port(), options);
        client.setConsuming(false);
        const StreamId stream = client.get("/scenario/reset-stream?interval=0&code=CANCEL");
        QVERIFY(client.readBody(stream, 10));
        QVERIFY(client.readToEnd(client.get("/favicon.ico")));
        QVERIFY(!client.answer(stream).isOver());
        client.setConsuming(true);
        client.codec().consume(stream, 10);
        client.flush();
        QVERIFY(client.readToEnd(stream));
        QVERIFY(client.answer(stream).text().endsWith(" follows\n\ncut CANCEL"));
    }
};

PUSHSCOPE_TEST(Http2StepTest)
#include "http2steptest.moc"
