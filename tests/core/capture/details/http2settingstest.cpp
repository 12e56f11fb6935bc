#include "core/capture/details/http2settings.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace pushscope;

class Http2SettingsTest : public QObject
{
    Q_OBJECT
    using Side = Http2Settings::Side;

    static const Http2Settings::Value *find(const Http2Settings &settings, Http2Setting setting)
    {
        const auto &values = settings.values();
        const auto found =
            std::find_if(values.begin(), values.end(), [&](const auto &value) { return value.setting == setting; });
        return found == values.end() ? nullptr : &*found;
    }

private Q_SLOTS:
    void theStandardsInitialValues()
    {
        const Http2Settings client(Side::Client);
        QCOMPARE(find(client, Http2Setting::InitialWindowSize)->value, std::optional(65535u));
        QCOMPARE(find(client, Http2Setting::MaxFrameSize)->value, std::optional(16384u));
        QCOMPARE(find(client, Http2Setting::HeaderTableSize)->value, std::optional(4096u));
        QCOMPARE(find(client, Http2Setting::EnablePush)->value, std::optional(1u));
        QVERIFY(!find(client, Http2Setting::MaxConcurrentStreams)->value);
        QVERIFY(find(client, Http2Setting::EnableConnectProtocol) == nullptr); // a server's
        QVERIFY(find(Http2Settings(Side::Server), Http2Setting::EnablePush) == nullptr);
        for (const auto &value : client.values())
            QVERIFY(!value.isAnnounced && !value.isAcknowledged);
    }

    void announcedThenAcknowledged()
    {
        Http2Settings settings(Side::Server);
        settings.announce({{Http2Setting::InitialWindowSize, 1000}, {Http2Setting::MaxConcurrentStreams, 5}});
        QVERIFY(find(settings, Http2Setting::InitialWindowSize)->isAnnounced);
        QVERIFY(!find(settings, Http2Setting::InitialWindowSize)->isAcknowledged);
        settings.announce({{Http2Setting::MaxConcurrentStreams, 9}});
        QCOMPARE(settings.unacknowledged(), 2u);
        QCOMPARE(settings.acknowledge(), std::optional(1000u));
        QVERIFY(find(settings, Http2Setting::InitialWindowSize)->isAcknowledged);
        QVERIFY(!find(settings, Http2Setting::MaxConcurrentStreams)->isAcknowledged); // 5 was, 9 was not
        QVERIFY(!settings.acknowledge());
        QVERIFY(find(settings, Http2Setting::MaxConcurrentStreams)->isAcknowledged);
        QCOMPARE(settings.unacknowledged(), 0u);
        QVERIFY(!settings.acknowledge()); // of nothing
    }

    void theLastOfAFrameHolds()
    {
        Http2Settings settings(Side::Client);
        settings.announce({{Http2Setting::InitialWindowSize, 1}, {Http2Setting::InitialWindowSize, 2}});
        QCOMPARE(find(settings, Http2Setting::InitialWindowSize)->value, std::optional(2u));
        QCOMPARE(settings.acknowledge(), std::optional(2u));
    }

    void unknownOnesAreKeptWithinBounds()
    {
        Http2Settings settings(Side::Client);
        for (unsigned i = 0; i < 60'000; ++i)
            settings.announce({{static_cast<Http2Setting>(i + 100), i}});
        QCOMPARE(find(settings, static_cast<Http2Setting>(100))->value, std::optional(0u));
        QVERIFY(settings.values().size() < 100);
        QVERIFY(settings.unacknowledged() < 1000);
    }
};

PUSHSCOPE_TEST(Http2SettingsTest)
#include "http2settingstest.moc"
