#include "ui/panes/rateplot.h"

#include "ui/text/describeassembly.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace pushscope {

namespace {

QString number(double value)
{
    return QString::number(value, 'f', value < 10 ? 1 : 0);
}

} // namespace

RatePlot::RatePlot(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("ratePlot"));
    setAccessibleName(words("Tokens a second over time"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void RatePlot::setResponse(const AssembledResponse *response)
{
    m_rates.clear();
    m_highest = m_seconds = m_firstToken = 0;
    if (response) {
        const double width = double(response->rate.width()) / 1e9;
        m_areTokens = tokensInDelta(*response).has_value();
        for (const std::uint32_t count : response->rate.counts())
            m_rates.push_back(count * tokensInDelta(*response).value_or(1) / width);
        m_highest = m_rates.empty() ? 0 : *std::ranges::max_element(m_rates);
        m_seconds = width * double(m_rates.size());
        m_firstToken = double(response->firstTokenAt.value_or(response->beganAt()) - response->beganAt()) / 1e9;
    }
    const auto average = response ? rateOf(*response) : std::nullopt;
    setAccessibleDescription(average ? words("at most %1, %2 on average").arg(number(m_highest), number(*average))
                                     : words("nothing yet"));
    update();
}

void RatePlot::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(this);
    painter.setFont(scaled(font(), -1));
    const int line = painter.fontMetrics().height();
    const QRect area = rect().adjusted(0, line + 2, -1, -line - 2);
    painter.setPen(colors.muted);
    const QRect above(0, 0, width(), line);
    painter.drawText(above, Qt::AlignLeft, m_areTokens ? words("tokens/s") : words("deltas/s"));
    if (m_rates.empty() || area.height() < 8) {
        painter.setPen(colors.line);
        painter.drawLine(area.bottomLeft(), area.bottomRight());
        return;
    }
    painter.drawText(above, Qt::AlignRight, words("most %1").arg(number(m_highest)));
    const double perSecond = area.width() / m_seconds;
    if (m_firstToken > 0)
        painter.fillRect(
            QRectF(area.left(), area.top(), std::min<double>(area.width(), m_firstToken * perSecond), area.height()),
            QBrush(colors.line, Qt::BDiagPattern));
    const double bar = double(area.width()) / double(m_rates.size());
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        const double height = m_highest > 0 ? m_rates[i] / m_highest * area.height() : 0;
        const double left = area.left() + double(i) * bar;
        painter.fillRect(QRectF(left, area.bottom() - height, std::max(1.0, bar - (bar > 3 ? 1 : 0)), height),
                         colors.accent);
    }
    painter.setPen(colors.line);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setPen(colors.muted);
    const QRect below(0, area.bottom() + 3, width(), line);
    painter.drawText(below, Qt::AlignLeft, QStringLiteral("0"));
    painter.drawText(below, Qt::AlignRight, words("%1 s").arg(number(m_seconds)));
}

} // namespace pushscope
