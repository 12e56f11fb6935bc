#include "app/options/completion.h"

#include <cstdio>

/// Prints what bash completes by; run by the build.
int main()
{
    return std::fputs(pushscope::bashCompletion().c_str(), stdout) < 0 ? 1 : 0;
}
