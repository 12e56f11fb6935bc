#pragma once

namespace pushscope {

struct WindowOptions;

/// The desktop application; needs a QApplication. Returns the exit code.
[[nodiscard]] int runWindow(const WindowOptions &options);

/// Whether there is something to open a window on; without it QApplication would abort the process.
[[nodiscard]] bool hasDisplay();

} // namespace pushscope
