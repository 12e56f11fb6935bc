#include "core/demo/plainrefusal.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>

using namespace pushscope;

class PlainRefusalTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void endsTheConnectionBehindTheAnswer()
    {
        RawClient client(m_run->port());
        client.send("hello\r\n\r\n");
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        const Bytes &answer = client.received();
        QVERIFY(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"));
        QVERIFY(answer.find("\r\nConnection: close\r\n\r\n") != Bytes::npos);
        const std::size_t content = answer.find("\r\n\r\n") + 4;
        QVERIFY(answer.find("Content-Length: " + std::to_string(answer.size() - content) + "\r\n") != Bytes::npos);
    }
};

PUSHSCOPE_TEST(PlainRefusalTest)
#include "plainrefusaltest.moc"
