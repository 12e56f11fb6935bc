#include "ui/panes/companionoutcome.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace pushscope;

class CompanionOutcomeTest : public QObject
{
    Q_OBJECT

    Seq beside(RecordKind kind, const std::string &bytes, Direction direction = Direction::In)
    {
        m_builder->connection = 2;
        const Seq seq = m_builder->whole(kind, bytes, direction, RecordFlag::Companion);
        m_builder->connection = 1;
        return seq;
    }
    Seq event(const std::string &id)
    {
        m_builder->time += 3'000'000;
        return m_builder->whole(RecordKind::SseEvent, "id: " + id + "\ndata\n\n", Direction::In, RecordFlag::IdSet);
    }
    /// What a click on it leads to.
    [[nodiscard]] Seq clicked()
    {
        QSignalSpy picked(m_outcome.get(), &CompanionOutcome::recordPicked);
        QTest::mouseClick(m_outcome.get(), Qt::LeftButton);
        return picked.isEmpty() ? Seq() : picked[0][0].value<Seq>();
    }
    [[nodiscard]] static PairingRule byAnswersId()
    {
        return {PairingRule::Side::Answer, *JsonPointer::parse("/id"), std::nullopt};
    }

private Q_SLOTS:
    void init()
    {
        m_builder = std::make_unique<test::CaptureBuilder>();
        m_outcome = std::make_unique<CompanionOutcome>(m_builder->capture);
        m_outcome->setSession(SessionId(1));
        m_outcome->setRule(byAnswersId());
    }

    void tellsEachStepAsItComes()
    {
        m_outcome->advance();
        QVERIFY(!m_outcome->isVisible());
        const Seq request = beside(RecordKind::HttpRequest, "POST /publish HTTP/1.1\r\n\r\n", Direction::Out);
        m_outcome->advance();
        QVERIFY(m_outcome->isVisible());
        QCOMPARE(m_outcome->text(), QStringLiteral("POST /publish HTTP/1.1 #%1").arg(request.value));
        QCOMPARE(clicked(), request);
        const Seq answer = beside(RecordKind::HttpResponse, "HTTP/1.1 202 Accepted\r\n\r\n");
        beside(RecordKind::HttpBody, "{\"id\":7}");
        event("6");
        m_outcome->advance();
        QVERIFY2(m_outcome->text().endsWith(QStringLiteral("no message has the id 7 yet")),
                 qPrintable(m_outcome->text()));
        QCOMPARE(clicked(), answer);
        const Seq message = event("7");
        m_outcome->advance();
        QVERIFY2(m_outcome->text().endsWith(QStringLiteral("answered by #%1, id 7, after 6.0 ms").arg(message.value)),
                 qPrintable(m_outcome->text()));
        QCOMPARE(clicked(), message);
    }

    void theNewestRequestIsTold()
    {
        beside(RecordKind::HttpRequest, "POST /one HTTP/1.1\r\n\r\n", Direction::Out);
        const Seq second = beside(RecordKind::HttpRequest, "POST /two HTTP/1.1\r\n\r\n", Direction::Out);
        m_outcome->advance();
        QVERIFY(m_outcome->text().startsWith(QStringLiteral("POST /two ")));
        QCOMPARE(clicked(), second);
    }

    void withoutARuleNothingIsPaired()
    {
        beside(RecordKind::HttpRequest, "POST /publish HTTP/1.1\r\n\r\n", Direction::Out);
        const Seq answer = beside(RecordKind::HttpResponse, "HTTP/1.1 202 Accepted\r\n\r\n");
        beside(RecordKind::HttpBody, "{\"id\":7}");
        event("7");
        m_outcome->setRule(std::nullopt);
        m_outcome->advance();
        QVERIFY2(m_outcome->text().endsWith(QStringLiteral("202 Accepted")), qPrintable(m_outcome->text()));
        QCOMPARE(clicked(), answer);
        m_outcome->setRule(byAnswersId());
        QVERIFY(!m_outcome->isVisible()); // it reads anew
        m_outcome->advance();
        QVERIFY(m_outcome->text().contains(QStringLiteral("answered by")));
    }

    void anotherSessionHasNothingOfIt()
    {
        beside(RecordKind::HttpRequest, "POST /publish HTTP/1.1\r\n\r\n", Direction::Out);
        m_outcome->advance();
        QVERIFY(m_outcome->isVisible());
        m_outcome->setSession(SessionId(2));
        m_outcome->advance();
        QVERIFY(!m_outcome->isVisible());
    }

    void aLongRequestLeavesRoomForItsAnswer()
    {
        const std::string path = "/messages?session=" + std::string(300, 'x') + "end";
        beside(RecordKind::HttpRequest, "POST " + path + " HTTP/1.1\r\n\r\n", Direction::Out);
        beside(RecordKind::HttpResponse, "HTTP/1.1 202 Accepted\r\n\r\n");
        beside(RecordKind::HttpBody, "{\"id\":7}");
        event("7");
        m_outcome->advance();
        QVERIFY2(m_outcome->sizeHint().width() < 740, qPrintable(m_outcome->text()));
        QVERIFY(m_outcome->text().contains(QStringLiteral("answered by")));
        QVERIFY(m_outcome->toolTip().contains(QString::fromStdString(path)));
    }

    void networkTextIsNoShortcut()
    {
        beside(RecordKind::HttpRequest, "POST /a?b=1&c=2 HTTP/1.1\r\n\r\n", Direction::Out);
        m_outcome->advance();
        QVERIFY(m_outcome->text().contains(QStringLiteral("b=1&&c=2")));
        QVERIFY(m_outcome->shortcut().isEmpty());
    }

private:
    std::unique_ptr<test::CaptureBuilder> m_builder;
    std::unique_ptr<CompanionOutcome> m_outcome;
};

PUSHSCOPE_TEST(CompanionOutcomeTest)
#include "companionoutcometest.moc"
