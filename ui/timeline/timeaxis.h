#pragma once

#include <cstdint>

namespace pushscope {

/// Which capture time stands at which pixel. Values only; the view keeps one.
class TimeAxis
{
public:
    static constexpr double ShortestSpan = 1e4; ///< nanoseconds on the whole width: 10 us
    static constexpr double LongestSpan = 30.0 * 24 * 3600 * 1e9;

    void setPixels(int pixels) { m_pixels = pixels > 1 ? pixels : 1; }
    void setSpan(double start, double span);
    [[nodiscard]] double start() const { return m_start; }
    [[nodiscard]] double span() const { return m_span; }
    [[nodiscard]] double end() const { return m_start + m_span; }
    [[nodiscard]] int pixels() const { return m_pixels; }
    [[nodiscard]] double perPixel() const { return m_span / m_pixels; }
    [[nodiscard]] double timeAt(double pixel) const { return m_start + pixel * perPixel(); }
    [[nodiscard]] double pixelAt(double time) const { return (time - m_start) / perPixel(); }
    /// A factor below 1 shows less time; the time under `pixel` stays there.
    void zoom(double factor, double pixel);
    void pan(double pixels) { m_start -= pixels * perPixel(); }
    /// The round distance between two labels that leaves `pixels` to each.
    [[nodiscard]] std::int64_t labelStep(int pixels) const;

private:
    int m_pixels = 1;
    double m_start = 0;
    double m_span = 1e10;
};

} // namespace pushscope
