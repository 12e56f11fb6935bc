#include "core/wire/http/hpack.h"

#include "tests/core/wire/ws/wstext.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace pushscope;
using test::bytesOf;

namespace {

/// "0-1 indexed 2 :method: GET", a line for each field; then what else the block says.
std::string printed(const HpackBlock &block)
{
    std::string text;
    for (const HpackField &field : block.fields) {
        text += std::to_string(field.range.begin) + '-' + std::to_string(field.range.end) + ' ';
        text += std::string(word(field.coding)) + ' ' + std::to_string(field.index) + ' ';
        text += field.name + ": " + field.value + '\n';
    }
    for (const std::uint32_t size : block.sizeUpdates)
        text += "update " + std::to_string(size) + '\n';
    text += "table " + std::to_string(block.tableSize);
    if (block.leftOut > 0)
        text += " left out " + std::to_string(block.leftOut);
    if (!block.error.empty())
        text += " error: " + block.error;
    return text;
}

/// The examples of RFC 7541 appendix C: several blocks through one decoder.
struct Example
{
    const char *name;
    std::uint32_t tableSize;
    std::vector<std::pair<const char *, const char *>> blocks;
};

const char *const firstRequest = "0-1 indexed 2 :method: GET\n1-2 indexed 6 :scheme: http\n2-3 indexed 4 :path: /\n";

std::vector<Example> examplesOfRequests()
{
    const std::string first = firstRequest;
    static const std::string plain = first + "3-20 incremental 1 :authority: www.example.com\ntable 57";
    static const std::string huffman = first + "3-17 incremental 1 :authority: www.example.com\ntable 57";
    static const std::string again = first + "3-4 indexed 62 :authority: www.example.com\n";
    static const std::string plainSecond = again + "4-14 incremental 24 cache-control: no-cache\ntable 110";
    static const std::string huffmanSecond = again + "4-12 incremental 24 cache-control: no-cache\ntable 110";
    static const std::string third = "0-1 indexed 2 :method: GET\n1-2 indexed 7 :scheme: https\n"
                                     "2-3 indexed 5 :path: /index.html\n3-4 indexed 63 :authority: www.example.com\n";
    static const std::string plainThird = third + "4-29 incremental 0 custom-key: custom-value\ntable 164";
    static const std::string huffmanThird = third + "4-24 incremental 0 custom-key: custom-value\ntable 164";
    return {
        {"C.2.1",
         4096,
         {{R"(40 0a "custom-key" 0d "custom-header")", "0-26 incremental 0 custom-key: custom-header\ntable 55"}}},
        {"C.2.2", 4096, {{R"(04 0c "/sample/path")", "0-14 literal 4 :path: /sample/path\ntable 0"}}},
        {"C.2.3", 4096, {{R"(10 08 "password" 06 "secret")", "0-17 never 0 password: secret\ntable 0"}}},
        {"C.2.4", 4096, {{"82", "0-1 indexed 2 :method: GET\ntable 0"}}},
        {"C.3",
         4096,
         {{R"(82 86 84 41 0f "www.example.com")", plain.c_str()},
          {R"(82 86 84 be 58 08 "no-cache")", plainSecond.c_str()},
          {R"(82 87 85 bf 40 0a "custom-key" 0c "custom-value")", plainThird.c_str()}}},
        {"C.4",
         4096,
         {{"828684418cf1e3c2e5f23a6ba0ab90f4ff", huffman.c_str()},
          {"828684be5886a8eb10649cbf", huffmanSecond.c_str()},
          {"828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf", huffmanThird.c_str()}}},
    };
}

std::vector<Example> examplesOfAnswers()
{
    const char *const date = "61 1d \"Mon, 21 Oct 2013 20:13:21 GMT\"";
    const char *const place = "6e 17 \"https://www.example.com\"";
    static const std::string first = std::string("48 03 \"302\" 58 07 \"private\" ") + date + place;
    return {
        {"C.5",
         256,
         {{first.c_str(), "0-5 incremental 8 :status: 302\n5-14 incremental 24 cache-control: private\n"
                          "14-45 incremental 33 date: Mon, 21 Oct 2013 20:13:21 GMT\n"
                          "45-70 incremental 46 location: https://www.example.com\ntable 222"},
          {"48 03 \"307\" c1 c0 bf", "0-5 incremental 8 :status: 307\n5-6 indexed 65 cache-control: private\n"
                                     "6-7 indexed 64 date: Mon, 21 Oct 2013 20:13:21 GMT\n"
                                     "7-8 indexed 63 location: https://www.example.com\ntable 222"},
          {"88 c1 61 1d \"Mon, 21 Oct 2013 20:13:22 GMT\" c0 5a 04 \"gzip\" "
           "77 38 \"foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\"",
           "0-1 indexed 8 :status: 200\n1-2 indexed 65 cache-control: private\n"
           "2-33 incremental 33 date: Mon, 21 Oct 2013 20:13:22 GMT\n"
           "33-34 indexed 64 location: https://www.example.com\n"
           "34-40 incremental 26 content-encoding: gzip\n"
           "40-98 incremental 55 set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\n"
           "table 215"}}},
        {"C.6.1",
         256,
         {{"488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
           "6e919d29ad171863c78f0b97c8e9ae82ae43d3",
           "0-4 incremental 8 :status: 302\n4-11 incremental 24 cache-control: private\n"
           "11-35 incremental 33 date: Mon, 21 Oct 2013 20:13:21 GMT\n"
           "35-54 incremental 46 location: https://www.example.com\ntable 222"}}},
    };
}

} // namespace

class HpackTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void codingsHaveWords();
    void examplesOfTheStandard();
    void errors_data();
    void errors();
    void tableSizesFollowTheSettings();
    void whatIsBeyondTheLimitIsCounted();
    void aLostStateStaysLost();
};

void HpackTest::codingsHaveWords()
{
    QCOMPARE(word(HpackCoding::Indexed), std::string_view("indexed"));
    QCOMPARE(word(HpackCoding::Incremental), std::string_view("incremental"));
    QCOMPARE(word(HpackCoding::Literal), std::string_view("literal"));
    QCOMPARE(word(HpackCoding::Never), std::string_view("never"));
}

void HpackTest::examplesOfTheStandard()
{
    std::vector<Example> examples = examplesOfRequests();
    for (const Example &example : examplesOfAnswers())
        examples.push_back(example);
    for (const Example &example : examples) {
        HpackDecoder decoder;
        if (example.tableSize != 4096) { // the examples leave out the update that a smaller table asks for
            decoder.allowTableSize(example.tableSize);
            QCOMPARE(decoder.decode(bytesOf("3f e1 01")).sizeUpdates, std::vector<std::uint32_t>{256});
        }
        for (const auto &[bytes, expected] : example.blocks)
            QCOMPARE(printed(decoder.decode(bytesOf(bytes))).c_str(), expected);
    }
}

void HpackTest::errors_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *block, const char *error) {
        QTest::newRow(name) << QByteArray(block) << QByteArray("0-1 indexed 2 :method: GET\ntable 0 error: ") + error;
    };
    row("index 0", "82 80", "index 0 means nothing at byte 1");
    row("index of an empty dynamic table", "82 be", "an index is in no table at byte 1");
    row("name's index of an empty dynamic table", "82 7e 01 \"a\"", "an index is in no table at byte 1");
    row("large index", "82 ff ff ff ff ff 0f", "a number is too large at byte 1");
    row("largest index", "82 ff 80 ff ff ff 0f", "an index is in no table at byte 1");
    row("index of too many bytes", "82 ff 80 80 80 80 80 00", "a number is too large at byte 1");
    row("cut index", "82 ff 80", "the block ends inside a number at byte 3");
    row("cut behind a name's index", "82 41", "the block ends inside a field at byte 2");
    row("cut name", "82 40 05 \"abc\"", "the block ends inside a string at byte 6");
    row("cut value", "82 00 01 \"a\" 02 \"b\"", "the block ends inside a string at byte 6");
    row("no value", "82 00 01 \"a\"", "the block ends inside a field at byte 4");
    row("long string", "82 00 7f 82 ff 03", "a string is longer than 65536 bytes at byte 2");
    row("Huffman code of EOS", "82 00 84 ff ff ff ff 01 \"a\"", "a Huffman code is invalid at byte 1");
    row("Huffman padding of zeros", "82 00 81 00 01 \"a\"", "a Huffman code is invalid at byte 1");
    row("size update behind a field", "82 20", "a dynamic table size update follows a field at byte 1");
    QTest::newRow("size update above the limit")
        << QByteArray("3f e2 1f")
        << QByteArray("table 0 error: the dynamic table is made larger than allowed at byte 0");
}

