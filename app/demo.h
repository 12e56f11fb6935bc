#pragma once

namespace pushscope {

struct DemoOptions;

/// `pushscope demo`: runs the demo server until SIGINT or SIGTERM; needs a QCoreApplication and no display. Returns the
/// exit code.
[[nodiscard]] int runDemo(DemoOptions options);

} // namespace pushscope
