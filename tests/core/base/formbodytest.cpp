#include "core/base/formbody.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class FormBodyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesParts()
    {
        const std::vector<FormPart> parts = {{"a", "1"}, {"q\"\r\n", "x", "f.png", "image/png"}, {"", "bare"}};
        const Bytes body = multipartForm(parts, "B");
        QCOMPARE(body, "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
                       "--B\r\nContent-Disposition: form-data; name=\"q%22%0D%0A\"; filename=\"f.png\"\r\n"
                       "Content-Type: image/png\r\n\r\nx\r\n"
                       "--B\r\nContent-Disposition: form-data\r\n\r\nbare\r\n--B--\r\n");
        QVERIFY(readMultipartForm(body, "B") == parts);
        QVERIFY(readMultipartForm(multipartForm({}, "B"), "B") == std::vector<FormPart>());
    }

    void readsNothingElse_data()
    {
        QTest::addColumn<std::string>("body");
        const auto row = [](const char *body) { QTest::newRow(body) << std::string(body); };
        row("");
        row("--B");
        row("--C--\r\n");
        row("preamble\r\n--B--\r\n");
        row("--B\r\nX: y\r\n\r\n1\r\n--B--\r\n");
        row("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B");
        row("--B\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--B--\r\n");
    }
    void readsNothingElse()
    {
        QFETCH(std::string, body);
        QVERIFY(!readMultipartForm(body, "B"));
    }

    void boundariesStandInNoContent()
    {
        const std::string first = formBoundary({{"a", "1"}});
        QCOMPARE(first.size(), std::size_t(40));
        QCOMPARE(formBoundary({{"a", "1"}}), first);
        const FormPart hostile{"a", "1" + first};
        QVERIFY(hostile.content.find(formBoundary({hostile})) == Bytes::npos);
    }

    void urlencodes()
    {
        const std::vector<HeaderField> pairs = {{"a b", "c&d=\xC3\xA9"}, {"e", ""}, {"*-._", "~"}};
        QCOMPARE(urlencodedForm(pairs), "a+b=c%26d%3D%C3%A9&e=&*-._=%7E");
        QVERIFY(readUrlencodedForm(urlencodedForm(pairs)) == pairs);
        QVERIFY(readUrlencodedForm("a&&b=+") == (std::vector<HeaderField>{{"a", ""}, {"b", " "}}));
    }

    void knowsFilesByName()
    {
        QCOMPARE(contentTypeOfFile("x.PNG"), "image/png");
        QCOMPARE(contentTypeOfFile("x.json"), "application/octet-stream");
        QCOMPARE(contentTypeOfFile(""), "application/octet-stream");
    }
};

PUSHSCOPE_TEST(FormBodyTest)
#include "formbodytest.moc"
