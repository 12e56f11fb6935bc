#include "ui/windowstate.h"

#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;

class WindowStateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path()); }
    void init() { QSettings(QStringLiteral("Pushscope"), QStringLiteral("Pushscope")).clear(); }

    void theNewestTargetStandsFirst()
    {
        {
            WindowState state;
            state.remember(target("http://a.test/1"), 100);
            state.remember(target("http://a.test/2"), 200);
            state.remember(target("http://a.test/1"), 300);
        }
        const WindowState state;
        QCOMPARE(state.recent().size(), std::size_t(2));
        QCOMPARE(state.recent()[0].target.url.target, std::string("/1"));
        QCOMPARE(state.recent()[0].lastUsed, qint64(300));
    }

    void anotherHttpVersionIsAnotherTarget()
    {
        WindowState state;
        Target overHttp2 = target("http://a.test/1");
        overHttp2.http = HttpChoice::Http2;
        state.remember(target("http://a.test/1"), 100);
        state.remember(overHttp2, 200);
        QCOMPARE(state.recent().size(), std::size_t(2));
        QCOMPARE(state.recent()[0].target.http, HttpChoice::Http2);
        state.forget(overHttp2);
        QCOMPARE(state.recent().size(), std::size_t(1));
        QCOMPARE(state.recent()[0].target.http, HttpChoice::Auto);
    }

    void theListIsBounded()
    {
        WindowState state;
        for (int i = 0; i < 50; ++i)
            state.remember(target("http://a.test/" + std::to_string(i)), i);
        QCOMPARE(state.recent().size(), WindowState::RecentLimit);
        QCOMPARE(state.recent()[0].target.url.target, std::string("/49"));
        state.forget(state.recent()[0].target);
        QCOMPARE(state.recent()[0].target.url.target, std::string("/48"));
    }

    void remembersOpenTargetsWithoutSecrets()
    {
        QVERIFY(WindowState().openTargets().empty());
        Target first = target("http://a.test/1");
        first.name = "one";
        Target second = target("ws://a.test/2");
        second.tls.passphrase = "secret";
        WindowState().setOpenTargets({first, second});
        second.tls.passphrase.clear();
        QVERIFY(WindowState().openTargets() == (std::vector<Target>{first, second}));
    }

    void remembersValues()
    {
        {
            WindowState state;
            state.setScheme(Scheme::Dark);
            state.setList("layers", {QStringLiteral("layerReads")});
            state.setBytes("geometry", "abc");
        }
        const WindowState state;
        QCOMPARE(state.scheme(), Scheme::Dark);
        QCOMPARE(state.list("layers"), QStringList{QStringLiteral("layerReads")});
        QCOMPARE(state.bytes("geometry"), QByteArray("abc"));
    }

private:
    static Target target(const std::string &url)
    {
        Target made;
        made.url = *parseUrl(url);
        return made;
    }
    QTemporaryDir m_folder;
};

PUSHSCOPE_TEST(WindowStateTest)
#include "windowstatetest.moc"
