#include "app/options/help.h"

#include <cstdio>

/// Prints the manual page; run by the build.
int main()
{
    return std::fputs(pushscope::manualPage().c_str(), stdout) < 0 ? 1 : 0;
}
