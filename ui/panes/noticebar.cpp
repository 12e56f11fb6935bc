#include "ui/panes/noticebar.h"

#include "ui/text/plainlabel.h"
#include "ui/text/words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

#include <utility>

namespace pushscope {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent), m_text(new PlainLabel(this)), m_accept(new QPushButton(this)),
      m_undo(new QAction(words("Undo"), this))
{
    setObjectName(QStringLiteral("noticeBar"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_accept->setObjectName(QStringLiteral("noticeAccept"));
    m_accept->setProperty("link", true);
    m_undo->setObjectName(QStringLiteral("undo"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_undo->setEnabled(false);
    auto *dismiss = new QPushButton(words("Dismiss"), this);
    dismiss->setObjectName(QStringLiteral("noticeDismiss"));
    dismiss->setProperty("link", true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 14, 6);
    row->setSpacing(14);
    row->addWidget(m_text, 1);
    row->addWidget(m_accept);
    row->addWidget(dismiss);
    m_moment.setSingleShot(true);
    connect(&m_moment, &QTimer::timeout, this, [this] { finish(false); });
    connect(m_undo, &QAction::triggered, this, [this] { finish(true); });
    connect(m_accept, &QPushButton::clicked, this, [this] { finish(true); });
    connect(dismiss, &QPushButton::clicked, this, [this] { finish(false); });
    hide();
}

int NoticeBar::tell(Kind kind, const QString &text, const Offer &offer)
{
    finish(false);
    setProperty("kind", QByteArray(kind == Kind::Bad ? "bad" : "note"));
    for (QWidget *widget : {static_cast<QWidget *>(this), static_cast<QWidget *>(m_text)}) {
        style()->unpolish(widget);
        style()->polish(widget);
    }
    m_text->setText(text);
    m_accept->setText(offer.text);
    m_accept->setVisible(!offer.text.isEmpty());
    m_onAccept = offer.accept;
    show();
    return ++m_notice;
}

void NoticeBar::offerUndo(const QString &text, const QString &undoText, std::function<void()> undo,
                          std::function<void()> lapse)
{
    tell(Kind::Note, text, {undoText, std::move(undo)});
    m_onLapse = std::move(lapse);
    m_moment.start(UndoMoment);
    m_undo->setEnabled(true);
}

void NoticeBar::clear()
{
    finish(false);
}

void NoticeBar::clear(int notice)
{
    if (notice == m_notice)
        finish(false);
}

void NoticeBar::finish(bool accepted)
{
    m_moment.stop();
    m_undo->setEnabled(false);
    hide();
    // Taken out first: what is called may tell the next notice.
    const auto onAccept = std::exchange(m_onAccept, {});
    const auto onLapse = std::exchange(m_onLapse, {});
    if (accepted && onAccept)
        onAccept();
    else if (!accepted && onLapse)
        onLapse();
}

} // namespace pushscope
