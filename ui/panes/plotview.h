#pragma once

#include "core/base/ids.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace pushscope {

/// What a plot shows: bars over an axis.
struct Plot
{
    struct Bar
    {
        double left = 0, right = 0; ///< of the axis, 0 to 1
        double low = 0, high = 0;
        std::optional<double> middle; ///< marked by a dot
        Seq record;                   ///< that a click picks
    };
    QString title;
    QString nothing;                               ///< said where there are no bars
    std::vector<Bar> bars;                         ///< from left to right
    std::vector<std::pair<double, QString>> ticks; ///< of the axis: where, and what they say
    double top = 0;                                ///< of the scale; 0: as high as the bars
    std::function<QString(double)> scaleText;      ///< a value with its unit; empty: the scale leaves it out
    std::function<QString(std::size_t)> hint;      ///< what a bar stands for
};

/// Bars over an axis. Hovering names the bar, a click picks its record; so do arrow keys and Enter.
class PlotView : public QWidget
{
    Q_OBJECT
public:
    explicit PlotView(const char *name, QWidget *parent = nullptr);

    void setPlot(Plot plot);
    [[nodiscard]] const Plot &plot() const { return m_plot; }
    /// -1: none.
    [[nodiscard]] int barAt(const QPoint &point) const;
    /// Where a bar is painted.
    [[nodiscard]] QRectF areaOf(int bar) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QRectF field() const;
    [[nodiscard]] double top() const;
    void paintScale(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintBars(QPainter &painter) const;
    void paintTitle(QPainter &painter) const;
    void light(int bar);

    Plot m_plot;
    int m_lit = -1;
};

} // namespace pushscope
