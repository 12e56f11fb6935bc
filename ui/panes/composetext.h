#pragma once

#include <QPlainTextEdit>

namespace pushscope {

/// Where a message is written: as high as its lines, up to six. Ctrl+Enter sends; Up in the first line and Down in the
/// last ask for what was sent before.
class ComposeText : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ComposeText(QWidget *parent = nullptr);

    /// Shows where something is wrong; -1: nowhere.
    void markPlace(qsizetype place);
    /// Indents what it says, if that is JSON.
    void formatJson();

Q_SIGNALS:
    void sendRequested();
    void recallRequested(int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fitHeight();
};

} // namespace pushscope
