#include "ui/panes/findbar.h"

#include "ui/frameticker.h"
#include "ui/models/recordtablemodel.h"
#include "ui/panes/recordview.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

namespace pushscope {

FindBar::FindBar(std::shared_ptr<const Capture> capture, RecordTableModel *model, RecordView *view, QWidget *parent)
    : QFrame(parent), m_capture(std::move(capture)), m_model(model), m_view(view), m_text(new QLineEdit(this)),
      m_said(new PlainLabel(QString(), this, "muted"))
{
    setObjectName(QStringLiteral("findBar"));
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setAccessibleName(words("Find in the rows shown"));
    m_text->setPlaceholderText(words("Find in the rows shown"));
    m_text->setFont(monospace(this));
    m_said->setObjectName(QStringLiteral("findSaid"));
    auto *previous = new QPushButton(words("Previous"), this);
    previous->setObjectName(QStringLiteral("findPrevious"));
    auto *next = new QPushButton(words("Next"), this);
    next->setObjectName(QStringLiteral("findNext"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 7);
    row->setSpacing(7);
    row->addWidget(m_text, 1);
    row->addWidget(m_said);
    row->addWidget(previous);
    row->addWidget(next);
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &FindBar::searchOn);
    connect(m_text, &QLineEdit::textEdited, this, [this] { search(0); });
    connect(m_text, &QLineEdit::returnPressed, this, [this] { search(1); });
    connect(next, &QPushButton::clicked, this, [this] { search(1); });
    connect(previous, &QPushButton::clicked, this, [this] { search(-1); });
    hide();
}

void FindBar::open()
{
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::close()
{
    m_slices.stop();
    hide();
    m_view->setFocus(Qt::OtherFocusReason);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void FindBar::search(int step)
{
    m_slices.stop();
    m_said->clear();
    m_filter = Filter();
    m_filter.text = m_text->text().toStdString();
    const int rows = m_model->rowCount();
    if (m_filter.text.empty() || rows == 0)
        return;
    const Seq current = m_view->currentSeq();
    m_row = (current.isValid() ? m_model->nearestRow(current) : m_view->firstVisibleRow()) + step;
    m_step = step < 0 ? -1 : 1;
    m_left = rows;
    m_slices.start();
}

void FindBar::searchOn()
{
    SliceTimer timer;
    const int rows = m_model->rowCount();
    for (; m_left > 0; --m_left, m_row += m_step) {
        m_row = (m_row + rows) % rows; // around the end
        if (matches(m_filter, *m_capture, m_model->seqAt(m_row))) {
            m_slices.stop();
            m_view->selectSeq(m_model->seqAt(m_row));
            return;
        }
        if (timer.isOver())
            return;
    }
    m_slices.stop();
    m_said->setText(words("Not found"));
}

} // namespace pushscope
