#include "core/base/utf8.h"
#include "tests/fuzz/invariant.h"

using namespace pushscope;

/// However the bytes are cut, the verdict and its offset are the same; what is repaired is valid, and what is valid
/// stays.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(reinterpret_cast<const char *>(data), size);
    Utf8Validator whole;
    whole.feed(bytes);
    Utf8Validator single;
    for (const char &byte : bytes)
        single.feed(ByteView(&byte, 1));
    PUSHSCOPE_INVARIANT(whole.isValid() == single.isValid());
    PUSHSCOPE_INVARIANT(whole.isComplete() == single.isComplete());
    PUSHSCOPE_INVARIANT(whole.errorOffset() == single.errorOffset());
    const std::string lossy = utf8Lossy(bytes);
    PUSHSCOPE_INVARIANT(isUtf8(lossy));
    PUSHSCOPE_INVARIANT((lossy == bytes) == isUtf8(bytes));
    return 0;
}
