#pragma once

#include <atomic>
#include <utility>

namespace pushscope {

/// A call on its way to another thread: what QMetaObject::invokeMethod() is given instead of a bare lambda. Qt orders
/// sending, running and what follows; this says so once more with an atomic of our own, since Qt is not built for the
/// thread sanitizer, which would see no order at all.
template <class Call>
class ThreadCall
{
public:
    explicit ThreadCall(Call call) : m_call(std::move(call)) {}
    /// The last move takes it to where it is run.
    ThreadCall(ThreadCall &&other) noexcept : m_call(std::move(other.m_call))
    {
        m_turn.store(Turn::Sent, std::memory_order_release);
    }
    ~ThreadCall() { m_turn.load(std::memory_order_acquire); }
    void operator()()
    {
        m_turn.load(std::memory_order_acquire);
        m_call();
        m_turn.store(Turn::Ran, std::memory_order_release);
    }

private:
    enum class Turn : unsigned char { Made, Sent, Ran };
    Call m_call;
    std::atomic<Turn> m_turn = Turn::Made;
};

} // namespace pushscope
