#include "core/wire/http/http2sendqueue.h"

#include <algorithm>
#include <utility>

namespace pushscope {

void Http2SendQueue::push(ByteView bytes)
{
    if (bytes.empty() || m_ended)
        return;
    m_bytes.append(bytes);
    m_pieces.push_back(bytes.size());
}

void Http2SendQueue::end(Headers trailers)
{
    if (m_ended)
        return;
    m_ended = true;
    m_trailers = std::move(trailers);
}

std::size_t Http2SendQueue::take(char *buffer, std::size_t limit)
{
    if (size() == 0)
        return 0;
    const std::size_t whole = size() >= Backlog ? size() : m_pieces.front();
    const std::size_t count = std::min(whole, limit);
    m_bytes.copy(buffer, count, m_taken);
    forget(count);
    return count;
}

void Http2SendQueue::forget(std::size_t count)
{
    m_taken += count;
    while (count > 0) {
        const std::size_t step = std::min(count, m_pieces.front());
        m_pieces.front() -= step;
        count -= step;
        if (m_pieces.front() == 0)
            m_pieces.pop_front();
    }
    // What was taken is dropped when it is the larger part: each byte is moved at most once on the average.
    if (m_taken * 2 >= m_bytes.size()) {
        m_bytes.erase(0, m_taken);
        m_taken = 0;
    }
}

} // namespace pushscope
