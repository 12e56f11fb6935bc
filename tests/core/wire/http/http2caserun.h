#pragma once

#include "core/wire/http/http2codec.h"
#include "tests/core/wire/http/http2facttext.h"
#include "tests/support/http2bytes.h"
#include "tests/support/http2casejudge.h"

#include <functional>
#include <string>
#include <utility>

namespace pushscope::test {

/// A case carried out on a codec in memory.
class Http2CaseRun
{
public:
    /// `drain` takes the codec's facts and may answer them; `cut`: bytes fed at once, 0: all there are.
    Http2CaseRun(Http2Codec &codec, std::function<void(Http2Codec &)> drain, std::size_t cut)
        : m_codec(codec), m_drain(std::move(drain)), m_cut(cut), m_output(codec.takeOutput())
    {
    }

    void send(const Bytes &bytes);
    /// "kept", or what was seen in its place.
    [[nodiscard]] std::string judge(const Http2Case &rule);

private:
    Http2Codec &m_codec;
    std::function<void(Http2Codec &)> m_drain;
    std::size_t m_cut;
    Bytes m_output;
};

} // namespace pushscope::test
