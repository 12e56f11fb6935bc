#include "core/wire/http/http2submit.h"

#include "core/wire/http/http2callbacks.h"
#include "core/wire/http/http2request.h"

#include <nghttp2/nghttp2.h>

#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

namespace {

/// A field section as nghttp2 takes it. It copies what it gets, and lowers the names.
class FieldList
{
public:
    void add(std::string_view name, std::string_view value)
    {
        // nghttp2 writes to neither.
        m_fields.push_back({reinterpret_cast<std::uint8_t *>(const_cast<char *>(name.data())),
                            reinterpret_cast<std::uint8_t *>(const_cast<char *>(value.data())), name.size(),
                            value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    void add(const Headers &headers, bool withPseudoFields)
    {
        for (const HeaderField &field : headers) {
            if (!isConnectionSpecific(field.name, field.value) && (withPseudoFields || !field.name.starts_with(':')))
                add(field.name, field.value);
        }
    }
    [[nodiscard]] const nghttp2_nv *data() const { return m_fields.data(); }
    [[nodiscard]] std::size_t size() const { return m_fields.size(); }

private:
    std::vector<nghttp2_nv> m_fields;
};

/// Gives nghttp2 a stream's next DATA frame.
ssize_t readData(nghttp2_session *session, std::int32_t id, std::uint8_t *buffer, std::size_t limit,
                 std::uint32_t *flags, nghttp2_data_source *, void *userData)
{
    auto &context = *static_cast<Http2Context *>(userData);
    if (context.onlyControl)
        return NGHTTP2_ERR_PAUSE;
    Http2Stream *stream = context.receiver.find(static_cast<std::uint32_t>(id));
    if (stream == nullptr)
        return NGHTTP2_ERR_DEFERRED;
    Http2SendQueue &sending = stream->sending;
    const std::size_t size = sending.take(reinterpret_cast<char *>(buffer), limit);
    if (sending.size() > 0)
        return static_cast<ssize_t>(size);
    if (!sending.isEnded() && size == 0)
        return NGHTTP2_ERR_DEFERRED;
    if (!sending.isEnded())
        return static_cast<ssize_t>(size);
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (!sending.trailers().isEmpty()) {
        FieldList trailers;
        trailers.add(sending.trailers(), false);
        if (nghttp2_submit_trailer(session, id, trailers.data(), trailers.size()) == 0)
            *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    }
    return static_cast<ssize_t>(size);
}

nghttp2_data_provider provider()
{
    nghttp2_data_provider made{};
    made.read_callback = readData;
    return made;
}

} // namespace

std::int32_t submitHttp2Request(nghttp2_session *session, const Headers &fields, bool hasContent)
{
    FieldList list;
    list.add(fields, true);
    const nghttp2_data_provider data = provider();
    return nghttp2_submit_request(session, nullptr, list.data(), list.size(), hasContent ? &data : nullptr, nullptr);
}

std::int32_t submitHttp2Promise(nghttp2_session *session, std::uint32_t stream, const Headers &fields)
{
    FieldList list;
    list.add(fields, true);
    return nghttp2_submit_push_promise(session, NGHTTP2_FLAG_NONE, static_cast<std::int32_t>(stream), list.data(),
                                       list.size(), nullptr);
}

void submitHttp2Answer(nghttp2_session *session, std::uint32_t stream, const HttpHead &head)
{
    const auto id = static_cast<std::int32_t>(stream);
    const std::string status = std::to_string(head.status);
    FieldList list;
    list.add(":status", status);
    list.add(head.headers, false);
    const nghttp2_data_provider data = provider();
    if (head.isInterim())
        nghttp2_submit_headers(session, NGHTTP2_FLAG_NONE, id, nullptr, list.data(), list.size(), nullptr);
    else
        nghttp2_submit_response(session, id, list.data(), list.size(), &data);
}

} // namespace pushscope
