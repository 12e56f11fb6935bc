#pragma once

#include <QLabel>
#include <QString>

namespace pushscope {

/// The only kind of label in the window: its text is never read as HTML. A `role` ("muted", "heading", "bad", "warn",
/// "good") gives it its look.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    explicit PlainLabel(QWidget *parent = nullptr);
    explicit PlainLabel(const QString &text, QWidget *parent = nullptr, const char *role = nullptr);

    void setRole(const char *role);
};

/// For a name beside what needs the room more: the text's beginning and end, all of it in the tool tip.
void showShortened(PlainLabel &label, const QString &text);
/// A button's text of which no "&" makes a shortcut.
[[nodiscard]] QString plainButtonText(QString text);
/// A tool tip that shows its text as it is.
[[nodiscard]] QString plainToolTip(const QString &text);

} // namespace pushscope
