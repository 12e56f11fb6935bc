#pragma once

#include "core/base/ids.h"
#include "core/insight/assembler.h"

#include <QPlainTextEdit>
#include <QTextCursor>

#include <vector>

namespace pushscope {

class SliceTimer;

/// The texts of language models as they grow: a heading for each response and part, beneath it what the deltas brought.
/// Each delta knows its event: a click or the caret picks it, and an event's deltas can be marked.
class AssembledText : public QPlainTextEdit
{
    Q_OBJECT
public:
    /// A line of more letters goes on in the next one: a paragraph is laid out anew with each delta.
    static constexpr std::uint32_t LongestLine = 4000;

    explicit AssembledText(QWidget *parent = nullptr);

    /// Shows other texts, or these anew in other colours. They live as long as they are shown.
    void setTexts(const Assembler *texts);
    /// Takes over what was added since then, until the time is over; returns whether there is more.
    bool advance(SliceTimer &timer);
    /// Marks what an event added and scrolls there; an invalid one marks nothing.
    void markEvent(Seq seq);
    /// The response that the caret or the mark is in; the last one while the text is followed.
    [[nodiscard]] std::size_t currentResponse() const;
    /// The newest stays in sight until the user looks elsewhere.
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }

Q_SIGNALS:
    void eventPicked(pushscope::Seq seq);
    void currentResponseChanged();

protected:
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    struct PartView
    {
        QTextCursor begin, end;   ///< of its text; what is inserted there does not move them by itself
        std::uint32_t length = 0; ///< letters shown
        std::uint32_t inLine = 0; ///< letters since the last line break
    };
    struct SpanView
    {
        std::uint32_t begin = 0, end = 0; ///< letters in the part
    };

    void addPart(std::size_t index);
    void addLine();
    void addHeading(const QString &text, bool isResponse);
    /// Notes where a span will stand; returns its letters.
    [[nodiscard]] QString addSpan(const AssembledSpan &span);
    void write(std::uint32_t part, const QString &text);
    void pickAtCaret();
    void followIfAtEnd();
    void scrollToEnd();
    [[nodiscard]] std::size_t spanAt(int position) const;
    [[nodiscard]] QTextCharFormat formatOf(SpanKind kind) const;

    const Assembler *m_texts = nullptr;
    std::vector<PartView> m_parts;
    std::vector<SpanView> m_spans;
    std::size_t m_headed = 0; ///< responses that have a heading
    Seq m_marked;
    bool m_isFollowing = true;
    bool m_isWriting = false; ///< the caret moves without the user
};

} // namespace pushscope
