#pragma once

#include "core/insight/arrivals.h"
#include "ui/panes/plotview.h"

#include <QList>

#include <utility>

namespace pushscope {

// When a session's messages came, as plots.

/// Time between messages, in buckets that grow with it.
[[nodiscard]] Plot gapsPlot(const Arrivals &arrivals);
/// Messages to a socket read.
[[nodiscard]] Plot lumpsPlot(const Arrivals &arrivals);
enum class Throughput { InMessages, InBytes };
/// A second, over time.
[[nodiscard]] Plot throughputPlot(const Arrivals &arrivals, Throughput what);
/// How much later than the quickest one messages came, by their server's time, over time.
[[nodiscard]] Plot delayPlot(const Arrivals &arrivals);

/// The same in figures: what each is of, and how much.
[[nodiscard]] QList<std::pair<QString, QString>> arrivalFigures(const Arrivals &arrivals);

} // namespace pushscope
