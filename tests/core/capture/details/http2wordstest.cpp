#include "core/capture/details/http2words.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class Http2WordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void flags()
    {
        QCOMPARE(flagWord(Http2FrameType::Data, 0x1), std::string_view("END_STREAM"));
        QCOMPARE(flagWord(Http2FrameType::Ping, 0x1), std::string_view("ACK"));
        QCOMPARE(flagWord(Http2FrameType::Headers, 0x20), std::string_view("PRIORITY"));
        QCOMPARE(flagWord(Http2FrameType::Headers, 0x8), std::string_view("PADDED"));
        QCOMPARE(flagWord(Http2FrameType::PushPromise, 0x1), std::string_view());
        QCOMPARE(flagWord(static_cast<Http2FrameType>(0xB), 0x1), std::string_view());
        QCOMPARE(flagsText({.type = Http2FrameType::Headers, .flags = 0x2D}),
                 std::string("END_STREAM END_HEADERS PADDED PRIORITY"));
        QCOMPARE(flagsText({.type = Http2FrameType::Headers, .flags = 0xC1}), std::string("END_STREAM 0xc0"));
        QCOMPARE(flagsText({.type = Http2FrameType::WindowUpdate, .flags = 0x1}), std::string("0x01"));
        QCOMPARE(flagsText({.type = Http2FrameType::Data, .flags = 0}), std::string("none"));
    }

    void numbersThatNobodyDefined()
    {
        QCOMPARE(typeText(Http2FrameType::Headers), std::string("HEADERS"));
        QCOMPARE(typeText(static_cast<Http2FrameType>(0xFA)), std::string("type 0xfa"));
        QCOMPARE(settingText(Http2Setting::MaxFrameSize), std::string("MAX_FRAME_SIZE"));
        QCOMPARE(settingText(static_cast<Http2Setting>(0xACE)), std::string("setting 0x0ace"));
        QVERIFY(noteOfSetting(static_cast<Http2Setting>(0xACE), 1).empty());
    }

    void notes()
    {
        QVERIFY(noteOfSetting(Http2Setting::EnablePush, 0) != noteOfSetting(Http2Setting::EnablePush, 1));
        for (int setting = 1; setting <= 9; ++setting)
            QCOMPARE(noteOfSetting(static_cast<Http2Setting>(setting), 1).empty(), setting == 7);
        QCOMPARE(noteOfStream(0), std::string("the connection itself"));
        QCOMPARE(noteOfStream(5), std::string("opened by the client"));
        QCOMPARE(noteOfStream(6), std::string("opened by the server: a push"));
    }
};

PUSHSCOPE_TEST(Http2WordsTest)
#include "http2wordstest.moc"
