#include "core/base/curlbody.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

/// -F, word for word as curl 7.88 sends it; what else makes a body is tested with the whole command.
class CurlBodyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void forms_data()
    {
        QTest::addColumn<std::string>("value");
        QTest::addColumn<std::string>("part");
        const auto row = [](const char *value, const char *part) {
            QTest::newRow(value) << std::string(value) << std::string(part);
        };
        row("a=hello", "; name=\"a\"\r\n\r\nhello");
        row("=noname", "\r\n\r\nnoname");
        row("a= lead ", "; name=\"a\"\r\n\r\nlead");
        row("b=x;type=text/html", "; name=\"b\"\r\nContent-Type: text/html\r\n\r\nx");
        row("b=x;type=text/plain; charset=utf-8;filename=y",
            "; name=\"b\"; filename=\"y\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx");
        row("a=\"q;u\\\"o\"te", "; name=\"a\"\r\n\r\nq;u\"o");
        row("x=a;b;type=t/u", "; name=\"x\"\r\nContent-Type: t/u\r\n\r\na");
        row("n\"x=v;filename=z.png", "; name=\"n%22x\"; filename=\"z.png\"\r\nContent-Type: image/png\r\n\r\nv");
        row("f=@/d/f.txt", "; name=\"f\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\n</d/f.txt>");
        row("g=<f.txt", "; name=\"g\"\r\n\r\n<f.txt>");
        row("h=@f.json;type=application/json;filename=\"we\\\"ird n.json\"",
            "; name=\"h\"; filename=\"we%22ird n.json\"\r\nContent-Type: application/json\r\n\r\n<f.json>");
    }
    void forms()
    {
        QFETCH(std::string, value);
        QFETCH(std::string, part);
        CurlBody body([](const std::string &path) { return Expected<Bytes, Error>('<' + path + '>'); });
        QVERIFY(body.addForm(value, false));
        Target target;
        QVERIFY(body.apply(target, false));
        const std::string type = target.headers.at(0).value;
        const std::string boundary = type.substr(type.find('=') + 1);
        QCOMPARE(target.body,
                 "--" + boundary + "\r\nContent-Disposition: form-data" + part + "\r\n--" + boundary + "--\r\n");
    }

    void takesLiterally()
    {
        CurlBody body({});
        QVERIFY(body.addForm("q=@literal;type=x", true));
        Target target;
        target.headers = {{"content-type", "multipart/form-data"}};
        QVERIFY(body.apply(target, false));
        QVERIFY(target.body.find("\r\n\r\n@literal;type=x\r\n") != Bytes::npos);
        QVERIFY(target.headers.at(0).value.starts_with("multipart/form-data; boundary=-----"));
    }

    void namesFilesThatItDoesNotRead()
    {
        CurlBody body({});
        QVERIFY(body.addData("@x", false)->namesFile);
        QVERIFY(!body.isEmpty());
        Target target;
        QVERIFY(body.apply(target, false));
        QVERIFY(target.body.empty());
    }
};

PUSHSCOPE_TEST(CurlBodyTest)
#include "curlbodytest.moc"
