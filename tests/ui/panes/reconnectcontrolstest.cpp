#include "ui/panes/reconnectcontrols.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/namedchild.h"
#include "tests/ui/support/windowbeside.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace pushscope;

class ReconnectControlsTest : public QObject
{
    Q_OBJECT

    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return test::namedChild<Widget>(*m_controls, name);
    }
    void click(const char *name) const { QTest::mouseClick(child<QWidget>(name), Qt::LeftButton); }
    void enter(const char *name, const QString &number) const
    {
        auto *spin = child<QSpinBox>(name);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, number);
        QTest::keyClick(spin, Qt::Key_Return);
        m_controls->setFocus();
    }
    template <class Wanted>
    [[nodiscard]] Wanted last() const
    {
        if (m_intents.empty() || !std::holds_alternative<Wanted>(m_intents.back()))
            qFatal("another intent than was expected");
        return std::get<Wanted>(m_intents.back());
    }

private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_beside = std::make_unique<test::WindowBeside>();
        m_controls = std::make_unique<ReconnectControls>();
        m_controls->setFocusPolicy(Qt::StrongFocus);
        m_controls->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_controls.get()));
        m_intents.clear();
        m_stream = ReconnectControls::Stream();
        m_stream.state = SessionState::Open;
        m_controls->showStream(m_stream);
        connect(m_controls.get(), &ReconnectControls::intended, this,
                [this](const Intent &intent) { m_intents.push_back(intent); });
    }
    void cleanup()
    {
        m_controls.reset();
        m_beside.reset();
    }

    void whatCanBeDoneFollowsTheState()
    {
        QVERIFY(child<QPushButton>("dropNow")->isEnabled());
        QVERIFY(!child<QPushButton>("reconnectNow")->isEnabled());
        click("dropNow");
        static_cast<void>(last<intent::Drop>());
        m_stream.state = SessionState::Waiting;
        m_controls->showStream(m_stream);
        QVERIFY(!child<QPushButton>("dropNow")->isEnabled());
        click("reconnectNow");
        static_cast<void>(last<intent::ReconnectNow>());
        m_controls->showStream(std::nullopt);
        QVERIFY(!m_controls->isEnabled());
    }

    void freezeSaysSoInWords()
    {
        click("freeze");
        QVERIFY(last<intent::Freeze>().frozen);
        m_stream.isFrozen = true;
        m_controls->showStream(m_stream);
        QVERIFY(child<QPushButton>("freeze")->text().startsWith(QStringLiteral("Frozen")));
        click("freeze");
        QVERIFY(!last<intent::Freeze>().frozen);
    }

    void rulesKeepWhatIsNotShown()
    {
        m_stream.rules.webSocket = true;
        m_stream.rules.initial = Milliseconds(77);
        m_controls->showStream(m_stream);
        enter("dropAfter", QStringLiteral("5"));
        QCOMPARE(last<intent::SetReconnection>().policy.dropAfter, std::optional<std::uint64_t>(5));
        enter("retryOverride", QStringLiteral("250"));
        enter("reconnectLimit", QStringLiteral("3"));
        auto *policy = child<QComboBox>("reconnectPolicy");
        policy->setCurrentIndex(1);
        Q_EMIT policy->activated(1);
        const Reconnection rules = last<intent::SetReconnection>().policy;
        QCOMPARE(rules.overrideTime, std::optional(Milliseconds(250)));
        QCOMPARE(rules.maxAttempts, std::optional<std::uint32_t>(3));
        QCOMPARE(rules.backoff, Backoff::Exponential);
        QVERIFY(rules.enabled && rules.webSocket && rules.initial == Milliseconds(77));
        policy->setCurrentIndex(2);
        Q_EMIT policy->activated(2);
        QVERIFY(!last<intent::SetReconnection>().policy.enabled);
    }

    void aZeroIsARule()
    {
        enter("retryOverride", QStringLiteral("0"));
        QCOMPARE(last<intent::SetReconnection>().policy.overrideTime, std::optional(Milliseconds(0)));
        enter("reconnectLimit", QStringLiteral("0"));
        QCOMPARE(last<intent::SetReconnection>().policy.maxAttempts, std::optional<std::uint32_t>(0));
    }

    void showingRulesIsNoIntent()
    {
        m_stream.rules.dropAfter = 4;
        m_stream.rules.overrideTime = Milliseconds(10);
        m_stream.idle = Milliseconds(9000);
        m_controls->showStream(m_stream);
        QCOMPARE(child<QSpinBox>("dropAfter")->value(), 4);
        QCOMPARE(child<QSpinBox>("watchdog")->value(), 9);
        QVERIFY(m_intents.empty());
    }

    void theWatchdog()
    {
        enter("watchdog", QStringLiteral("7"));
        QCOMPARE(last<intent::SetIdleTimeout>().time, std::optional(Milliseconds(7000)));
        enter("watchdog", QStringLiteral("0"));
        QVERIFY(!last<intent::SetIdleTimeout>().time);
    }

    void ids()
    {
        m_stream.idInForce = QStringLiteral("5120");
        m_controls->showStream(m_stream);
        auto *id = child<QLineEdit>("lastEventId");
        QVERIFY(id->placeholderText().contains(QStringLiteral("5120")));
        QTest::keyClicks(id, QStringLiteral("17"));
        click("setId");
        QCOMPARE(last<intent::SetLastEventId>().id, std::string("17"));
        click("resumeFromId");
        QCOMPARE(last<intent::ResumeFrom>().id, std::string("17"));
        click("clearId");
        QCOMPARE(last<intent::SetLastEventId>().id, std::string());
        m_stream.isWebSocket = true;
        m_controls->showStream(m_stream);
        QVERIFY(!id->isVisible());
    }

private:
    std::unique_ptr<test::WindowBeside> m_beside;
    std::unique_ptr<ReconnectControls> m_controls;
    ReconnectControls::Stream m_stream;
    std::vector<Intent> m_intents;
};

PUSHSCOPE_TEST(ReconnectControlsTest)
#include "reconnectcontrolstest.moc"
