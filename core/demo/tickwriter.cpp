#include "core/demo/tickwriter.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace pushscope::demo {

namespace {

constexpr std::size_t kPeriod = 4096;

/// SplitMix64's output function: spreads numbers that lie close together.
std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
}

template <class Number>
void appendNumber(Bytes &out, Number number)
{
    char digits[std::numeric_limits<std::uint64_t>::digits10 + 3];
    const auto result = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, result.ptr);
}

} // namespace

TickWriter::Time TickWriter::timeOf(const Clock &clock)
{
    return {clock.wallTime() / 1'000'000, clock.now().nanoseconds};
}

TickWriter::TickWriter(std::uint64_t size, std::uint64_t seed) : m_size(size), m_seed(seed)
{
    if (size == 0)
        return;
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz012345";
    m_letters.resize(2 * kPeriod);
    for (std::size_t i = 0; i < kPeriod; ++i)
        m_letters[i] = m_letters[i + kPeriod] = alphabet[mixed(seed + i) % alphabet.size()];
}

ByteView TickWriter::event(std::uint64_t id, Time time)
{
    m_event = "id: ";
    appendNumber(m_event, id);
    m_event.append("\nevent: tick\ndata: ");
    appendData(id, time);
    m_event.append("\n\n");
    return m_event;
}

ByteView TickWriter::data(std::uint64_t id, Time time)
{
    m_event.clear();
    appendData(id, time);
    return m_event;
}

void TickWriter::appendData(std::uint64_t id, Time time)
{
    const std::size_t begin = m_event.size();
    m_event.append("{\"id\":");
    appendNumber(m_event, id);
    m_event.append(",\"ts\":");
    appendNumber(m_event, time.unixMilliseconds);
    m_event.append(",\"ns\":");
    appendNumber(m_event, time.monotonicNanoseconds);
    const std::size_t length = m_event.size() - begin + 1;
    if (length < m_size) {
        constexpr std::string_view opening = ",\"pad\":\"";
        m_event.append(opening);
        const std::size_t around = length + opening.size() + 1;
        std::size_t missing = m_size > around ? m_size - around : 0;
        const std::size_t offset = mixed(m_seed ^ mixed(id)) % kPeriod;
        while (missing > 0) {
            const std::size_t part = std::min(missing, kPeriod);
            m_event.append(m_letters, offset, part);
            missing -= part;
        }
        m_event += '"';
    }
    m_event += '}';
}

} // namespace pushscope::demo