void HpackTest::errors()
{
    QFETCH(QByteArray, block);
    QFETCH(QByteArray, expected);
    HpackDecoder decoder;
    QCOMPARE(printed(decoder.decode(bytesOf(block.toStdString()))).c_str(), expected.constData());
    QCOMPARE(printed(decoder.decode(bytesOf("82"))).substr(0, 52).c_str(),
             "table 0 error: an earlier field block could not be d");
}

/// RFC 7541 section 4.2.
void HpackTest::tableSizesFollowTheSettings()
{
    const Bytes entry = bytesOf(R"(40 01 "a" 01 "b")");
    HpackDecoder decoder;
    QCOMPARE(decoder.decode(entry).tableSize, 34u);
    QCOMPARE(printed(decoder.decode(bytesOf("20 3f e1 1f"))).c_str(), "update 0\nupdate 4096\ntable 0");
    QCOMPARE(decoder.decode(entry).tableSize, 34u);

    decoder.allowTableSize(8192);
    QCOMPARE(printed(decoder.decode(bytesOf("3f e1 3f be"))).c_str(), "3-4 indexed 62 a: b\nupdate 8192\ntable 34");
    decoder.allowTableSize(40);
    QCOMPARE(printed(decoder.decode(bytesOf("3f 09"))).c_str(), "update 40\ntable 34");
    decoder.allowTableSize(10);
    QCOMPARE(printed(decoder.decode(entry)).c_str(),
             "table 0 error: the dynamic table was not made smaller as its new limit asks at byte 0");
}

void HpackTest::whatIsBeyondTheLimitIsCounted()
{
    Bytes block = bytesOf(R"(40 01 "a" 7f a1 1e "x"*4000)"); // then the same field again for each byte
    const std::size_t once = block.size();
    block.append(100'000, static_cast<char>(0xbe));
    HpackDecoder decoder(10'000);
    const HpackBlock decoded = decoder.decode(block);
    QCOMPARE(decoded.error, std::string());
    QCOMPARE(decoded.fields.size(), std::size_t(2));
    QCOMPARE(decoded.leftOut, std::uint64_t(99'999));
    QCOMPARE(decoded.decodedBytes, std::uint64_t(4001) * 100'001);
    QCOMPARE(decoded.fields.back().range, (ByteRange{once, once + 1}));

    // Fields of nothing at all and table sizes take memory, too.
    const HpackBlock empty = decoder.decode(bytesOf("00 00 00") + Bytes(30'000, '\0'));
    QVERIFY(empty.error.empty() && empty.decodedBytes == 0);
    QCOMPARE(empty.fields.size(), std::size_t(10'000 / 32));
    QCOMPARE(empty.fields.size() + empty.leftOut, std::size_t(10'001));
    QCOMPARE(decoder.decode(Bytes(20'000, ' ')).sizeUpdates.size(), std::size_t(10'000 / 32));

    QCOMPARE(printed(decoder.decode(bytesOf("82"))).c_str(), "0-1 indexed 2 :method: GET\ntable 0");
}

void HpackTest::aLostStateStaysLost()
{
    HpackDecoder decoder;
    decoder.giveUp("a frame was too large");
    QCOMPARE(decoder.decode(bytesOf("82")).error, std::string("a frame was too large"));
    HpackDecoder moved(std::move(decoder));
    moved.giveUp("another");
    QCOMPARE(moved.decode("").error, std::string("a frame was too large"));
}

PUSHSCOPE_TEST(HpackTest)
#include "hpacktest.moc"
