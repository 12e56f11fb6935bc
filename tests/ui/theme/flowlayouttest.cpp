#include "ui/theme/flowlayout.h"

#include "tests/support/testmain.h"

#include <QTest>
#include <QWidget>

using namespace pushscope;

class FlowLayoutTest : public QObject
{
    Q_OBJECT

    /// Of a fixed size, unless it expands.
    QWidget *add(const QSize &size, bool expands = false)
    {
        auto *widget = new QWidget(m_box.get());
        widget->setMinimumSize(size);
        if (!expands)
            widget->setMaximumSize(size);
        widget->setSizePolicy(expands ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_flow->addWidget(widget);
        return widget;
    }

private Q_SLOTS:
    void init()
    {
        m_box = std::make_unique<QWidget>();
        m_flow = new FlowLayout(m_box.get());
        m_flow->setContentsMargins(10, 5, 10, 5);
        m_flow->setSpacing(7);
    }

    void goesOnInAFurtherRow()
    {
        const QWidget *first = add({100, 20});
        const QWidget *second = add({100, 30});
        const QWidget *third = add({100, 20});
        QCOMPARE(m_flow->heightForWidth(334), 40);
        QCOMPARE(m_flow->heightForWidth(333), 5 + 30 + 7 + 20 + 5);
        QCOMPARE(m_flow->heightForWidth(50), 5 + 20 + 7 + 30 + 7 + 20 + 5); // the narrowest: one in each row
        QCOMPARE(m_flow->sizeHint(), QSize(334, 40));
        QCOMPARE(m_flow->minimumSize(), QSize(120, 40));
        m_flow->setGeometry({0, 0, 300, 100});
        QCOMPARE(first->geometry(), QRect(10, 10, 100, 20)); // in the middle of its row
        QCOMPARE(second->geometry(), QRect(117, 5, 100, 30));
        QCOMPARE(third->geometry(), QRect(10, 42, 100, 20));
    }

    void whatExpandsTakesTheRest()
    {
        add({100, 20});
        const QWidget *wide = add({50, 20}, true);
        m_flow->setGeometry({0, 0, 500, 30});
        QCOMPARE(wide->geometry(), QRect(117, 5, 373, 20));
        m_flow->setGeometry({0, 0, 150, 60});
        QCOMPARE(wide->geometry(), QRect(10, 32, 130, 20));
    }

    void whatIsHiddenTakesNoRoom()
    {
        add({100, 20})->hide();
        const QWidget *shown = add({100, 20});
        QCOMPARE(m_flow->sizeHint(), QSize(120, 30));
        m_flow->setGeometry({0, 0, 300, 30});
        QCOMPARE(shown->x(), 10);
    }

private:
    std::unique_ptr<QWidget> m_box;
    FlowLayout *m_flow = nullptr;
};

PUSHSCOPE_TEST(FlowLayoutTest)
#include "flowlayouttest.moc"
