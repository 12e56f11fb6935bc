#pragma once

#include "core/base/bytes.h"
#include "core/base/finding.h"
#include "core/wire/role.h"
#include "core/wire/ws/wsassembler.h"

#include <QByteArray>

#include <functional>
#include <span>
#include <vector>

/// Frames, messages and Findings as text, for tests that compare text, and the notation in which tests write bytes.
namespace pushscope::test {

/// Hex digits and texts in double quotes, spaces between them ignored: `81 05 "Hello"`. `"x"*70` repeats a text.
[[nodiscard]] Bytes bytesOf(std::string_view notation);

/// Printable bytes in quotes, others as hex.
[[nodiscard]] QByteArray show(ByteView bytes);
/// `!ws.reserved-bits@0+1(4)`: range and argument
[[nodiscard]] QByteArray show(std::span<const Finding> findings);
/// `text frames=2 #0-#1 bytes=10 "Hello"`
[[nodiscard]] QByteArray show(const WsMessage &message);

/// Hands `input` to `run` whole, cut in two at every byte, and byte by byte.
void forEachCut(ByteView input, const std::function<void(const std::vector<ByteView> &parts)> &run);

/// One line for each frame: `0-7 fin text 5 "Hello"`, with its Findings. Facts of one frame are put together again, and
/// what holds for facts however the input is cut is checked on the way: a line that begins with `BROKEN` says what does
/// not.
[[nodiscard]] QByteArray showFrames(const std::vector<ByteView> &parts, Role sender, std::uint32_t frameLimit = 1 << 28,
                                    std::uint8_t allowedReservedBits = 0);

/// One line for each message, after the Findings of the frames that made it.
[[nodiscard]] QByteArray showMessages(const std::vector<ByteView> &parts, Role sender, WsAssembler::Options options);

} // namespace pushscope::test
