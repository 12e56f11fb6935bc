#include "ui/panes/assembledtext.h"

#include "ui/frameticker.h"
#include "ui/text/describeassembly.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace pushscope {

AssembledText::AssembledText(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("assembledText"));
    setAccessibleName(words("Assembled text"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setProperty("flat", true);
    setUndoRedoEnabled(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // The paragraph is ours: no letter of the stream turns it around.
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    document()->setDefaultTextOption(option);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &AssembledText::pickAtCaret);
    connect(verticalScrollBar(), &QScrollBar::sliderMoved, this, &AssembledText::followIfAtEnd);
}

void AssembledText::setTexts(const Assembler *texts)
{
    const QScopedValueRollback writing(m_isWriting, true);
    m_texts = texts;
    m_parts.clear();
    m_spans.clear();
    m_headed = 0;
    m_marked = {};
    m_isFollowing = true;
    setExtraSelections({});
    clear();
}

bool AssembledText::advance(SliceTimer &timer)
{
    if (!m_texts || (m_spans.size() == m_texts->spans().size() && m_parts.size() == m_texts->parts().size()))
        return false;
    const QScopedValueRollback writing(m_isWriting, true);
    // What goes to the same part is written together: each time it is written to, a paragraph is laid out anew.
    QString text;
    std::uint32_t part = 0;
    while (m_spans.size() < m_texts->spans().size() && !timer.isOver()) {
        const AssembledSpan &span = m_texts->spans()[m_spans.size()];
        if (span.part != part) {
            write(part, text);
            text.clear();
            part = span.part;
        }
        while (m_parts.size() <= part)
            addPart(m_parts.size());
        text += addSpan(span);
    }
    write(part, text);
    const bool isDone = m_spans.size() == m_texts->spans().size();
    while (isDone && m_parts.size() < m_texts->parts().size()) // a tool call without arguments
        addPart(m_parts.size());
    if (m_isFollowing)
        scrollToEnd();
    return !isDone;
}

void AssembledText::addPart(std::size_t index)
{
    const AssembledPart &part = m_texts->parts()[index];
    if (m_headed > part.response)
        addLine(); // a response's first part stands right below its heading
    for (; m_headed <= part.response; ++m_headed)
        addHeading(describeResponse(m_texts->responses()[m_headed], m_headed + 1), true);
    addHeading(describePart(part), false);
    PartView &view = m_parts.emplace_back();
    view.begin = QTextCursor(document());
    view.begin.movePosition(QTextCursor::End);
    view.begin.insertBlock();
    view.begin.setKeepPositionOnInsert(true);
    view.end = view.begin;
    view.end.setKeepPositionOnInsert(true);
}

void AssembledText::addLine()
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertBlock();
}

void AssembledText::addHeading(const QString &text, bool isResponse)
{
    const Colors &colors = colorsOf(this);
    if (!document()->isEmpty())
        addLine();
    if (isResponse && !m_parts.empty())
        addLine();
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    QTextCharFormat format;
    format.setForeground(isResponse ? colors.accent : colors.faint);
    format.setFont(scaled(font(), 0, true));
    cursor.insertText(text, format);
}

QString AssembledText::addSpan(const AssembledSpan &span)
{
    PartView &view = m_parts[span.part];
    QString text = visibleText(ByteView(m_texts->parts()[span.part].text).substr(span.begin, span.end - span.begin));
    if (view.inLine > LongestLine)
        text.prepend(u'\n');
    const auto length = std::uint32_t(text.size());
    const qsizetype lastBreak = text.lastIndexOf(u'\n');
    view.inLine = lastBreak < 0 ? view.inLine + length : std::uint32_t(text.size() - lastBreak - 1);
    m_spans.push_back({view.length, view.length + length});
    view.length += length;
    return text;
}

void AssembledText::write(std::uint32_t part, const QString &text)
{
    if (text.isEmpty())
        return;
    QTextCursor cursor(document());
    cursor.setPosition(m_parts[part].end.position());
    cursor.insertText(text, formatOf(m_texts->parts()[part].kind));
    m_parts[part].end.setPosition(cursor.position());
}

