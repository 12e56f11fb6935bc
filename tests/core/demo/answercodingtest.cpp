#include "core/demo/answercoding.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class AnswerCodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesWhatTheClientTakes_data()
    {
        QTest::addColumn<QString>("accepted");
        QTest::addColumn<bool>("coded");
        QTest::newRow("no field") << QString() << true;
        QTest::newRow("named") << QStringLiteral("deflate, gzip") << true;
        QTest::newRow("any") << QStringLiteral("*") << true;
        QTest::newRow("another") << QStringLiteral("br") << false;
        QTest::newRow("refused") << QStringLiteral("gzip;q=0") << false;
        QTest::newRow("none") << QStringLiteral("") << false;
    }
    void givesWhatTheClientTakes()
    {
        QFETCH(const QString, accepted);
        QFETCH(const bool, coded);
        auto head = std::make_shared<HttpHead>();
        if (!accepted.isNull())
            head->headers.add("Accept-Encoding", accepted.toStdString());
        Request request;
        request.head = head;
        QCOMPARE(answerCoding(request, ContentCoding::Gzip).has_value(), coded);
        QVERIFY(!answerCoding(request, std::nullopt));
    }

    void theHeadSaysSo()
    {
        Headers fields;
        addCoding(fields, ContentCoding::Brotli);
        QVERIFY(fields == (Headers{{"Vary", "Accept-Encoding"}, {"Content-Encoding", "br"}}));
        Headers plain;
        addCoding(plain, std::nullopt);
        QVERIFY(plain == (Headers{{"Vary", "Accept-Encoding"}}));
    }
};

PUSHSCOPE_TEST(AnswerCodingTest)
#include "answercodingtest.moc"
