#pragma once

#include "core/demo/answer.h"
#include "core/demo/demosocket.h"

namespace pushscope::demo {

/// Answers in HTTP/1.1 what could not be read as a request, and ends the connection.
void refusePlainly(DemoSocket &socket, const Answer &refusal);

} // namespace pushscope::demo
