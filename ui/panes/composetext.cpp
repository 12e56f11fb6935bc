#include "ui/panes/composetext.h"

#include "core/base/jsondocument.h"
#include "ui/text/plaintext.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace pushscope {

ComposeText::ComposeText(QWidget *parent) : QPlainTextEdit(parent)
{
    setFont(monospace(this));
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, &ComposeText::fitHeight);
    fitHeight();
}

void ComposeText::fitHeight()
{
    const int lines = qBound(1, document()->blockCount(), 6);
    setFixedHeight(lines * QFontMetrics(font()).lineSpacing() + 20);
}

void ComposeText::markPlace(qsizetype place)
{
    auto marks = extraSelections();
    marks.resize(1);
    auto &mark = marks.front();
    mark.cursor = QTextCursor(document());
    if (place >= 0 && place < document()->characterCount() - 1) {
        mark.cursor.setPosition(int(place));
        mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        mark.format.setForeground(colorsOf(this).base);
        mark.format.setBackground(colorsOf(this).failed);
    }
    setExtraSelections(marks);
}

void ComposeText::formatJson()
{
    const QByteArray utf8 = toPlainText().toUtf8();
    if (const auto document = JsonDocument::parse(Bytes(utf8.constData(), std::size_t(utf8.size()))))
        setPlainText(decodedText(document->indented()));
}

void ComposeText::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const int line = textCursor().blockNumber();
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier))
        Q_EMIT sendRequested();
    else if (event->key() == Qt::Key_Up && line == 0 && event->modifiers() == Qt::NoModifier)
        Q_EMIT recallRequested(-1);
    else if (event->key() == Qt::Key_Down && line == document()->blockCount() - 1 &&
             event->modifiers() == Qt::NoModifier)
        Q_EMIT recallRequested(1);
    else
        QPlainTextEdit::keyPressEvent(event);
}

} // namespace pushscope
