#pragma once

#include "core/capture/filter.h"

#include <QFrame>
#include <QTimer>

class QLineEdit;

namespace pushscope {

class PlainLabel;
class RecordTableModel;
class RecordView;

/// Ctrl+F: jumps through the rows that the table shows to those whose payload has a text, as it is typed. Looks in
/// slices between frames.
class FindBar : public QFrame
{
    Q_OBJECT
public:
    FindBar(std::shared_ptr<const Capture> capture, RecordTableModel *model, RecordView *view,
            QWidget *parent = nullptr);

    void open();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// `step` 1 or -1 to go on, 0 to look from the current row on.
    void search(int step);
    void searchOn();
    void close();

    std::shared_ptr<const Capture> m_capture;
    RecordTableModel *m_model;
    RecordView *m_view;
    QLineEdit *m_text;
    PlainLabel *m_said;
    QTimer m_slices;
    Filter m_filter;
    int m_row = 0;
    int m_step = 1;
    int m_left = 0; ///< rows still to look at
};

} // namespace pushscope
