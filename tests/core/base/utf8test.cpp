#include "core/base/utf8.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace pushscope;

namespace {
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The same answer, one byte at a time.
bool isUtf8ByteByByte(ByteView bytes)
{
    Utf8Validator validator;
    for (const char &byte : bytes)
        validator.feed(ByteView(&byte, 1));
    return validator.isComplete();
}

std::string expanded(std::string text)
{
    for (std::size_t at; (at = text.find('?')) != std::string::npos;)
        text.replace(at, 1, replacement);
    return text;
}
} // namespace

class Utf8Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::int64_t>("errorOffset"); // -1: valid, -2: cut off
        QTest::addColumn<std::string>("lossy");        // ? stands for U+FFFD
        const auto row = [](const char *name, std::string bytes, std::int64_t offset, std::string lossy) {
            QTest::newRow(name) << std::move(bytes) << offset << expanded(std::move(lossy));
        };
        row("empty", "", -1, "");
        row("ascii", "plain text of more than thirty-two bytes, so that the fast path runs", -1,
            "plain text of more than thirty-two bytes, so that the fast path runs");
        row("NUL", std::string("a\0b", 3), -1, std::string("a\0b", 3));
        row("two, three, four", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", -1, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
        row("bounds", "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", -1,
            "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
        row("lone continuation",
            "a\x80"
            "b",
            1, "a?b");
        row("overlong two", "\xC0\xAF", 0, "??");
        row("overlong three", "\xE0\x80\x80", 1, "???");
        row("overlong four", "\xF0\x80\x80\x80", 1, "????");
        row("surrogate", "\xED\xA0\x80", 1, "???");
        row("beyond U+10FFFF", "\xF4\x90\x80\x80", 1, "????");
        row("FF", "\xFF", 0, "?");
        row("cut two", "a\xC3", -2, "a?");
        row("cut three", "\xE2\x82", -2, "?");
        row("cut four", "\xF0\x9F\x98", -2, "?");
        row("cut, then ascii", "\xF0\x9F\x98x", 3, "?x");
        row("cut, then lead", "\xE2\x82\xC3\xA9", 2, "?\xC3\xA9");
        row("late", std::string(100, 'x') + "\xC3\x28", 101, std::string(100, 'x') + "?(");
    }

    void decides()
    {
        QFETCH(std::string, bytes);
        QFETCH(std::int64_t, errorOffset);
        QFETCH(std::string, lossy);
        QCOMPARE(isUtf8(bytes), errorOffset == -1);
        QCOMPARE(isUtf8ByteByByte(bytes), errorOffset == -1);
        QCOMPARE(utf8Lossy(bytes), lossy);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            Utf8Validator validator;
            validator.feed(ByteView(bytes).substr(0, cut));
            validator.feed(ByteView(bytes).substr(cut));
            QCOMPARE(validator.isComplete(), errorOffset == -1);
            QCOMPARE(validator.isValid(), errorOffset < 0);
            const auto seen = errorOffset < 0 ? bytes.size() : static_cast<std::uint64_t>(errorOffset);
            QCOMPARE(validator.errorOffset(), seen);
        }
    }

    void staysInvalidUntilReset()
    {
        Utf8Validator validator;
        QVERIFY(!validator.feed("\xFF"));
        QVERIFY(!validator.feed("fine"));
        QCOMPARE(validator.errorOffset(), std::uint64_t(0));
        validator.reset();
        QVERIFY(validator.feed("fine"));
    }

    /// Every string of up to three bytes from the interesting ones, and random mixtures, against QString's decoder.
    void agreesWithQt()
    {
        std::mt19937 random(1);
        const std::string interesting = "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xDF\xE0\xE1\xED\xEF\xF0\xF1\xF4\xF5\xFF";
        for (int round = 0; round < 20000; ++round) {
            std::string bytes(random() % 3 == 0 ? random() % 40 : 0, 'x');
            for (auto left = random() % 8; left > 0; --left)
                bytes += interesting[random() % interesting.size()];
            const bool valid = isUtf8(bytes);
            QCOMPARE(isUtf8ByteByByte(bytes), valid);
            QCOMPARE(QByteArray::fromStdString(bytes).isValidUtf8(), valid);
            const std::string lossy = utf8Lossy(bytes);
            QVERIFY(isUtf8(lossy));
            QCOMPARE(lossy == bytes, valid);
        }
    }
};

PUSHSCOPE_TEST(Utf8Test)
#include "utf8test.moc"
