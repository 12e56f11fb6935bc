#include "core/wire/coding/contentdecoder.h"

#include "core/wire/coding/contentencoder.h"
#include "tests/core/wire/coding/codingreading.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <array>

using namespace pushscope;
using namespace pushscope::test;

namespace {
using Codings = std::vector<ContentCoding>;

const std::array<std::pair<const char *, Codings>, 7> AllCodings{{
    {"gzip", {ContentCoding::Gzip}},
    {"deflate", {ContentCoding::Deflate}},
    {"br", {ContentCoding::Brotli}},
    {"zstd", {ContentCoding::Zstd}},
    {"gzip twice", {ContentCoding::Gzip, ContentCoding::Gzip}},
    {"br in zstd", {ContentCoding::Brotli, ContentCoding::Zstd}},
    {"all", {ContentCoding::Gzip, ContentCoding::Deflate, ContentCoding::Brotli, ContentCoding::Zstd}},
}};

/// Whole, cut at every byte and byte by byte, into rooms of different sizes: the same.
void compareAllCuts(const Codings &codings, const Bytes &content, const CodedReading &expected)
{
    QCOMPARE(readCoded(codings, whole(content)), expected);
    QCOMPARE(readCoded(codings, whole(content), 1), expected);
    QCOMPARE(readCoded(codings, byteByByte(content)), expected);
    QCOMPARE(readCoded(codings, byteByByte(content), 7), expected);
    for (std::size_t at = 1; at < content.size(); ++at)
        QCOMPARE(readCoded(codings, cutAt(content, at)), expected);
}

Bytes many(const Bytes &event, std::size_t count)
{
    return joined(std::vector<Bytes>(count, event));
}

/// Feeds zeros, coded on and on, until the decoder stops or gave `limit` plain bytes.
std::uint64_t inflateZeros(ContentDecoder &decoder, ContentEncoder &encoder, std::uint64_t limit)
{
    const Bytes zeros(1024 * 1024, '\0');
    Bytes room(64 * 1024, '\0');
    while (decoder.problem().empty() && decoder.plainBytes() < limit) {
        const Bytes piece = encoder.encode(zeros, ContentEncoder::Flush::None);
        decoder.feed(piece);
        while (decoder.next(room) > 0) {
        }
    }
    return decoder.plainBytes();
}
} // namespace

class ContentDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCut_data()
    {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < AllCodings.size(); ++i)
            QTest::newRow(AllCodings[i].first) << i;
    }
    void everyCut()
    {
        QFETCH(const std::size_t, index);
        const Codings &codings = AllCodings[index].second;
        for (const bool flushed : {true, false})
            compareAllCuts(codings, coded(codings, someEvents(12), flushed), {joined(someEvents(12)), "", ""});
    }

    void cutContent_data() { everyCut_data(); }
    void cutContent()
    {
        QFETCH(const std::size_t, index);
        const Codings &codings = AllCodings[index].second;
        const Bytes content = coded(codings, someEvents(8), true);
        for (std::size_t size = 1; size < content.size(); ++size) {
            const CodedReading reading = readCoded(codings, {content.substr(0, size)});
            QCOMPARE(reading.findings, "http.content-coding-cut@" + std::to_string(size) + " ");
            QVERIFY(joined(someEvents(8)).starts_with(reading.plain));
        }
    }

    void nothingIsNotCut() { QCOMPARE(readCoded({ContentCoding::Gzip}, {}), (CodedReading{})); }

    void flushedEventsAreOutAtOnce_data() { everyCut_data(); }
    void flushedEventsAreOutAtOnce()
    {
        QFETCH(const std::size_t, index);
        const Codings &codings = AllCodings[index].second;
        std::vector<std::unique_ptr<ContentEncoder>> encoders;
        for (const ContentCoding coding : codings)
            encoders.push_back(makeContentEncoder(coding));
        ContentDecoder decoder(codings);
        Bytes room(64 * 1024, '\0');
        for (const Bytes &event : someEvents(30)) {
            Bytes content = event;
            for (const auto &encoder : encoders)
                content = encoder->encode(content, ContentEncoder::Flush::Sync);
            decoder.feed(content);
            QCOMPARE(room.substr(0, decoder.next(room)), event);
            QCOMPARE(decoder.next(room), std::size_t(0));
            QVERIFY(decoder.isInside());
        }
        QCOMPARE(decoder.plainBytes(), std::uint64_t(joined(someEvents(30)).size()));
    }

    void unwrappedDeflateIsToldOnce()
    {
        const Bytes zlib = coded(ContentCoding::Deflate, joined(someEvents(3)));
        const Bytes raw = zlib.substr(2, zlib.size() - 6);
        const CodedReading reading = readCoded({ContentCoding::Deflate}, byteByByte(raw));
        QCOMPARE(reading.plain, joined(someEvents(3)));
        QCOMPARE(reading.findings, std::string("http.content-coding-raw-deflate@0 "));
    }

    void brokenContentStops()
    {
        const Bytes first = coded(ContentCoding::Gzip, "data: good\n\n");
        const CodedReading expected{"data: good\n\n",
                                    "http.content-coding-broken@" + std::to_string(first.size()) + " ",
                                    "the gzip content is broken: bytes follow behind its end"};
        compareAllCuts({ContentCoding::Gzip}, first + "rubbish", expected);
    }

    void brokenInsideAnother()
    {
        const Bytes inner = coded(ContentCoding::Gzip, "data: good\n\n") + "rubbish";
        const CodedReading reading =
            readCoded({ContentCoding::Gzip, ContentCoding::Brotli}, {coded(ContentCoding::Brotli, inner)});
        QCOMPARE(reading.plain, Bytes("data: good\n\n"));
        QCOMPARE(reading.problem, std::string("the gzip content is broken: bytes follow behind its end"));
    }

    void nothingComesBehindAProblem()
    {
        ContentDecoder decoder({ContentCoding::Gzip});
        Bytes room(100, '\0');
        decoder.feed("no gzip");
        QCOMPARE(decoder.next(room), std::size_t(0));
        QCOMPARE(decoder.findings().size(), std::size_t(1));
        const std::uint64_t taken = decoder.codedBytes();
        decoder.feed(coded(ContentCoding::Gzip, "late"));
        QCOMPARE(decoder.next(room), std::size_t(0));
        QVERIFY(decoder.findings().empty());
        decoder.finish();
        QVERIFY(decoder.findings().empty());
        QCOMPARE(decoder.codedBytes(), taken);
    }

    void bombs_data() { everyCut_data(); }
    void bombs()
    {
        QFETCH(const std::size_t, index);
        const Codings &codings = AllCodings[index].second;
        if (codings.size() > 1)
            QSKIP("one coding is enough for a bomb");
        ContentDecoder decoder(codings);
        const auto encoder = makeContentEncoder(codings.front());
        const std::uint64_t made = inflateZeros(decoder, *encoder, 64 * 1024 * 1024);
        QVERIFY2(!decoder.problem().empty(), "it went on");
        QVERIFY(decoder.isBomb());
        QVERIFY(made > ContentDecoder::BombFloor);
        QVERIFY(made < ContentDecoder::BombFloor + 8 * 1024 * 1024);
    }

    void nestedBombs()
    {
        const Codings codings{ContentCoding::Gzip, ContentCoding::Gzip};
        const CodedReading reading = readCoded(codings, {coded(codings, {Bytes(32 * 1024 * 1024, 'x')})});
        QVERIFY(reading.problem.ends_with("which no stream of events does"));
        QVERIFY(reading.findings.starts_with("http.content-coding-bomb@"));
        QVERIFY(reading.findings.ends_with("=" + std::to_string(reading.plain.size()) + " "));
    }

    void monotonousStreamsAreNoBombs_data()
    {
        QTest::addColumn<int>("coding");
        QTest::addColumn<std::string>("event");
        QTest::addColumn<bool>("flushed");
        for (const ContentCoding coding :
             {ContentCoding::Gzip, ContentCoding::Deflate, ContentCoding::Brotli, ContentCoding::Zstd}) {
            const auto row = [coding](const char *name, std::string event, bool flushed) {
                QTest::addRow("%s %s", word(coding).data(), name) << int(coding) << std::move(event) << flushed;
            };
            row("heartbeats", ":\n\n", true);
            row("the shortest event, by the thousand", many("data:x\n\n", 1000), true);
            if (coding == ContentCoding::Gzip || coding == ContentCoding::Deflate)
                row("the shortest event, never flushed", many("data:x\n\n", 1000), false);
            row("64 KiB of a letter", "data: " + std::string(64 * 1024, 'x') + "\n\n", true);
            row("a snapshot that never changes", "data: " + joined(someEvents(20'000)) + "\n\n", true);
        }
    }
    void monotonousStreamsAreNoBombs()
    {
        QFETCH(const int, coding);
        QFETCH(const std::string, event);
        QFETCH(const bool, flushed);
        const auto encoder = makeContentEncoder(ContentCoding(coding));
        ContentDecoder decoder({ContentCoding(coding)});
        Bytes room(64 * 1024, '\0');
        // Heartbeats that pass the floor would take too long, and each is coded to more bytes than it has.
        const std::size_t count = std::min<std::size_t>(24 * 1024 * 1024 / event.size(), 100'000);
        for (std::size_t i = 0; i < count; ++i) {
            const Bytes piece =
                encoder->encode(event, flushed ? ContentEncoder::Flush::Sync : ContentEncoder::Flush::None);
            decoder.feed(piece);
            while (decoder.next(room) > 0) {
            }
            QVERIFY2(decoder.problem().empty(), decoder.problem().c_str());
        }
    }
};

PUSHSCOPE_TEST(ContentDecoderTest)
#include "contentdecodertest.moc"
