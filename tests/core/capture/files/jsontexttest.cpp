#include "core/capture/files/jsontext.h"

#include "tests/support/testmain.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace pushscope;

class JsonTextTest : public QObject
{
    Q_OBJECT
    template <class Write>
    static std::string made(Write write)
    {
        std::string out;
        write(out);
        return out;
    }
    static std::string data(ByteView bytes)
    {
        return made([&](std::string &out) { appendData(out, "d", bytes); });
    }
    static std::string text(ByteView bytes)
    {
        return made([&](std::string &out) { appendText(out, "d", bytes); });
    }

private Q_SLOTS:
    void everyByteAtEveryPlaceComesBack()
    {
        for (int byte = 0; byte < 0x80; ++byte) {
            for (std::size_t place = 0; place < 20; ++place) {
                Bytes bytes(20, 'x');
                bytes[place] = static_cast<char>(byte);
                const std::string json = made([&](std::string &out) { appendString(out, bytes); });
                const auto back =
                    QJsonDocument::fromJson("[" + QByteArray::fromStdString(json) + "]").array().at(0).toString();
                QCOMPARE(back, QString::fromLatin1(bytes.data(), 20));
                QCOMPARE(data(bytes), ",\"d\":" + json);
                QVERIFY(byte >= 0x20 || json.find(static_cast<char>(byte)) == std::string::npos);
            }
        }
    }

    void escapesAreTheShortOnes()
    {
        QCOMPARE(data(ByteView("\b\f\n\r\t\"\\/\x01\x1f\x7f", 11)),
                 std::string(",\"d\":\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0001\\u001f\x7f\""));
        QCOMPARE(data(ByteView("\0", 1)), std::string(",\"d\":\"\\u0000\""));
        QCOMPARE(data(""), std::string(",\"d\":\"\""));
    }

    void utf8StaysAsItIs()
    {
        QCOMPARE(data("grüße 日本 😀"), std::string(",\"d\":\"grüße 日本 😀\""));
        QCOMPARE(data("ü\n"), std::string(",\"d\":\"ü\\n\""));
    }

    void badUtf8IsNeverRepairedSilently()
    {
        QCOMPARE(data("a\xFFz"), std::string(",\"d_base64\":\"Yf96\""));
        QCOMPARE(text("a\xFFz"), std::string(",\"d\":\"a\xEF\xBF\xBDz\",\"d_base64\":\"Yf96\""));
        QCOMPARE(text("good"), std::string(",\"d\":\"good\""));
        QCOMPARE(text("ü\n"), std::string(",\"d\":\"ü\\n\""));
        QCOMPARE(made([](std::string &out) { appendStringOrBase64(out, "\xC3"); }),
                 std::string("{\"base64\":\"ww==\"}"));
        QCOMPARE(made([](std::string &out) { appendStringOrBase64(out, "v"); }), std::string("\"v\""));
    }

    void base64IsThatOfOthers()
    {
        Bytes bytes;
        for (int i = 0; i < 300; ++i) {
            const std::string json = made([&](std::string &out) { appendBase64(out, bytes); });
            QCOMPARE(json, '"' + QByteArray::fromStdString(bytes).toBase64().toStdString() + '"');
            bytes += static_cast<char>(i * 7);
        }
    }

    void numbers()
    {
        QCOMPARE(made([](std::string &out) { appendNumber(out, ~std::uint64_t()); }),
                 std::string("18446744073709551615"));
        QCOMPARE(made([](std::string &out) { appendNumber(out, std::int64_t(-5)); }), std::string("-5"));
        QCOMPARE(made([](std::string &out) { appendMember(out, "n", std::uint64_t(7)); }), std::string(",\"n\":7"));
        QCOMPARE(made([](std::string &out) { appendMember(out, "b", true); }), std::string(",\"b\":true"));
        QCOMPARE(made([](std::string &out) { appendNull(out, "x"); }), std::string(",\"x\":null"));
    }

    void decimals()
    {
        const auto decimal = [](double value) { return made([&](std::string &out) { appendDecimal(out, value); }); };
        QCOMPARE(decimal(0), std::string("0"));
        QCOMPARE(decimal(3000), std::string("3000"));
        QCOMPARE(decimal(1.25), std::string("1.25"));
        QCOMPARE(decimal(0.000001), std::string("0.000001"));
        QCOMPARE(decimal(0.1 + 0.2), std::string("0.3"));
        QCOMPARE(decimal(std::numeric_limits<double>::infinity()), std::string("0"));
        QCOMPARE(decimal(std::numeric_limits<double>::quiet_NaN()), std::string("0"));
        QCOMPARE(decimal(std::numeric_limits<double>::max()).size(), 309u);
    }
};

PUSHSCOPE_TEST(JsonTextTest)
#include "jsontexttest.moc"
