#include "core/wire/role.h"

/// Linked with the whole of wire and base, every object of them, and with nothing else of the project: what it needs
/// beyond Qt Core and its own libraries would be an undefined symbol. Which libraries that are is checked by
/// wirealone.cmake.
int main()
{
    return static_cast<int>(pushscope::Role::Client);
}
