#include "core/capture/httpfacts.h"

#include "core/capture/facts.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class HttpFactsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fieldsOfHttp2RoundTrip()
    {
        const HttpFields fields = {{":method", "GET"}, {"x-bad", "\xFF\x80"}, {"x-empty", ""}, {":method", "again"}};
        QVERIFY(decodeFacts<RequestFacts>(encode(RequestFacts{9, fields})).fields == fields);
        QVERIFY(decodeFacts<ResponseFacts>(encode(ResponseFacts{1, fields})).fields == fields);
        QVERIFY(decodeFacts<TrailerFacts>(encode(TrailerFacts{fields})).fields == fields);
        const auto push = decodeFacts<PushFacts>(encode(PushFacts{2, fields}));
        QCOMPARE(push.promisedStream, 2u);
        QVERIFY(push.fields == fields);
        // HTTP/1.1 pays nothing for them.
        QCOMPARE(encode(RequestFacts{9}).size(), 13u);
        QVERIFY(decodeFacts<RequestFacts>(encode(RequestFacts{9})).fields.empty());

        QCOMPARE(decodeFacts<PingFacts>(encode(PingFacts{0.25})).rttMs, std::optional(0.25));
        QVERIFY(!decodeFacts<PingFacts>(encode(PingFacts{})).rttMs);
    }

    void fieldBlocksRoundTrip()
    {
        FieldBlockFacts block;
        block.fields = {{{":status", "200"}, 0, 8, {0, 1}}, {{"x", "\xFF"}, 3, 0, {1, 6}}};
        block.sizeUpdates = {0, 4096};
        block.tableSize = 0xFFFFFFFF;
        block.leftOut = 1ull << 40;
        block.error = "the block ends inside a string";
        const auto back = decodeFacts<FieldBlockFacts>(encode(block));
        QCOMPARE(back.fields.size(), 2u);
        QVERIFY(back.fields[0].field == block.fields[0].field);
        QCOMPARE(back.fields[0].index, 8u);
        QCOMPARE(back.fields[1].field.value, std::string("\xFF"));
        QCOMPARE(back.fields[1].coding, std::uint8_t(3));
        QCOMPARE(back.fields[1].range, (ByteRange{1, 6}));
        QCOMPARE(back.sizeUpdates, block.sizeUpdates);
        QCOMPARE(back.tableSize, block.tableSize);
        QCOMPARE(back.leftOut, block.leftOut);
        QCOMPARE(back.error, block.error);
    }

    /// What a damaged or hostile capture file may hold in their place.
    void fieldsThatAreNoneGiveEmptyOnes()
    {
        // {"fields": [1, [], ["n"], [2, "v", 999, -1, -5, 2^40], "f"]}
        const Bytes cbor = Bytes("\xA1\x66"
                                 "fields\x85\x01\x80\x81\x61n\x86\x02\x61v\x19\x03\xE7\x20\x24\x1B",
                                 24) +
                           Bytes("\x00\x00\x01\x00\x00\x00\x00\x00\x61"
                                 "f",
                                 10);
        const auto trailers = decodeFacts<TrailerFacts>(cbor);
        QCOMPARE(trailers.fields.size(), 5u);
        QCOMPARE(trailers.fields[2].name, std::string("n"));
        QCOMPARE(trailers.fields[3].value, std::string("v"));
        const auto block = decodeFacts<FieldBlockFacts>(cbor);
        QCOMPARE(block.fields.size(), 5u);
        QCOMPARE(block.fields[3].coding, std::uint8_t(255));
        QCOMPARE(block.fields[3].index, 0u);
        QCOMPARE(block.fields[3].range, (ByteRange{0, 0xFFFFFFFF}));
        for (std::size_t cut = 0; cut < cbor.size(); ++cut)
            QVERIFY(decodeFacts<FieldBlockFacts>(cbor.substr(0, cut)).fields.empty());
    }
};

PUSHSCOPE_TEST(HttpFactsTest)
#include "httpfactstest.moc"
