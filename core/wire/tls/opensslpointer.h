#pragma once

#include <memory>

namespace pushscope {

/// Calls one of OpenSSL's free functions.
template <auto Free>
struct OpensslFree
{
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

/// Owns an object of OpenSSL's.
template <class T, auto Free>
using OpensslPointer = std::unique_ptr<T, OpensslFree<Free>>;

} // namespace pushscope
