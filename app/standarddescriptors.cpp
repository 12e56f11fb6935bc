#include "app/standarddescriptors.h"

#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace pushscope {

void occupyClosedStandardDescriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) < 0)
            (void)::open("/dev/null", O_RDONLY); // takes the lowest free number, which is this one
    }
}

} // namespace pushscope
