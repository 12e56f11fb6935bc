#pragma once

#include "core/base/target.h"

#include <QWidget>

#include <vector>

namespace pushscope {

/// A target that was connected to before, without its secrets.
struct RecentTarget
{
    Target target;
    qint64 lastUsed = 0; ///< seconds since 1970
};

/// The targets of earlier times, newest first. Compact in the sidebar, with address, transport and age on the welcome
/// page.
class RecentList : public QWidget
{
    Q_OBJECT
public:
    enum class Look { Sidebar, Welcome };
    explicit RecentList(Look look, QWidget *parent = nullptr);

    void setTargets(const std::vector<RecentTarget> &targets);
    [[nodiscard]] int count() const { return int(m_targets.size()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const pushscope::Target &target);
    void forgotten(const pushscope::Target &target);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int rowAt(const QPoint &point) const;
    void setCurrent(int row);
    void paintRow(QPainter &painter, int row, const QRect &area);

    Look m_look;
    std::vector<RecentTarget> m_targets;
    int m_current = -1;
};

} // namespace pushscope
