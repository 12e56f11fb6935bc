#include "core/base/utf8blocks.h"

#include "core/base/utf8.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <array>
#include <optional>
#include <vector>

using namespace pushscope;

namespace {
constexpr std::size_t blockSize = 32;

/// How long the sequence at the text's beginning is, by RFC 3629's definition; nothing when it is none. The text is
/// not empty.
std::optional<std::size_t> sequence(ByteView text)
{
    const auto octet = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (octet(0) < 0x80)
        return 1;
    const std::size_t length = octet(0) >= 0xF0 ? 4 : octet(0) >= 0xE0 ? 3 : 2;
    if (octet(0) < 0xC0 || octet(0) >= 0xF8 || text.size() < length)
        return std::nullopt;
    unsigned character = octet(0) & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((octet(i) & 0xC0) != 0x80)
            return std::nullopt;
        character = character << 6 | (octet(i) & 0x3Fu);
    }
    constexpr std::array<unsigned, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    return character < least[length] || isSurrogate || character > 0x10FFFF ? std::nullopt : std::optional(length);
}

/// How many of the text's bytes are whole sequences, up to the first that is none.
std::size_t wellFormed(ByteView text)
{
    std::size_t at = 0;
    while (at != text.size()) {
        const auto length = sequence(text.substr(at));
        if (!length)
            break;
        at += *length;
    }
    return at;
}

Bytes sequenceOf(unsigned character)
{
    const auto octet = [](unsigned value) { return static_cast<char>(value); };
    const auto tail = [&](int shift) { return octet(0x80 | (character >> shift & 0x3F)); };
    if (character < 0x80)
        return {octet(character)};
    if (character < 0x800)
        return {octet(0xC0 | character >> 6), tail(0)};
    if (character < 0x10000)
        return {octet(0xE0 | character >> 12), tail(6), tail(0)};
    return {octet(0xF0 | character >> 18), tail(12), tail(6), tail(0)};
}

bool hasBlocks()
{
    return wellFormedBlocks(Bytes(blockSize, 'x')) == blockSize;
}

/// What holds whatever the processor has.
void compare(ByteView text)
{
    constexpr std::size_t shortfall = 35;
    const std::size_t expected = wellFormed(text);
    const std::size_t found = wellFormedBlocks(text);
    const bool isFound = found <= expected && wellFormed(text.substr(0, found)) == found &&
                         (found + shortfall >= expected || !hasBlocks());
    // No QCOMPARE for each of some millions
    if (isUtf8(text) != (expected == text.size()) || !isFound)
        QFAIL(qPrintable(QString::fromLatin1(QByteArray::fromRawData(text.data(), qsizetype(text.size())).toHex(' '))));
}

} // namespace

class Utf8BlocksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsWellFormed_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::size_t>("found");
        const std::string ascii(70, 'x');
        QTest::newRow("nothing") << std::string() << std::size_t(0);
        QTest::newRow("ASCII") << ascii << ascii.size();
        QTest::newRow("NUL at the end") << std::string(35, '\0') << std::size_t(35);
        QTest::newRow("all lengths") << ascii + "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80" << std::size_t(79);
        QTest::newRow("cut at the end") << ascii + "\xF0\x9F\x98" << std::size_t(70);
        QTest::newRow("less than a block") << std::string(31, 'x') << std::size_t(0);
        QTest::newRow("cut at a block's end") << std::string(63, 'x') + "\xE2" << std::size_t(63);
        QTest::newRow("flaw in the first block") << "\xFF" + ascii << std::size_t(0);
        QTest::newRow("flaw in the second block") << std::string(40, 'x') + "\xFF" + ascii << blockSize;
        QTest::newRow("a sequence over the border before the flaw")
            << std::string(30, 'x') + "\xF0\x9F\x98\x80\xFF" + ascii << std::size_t(30);
        QTest::newRow("continuations alone") << ascii + "\x80\x80\x80" << std::size_t(64);
        QTest::newRow("a lead that is none at a block's end") << std::string(63, 'x') + "\xF5" << std::size_t(63);
    }

    void findsWhatIsWellFormed()
    {
        if (!hasBlocks())
            QSKIP("this processor looks at no blocks");
        QFETCH(std::string, text);
        QTEST(wellFormedBlocks(text), "found");
    }

    /// Each character there is, so that no rule forbids too much.
    void takesEachCharacter()
    {
        Bytes text;
        for (unsigned character = 0; character <= 0x10FFFF; ++character) {
            if (character < 0xD800 || character > 0xDFFF)
                text += sequenceOf(character);
        }
        QVERIFY(isUtf8(text));
        QCOMPARE(wellFormedBlocks(text), hasBlocks() ? text.size() : std::size_t(0));
    }

    /// Each two neighbours, at each place in a block and over its border.
    void agreesOnEachPair()
    {
        for (std::size_t place = 0; place <= blockSize; ++place) {
            Bytes text(2 * blockSize + 1, 'x');
            for (unsigned pair = 0; pair < 0x10000; ++pair) {
                text[place] = static_cast<char>(pair >> 8);
                text[place + 1] = static_cast<char>(pair);
                compare(text);
            }
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// Each four neighbours of bytes on either side of what the standard tells apart, around a border of blocks, and
    /// cut off behind each of them.
    void agreesOnEachFour()
    {
        constexpr ByteView bounds("\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3"
                                  "\xF4\xF5\xFF",
                                  24);
        const std::size_t all = bounds.size() * bounds.size() * bounds.size() * bounds.size();
        for (std::size_t four = 0; four < all; ++four) {
            const std::size_t place = blockSize - 1 - four % 4 + (four / 4 % 2) * blockSize;
            Bytes text(place, 'x');
            for (std::size_t rest = four, i = 0; i < 4; ++i, rest /= bounds.size())
                text += bounds[rest % bounds.size()];
            for (std::size_t cut = 1; cut <= 4; ++cut)
                compare(ByteView(text).substr(0, place + cut));
            compare(text + Bytes(blockSize, 'x'));
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// A text of all lengths of sequences, cut in two anywhere for the validator that uses the blocks.
    void agreesWhereverItIsCut()
    {
        Bytes text;
        for (unsigned character = 0x20; text.size() < 200; character = character * 7 % 0x10FFFF) {
            if (character < 0xD800 || character > 0xDFFF)
                text += sequenceOf(character);
        }
        for (std::size_t flaw = 0; flaw <= text.size(); ++flaw) {
            Bytes flawed = text;
            if (flaw != text.size())
                flawed[flaw] = '\xFF';
            for (std::size_t cut = 0; cut <= text.size(); ++cut) {
                Utf8Validator validator;
                validator.feed(ByteView(flawed).substr(0, cut));
                validator.feed(ByteView(flawed).substr(cut));
                QCOMPARE(validator.isComplete(), flaw == text.size());
                QCOMPARE(validator.errorOffset(), std::uint64_t(flaw));
            }
        }
    }
};

PUSHSCOPE_TEST(Utf8BlocksTest)
#include "utf8blockstest.moc"
