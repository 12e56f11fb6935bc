#pragma once

#include <cstdio>
#include <cstdlib>

/// What a fuzz target demands, in every build type: aborts, which libFuzzer and ctest both take for a failure.
#define PUSHSCOPE_INVARIANT(condition)                                                                                 \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, #condition);                     \
            std::abort();                                                                                              \
        }                                                                                                              \
    } while (false)
