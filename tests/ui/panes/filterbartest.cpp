#include "ui/panes/filterbar.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/namedchild.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace pushscope;

class FilterBarTest : public QObject
{
    Q_OBJECT

    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return test::namedChild<Widget>(*m_bar, name);
    }
    void show(int width)
    {
        m_bar->resize(width, m_bar->sizeHint().height());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }

private Q_SLOTS:
    void init()
    {
        m_bar = std::make_unique<FilterBar>();
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
    }

    void aLongNameGivesWay()
    {
        m_bar->setStream(SessionId(1), QStringLiteral("events?drop=7&retry=70"), {});
        m_bar->setCount(571'000, 1'142'567, 1'142'567);
        const auto *stream = child<QPushButton>("layerStream");
        const auto *count = child<QLabel>("filterCount");
        show(1200);
        QCOMPARE(stream->text(), QStringLiteral("Only events?drop=7&&retry=70"));
        // What a window of 1000 leaves beside the streams.
        show(790);
        QCOMPARE(m_bar->width(), 790);
        QVERIFY2(stream->text().contains(u'\u2026') && stream->text().startsWith(QStringLiteral("Only ev")),
                 qPrintable(stream->text()));
        QVERIFY(stream->width() >= stream->sizeHint().width());
        QVERIFY(count->width() >= count->sizeHint().width());
        QVERIFY(stream->geometry().right() < count->x() && m_bar->rect().contains(count->geometry()));
        // More digits take more from it.
        const auto before = stream->text().size();
        m_bar->setCount(10'000'000, 10'000'000, 10'000'000);
        QVERIFY(stream->text().size() < before);
        show(1200);
        QCOMPARE(stream->text(), QStringLiteral("Only events?drop=7&&retry=70"));
    }

    void typingFilters()
    {
        QSignalSpy changed(m_bar.get(), &FilterBar::filterChanged);
        QTest::keyClicks(child<QLineEdit>("filter"), QStringLiteral("kind:event price"));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(m_bar->filter().kinds, std::set<std::string>{"event"});
        child<QLineEdit>("filter")->selectAll();
        QTest::keyClicks(child<QLineEdit>("filter"), QStringLiteral("kind:nonsense"));
        QTest::keyClick(child<QLineEdit>("filter"), Qt::Key_Return);
        QVERIFY(child<QLineEdit>("filter")->property("invalid").toBool());
        QVERIFY(child<QLineEdit>("filter")->toolTip().contains(QStringLiteral("nonsense")));
    }

    void chipsFilter()
    {
        m_bar->setStream(SessionId(3), QStringLiteral("feed"), {});
        QVERIFY(!m_bar->filter().session);
        QTest::mouseClick(child<QPushButton>("layerStream"), Qt::LeftButton);
        QVERIFY(m_bar->filter().session == SessionId(3));
        QVERIFY(!m_bar->filter().layers[std::size_t(Layer::Frames)]);
        QTest::mouseClick(child<QPushButton>("layerFrames"), Qt::LeftButton);
        QVERIFY(m_bar->filter().layers[std::size_t(Layer::Frames)]);
        m_bar->setStream(SessionId(), {}, {});
        QVERIFY(!child<QPushButton>("layerStream")->isVisible());
        QVERIFY(!m_bar->filter().session);
    }

private:
    std::unique_ptr<FilterBar> m_bar;
};

PUSHSCOPE_TEST(FilterBarTest)
#include "filterbartest.moc"