QTextCharFormat AssembledText::formatOf(SpanKind kind) const
{
    const Colors &colors = colorsOf(this);
    QTextCharFormat format;
    format.setFont(font());
    format.setForeground(colors.text);
    switch (kind) {
    case SpanKind::Text: break;
    case SpanKind::Reasoning:
        format.setFontItalic(true);
        format.setForeground(colors.muted);
        break;
    case SpanKind::ToolCall:
        format.setFont(monospace(this));
        format.setForeground(colors.outgoing);
        break;
    case SpanKind::Refusal: format.setForeground(colors.waiting); break;
    case SpanKind::Error: format.setForeground(colors.failed); break;
    }
    return format;
}

void AssembledText::markEvent(Seq seq)
{
    // What is not written yet is looked for again.
    if (!m_texts || (seq == m_marked && (!extraSelections().isEmpty() || m_texts->spanOf(seq) >= m_spans.size())))
        return;
    const std::size_t before = currentResponse();
    m_marked = seq;
    auto marks = extraSelections();
    marks.clear();
    for (std::size_t i = m_texts->spanOf(seq); i < m_spans.size() && m_texts->spans()[i].seq == seq; ++i) {
        auto &mark = marks.emplaceBack();
        mark.cursor = QTextCursor(document());
        const int begin = m_parts[m_texts->spans()[i].part].begin.position();
        mark.cursor.setPosition(begin + int(m_spans[i].begin));
        mark.cursor.setPosition(begin + int(m_spans[i].end), QTextCursor::KeepAnchor);
        mark.format.setBackground(colorsOf(this).soft);
        mark.format.setFontUnderline(true);
    }
    setExtraSelections(marks);
    if (!marks.isEmpty() && !m_isWriting) {
        const QScopedValueRollback writing(m_isWriting, true);
        QTextCursor caret = marks.front().cursor;
        caret.clearSelection();
        m_isFollowing = false;
        setTextCursor(caret);
    }
    if (currentResponse() != before)
        Q_EMIT currentResponseChanged();
}

std::size_t AssembledText::currentResponse() const
{
    if (!m_texts || m_texts->responses().empty())
        return 0;
    const std::size_t marked = m_marked.isValid() ? m_texts->spanOf(m_marked) : m_texts->spans().size();
    if (marked < m_texts->spans().size())
        return m_texts->parts()[m_texts->spans()[marked].part].response;
    return m_texts->responses().size() - 1;
}

/// The caret stands before a letter: the span of that letter is picked, or of the one before it at a text's end.
void AssembledText::pickAtCaret()
{
    if (m_isWriting || !m_texts || textCursor().hasSelection())
        return;
    const std::size_t span = spanAt(textCursor().position());
    if (span == m_spans.size() || m_texts->spans()[span].seq == m_marked)
        return;
    m_isFollowing = false;
    const QScopedValueRollback writing(m_isWriting, true);
    markEvent(m_texts->spans()[span].seq);
    Q_EMIT eventPicked(m_marked);
}

std::size_t AssembledText::spanAt(int position) const
{
    const auto part = std::ranges::find_if(m_parts, [position](const PartView &view) {
        return position >= view.begin.position() && position <= view.end.position();
    });
    if (part == m_parts.end() || part->length == 0)
        return m_spans.size();
    const auto letter = std::min(std::uint32_t(position - part->begin.position()), part->length - 1);
    const auto index = std::uint32_t(part - m_parts.begin());
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        if (m_texts->spans()[i].part == index && letter < m_spans[i].end)
            return i;
    }
    return m_spans.size();
}

void AssembledText::scrollToEnd()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void AssembledText::followIfAtEnd()
{
    m_isFollowing = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
}

void AssembledText::wheelEvent(QWheelEvent *event)
{
    QPlainTextEdit::wheelEvent(event);
    followIfAtEnd();
}

void AssembledText::keyPressEvent(QKeyEvent *event)
{
    QPlainTextEdit::keyPressEvent(event);
    if (event->matches(QKeySequence::MoveToEndOfDocument))
        m_isFollowing = true;
    else if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)
        followIfAtEnd();
}

void AssembledText::mousePressEvent(QMouseEvent *event)
{
    // A click at the place where the caret stands already picks too.
    const int before = textCursor().position();
    QPlainTextEdit::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && textCursor().position() == before)
        pickAtCaret();
}

} // namespace pushscope
