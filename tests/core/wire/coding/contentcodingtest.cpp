#include "core/wire/coding/contentcoding.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
QString described(const ContentCodings &codings)
{
    std::string text = codings.words + (codings.isKnown ? ":" : " unknown:");
    for (const ContentCoding coding : codings.applied)
        text += " " + std::string(word(coding));
    return QString::fromStdString(text);
}
} // namespace

class ContentCodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAndBack()
    {
        for (const std::string_view name : {"gzip", "deflate", "br", "zstd"})
            QCOMPARE(word(contentCoding(name).value()), name);
        QCOMPARE(contentCoding("X-GZip"), ContentCoding::Gzip);
        QCOMPARE(contentCoding("BR"), ContentCoding::Brotli);
        QVERIFY(!contentCoding("compress"));
        QVERIFY(!contentCoding("identity"));
    }

    void offersAllThatIsSpoken()
    {
        const Headers request{{"Accept-Encoding", std::string(OfferedCodings)}};
        QCOMPARE(request.list("Accept-Encoding").size(), std::size_t(4));
        for (const std::string &name : request.list("Accept-Encoding"))
            QVERIFY(contentCoding(name).has_value());
    }

    void readsContentEncoding_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << ""
                              << ":";
        QTest::newRow("identity") << "identity"
                                  << ":";
        QTest::newRow("one") << "gzip"
                             << "gzip: gzip";
        QTest::newRow("its words stay") << "X-Gzip"
                                        << "X-Gzip: gzip";
        QTest::newRow("stacked") << "gzip, identity, br"
                                 << "gzip, br: gzip br";
        QTest::newRow("unknown") << "compress"
                                 << "compress unknown:";
        QTest::newRow("unknown among known") << "gzip, lzma"
                                             << "gzip, lzma unknown:";
        QTest::newRow("four") << "gzip, gzip, gzip, gzip"
                              << "gzip, gzip, gzip, gzip: gzip gzip gzip gzip";
        QTest::newRow("too many") << "gzip, gzip, gzip, gzip, gzip"
                                  << "gzip, gzip, gzip, gzip, gzip unknown:";
    }
    void readsContentEncoding()
    {
        QFETCH(const QString, field);
        QFETCH(const QString, expected);
        QCOMPARE(described(contentCodings(Headers{{"Content-Encoding", field.toStdString()}})), expected);
    }

    void severalFieldLinesAreOneList()
    {
        QCOMPARE(described(contentCodings(Headers{{"content-encoding", "gzip"}, {"Content-Encoding", "br"}})),
                 QStringLiteral("gzip, br: gzip br"));
        QCOMPARE(described(contentCodings(Headers{})), QStringLiteral(":"));
    }

    void readsAcceptEncoding_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<bool>("gzip");
        QTest::addColumn<bool>("br");
        QTest::newRow("both") << "gzip, br" << true << true;
        QTest::newRow("one") << "GZIP" << true << false;
        QTest::newRow("its other name") << "x-gzip" << true << false;
        QTest::newRow("weights") << "gzip;q=0.5, br ; q=1" << true << true;
        QTest::newRow("refused") << "gzip;q=0, br;Q=0.000" << false << false;
        QTest::newRow("any") << "*" << true << true;
        QTest::newRow("any but one") << "br;q=0, *;q=0.1" << true << false;
        QTest::newRow("none but one") << "*;q=0, br" << false << true;
        QTest::newRow("empty: no coding at all") << "" << false << false;
        QTest::newRow("identity") << "identity" << false << false;
    }
    void readsAcceptEncoding()
    {
        QFETCH(const QString, field);
        const Headers request{{"Accept-Encoding", field.toStdString()}};
        QTEST(offersCoding(request, "gzip"), "gzip");
        QTEST(offersCoding(request, "br"), "br");
        QTEST(acceptsCoding(request, ContentCoding::Gzip), "gzip");
    }

    void withoutAcceptEncodingAnyIsTakenAndNoneOffered()
    {
        QVERIFY(acceptsCoding(Headers{}, ContentCoding::Zstd));
        QVERIFY(!offersCoding(Headers{}, "zstd"));
    }
};

PUSHSCOPE_TEST(ContentCodingTest)
#include "contentcodingtest.moc"
