#pragma once

#include "core/insight/assembled.h"

#include <QWidget>

#include <vector>

namespace pushscope {

/// Tokens (or deltas) a second over a response's time, as bars; the time before the first one is hatched.
class RatePlot : public QWidget
{
    Q_OBJECT
public:
    explicit RatePlot(QWidget *parent = nullptr);

    void setResponse(const AssembledResponse *response);
    [[nodiscard]] QSize sizeHint() const override { return {260, 110}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 64}; }
    /// What the highest bar stands for, a second.
    [[nodiscard]] double highest() const { return m_highest; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<double> m_rates; ///< a second, one for each bar
    double m_highest = 0;
    double m_seconds = 0;    ///< that the bars span
    double m_firstToken = 0; ///< seconds from the beginning
    bool m_areTokens = false;
};

} // namespace pushscope
