#pragma once

#include "tests/core/wire/http/http2facttext.h"

#include <cstddef>
#include <functional>
#include <utility>

namespace pushscope::test {

/// A client's and a server's codec with nothing between them. Answers are given as facts come.
class Http2Pair
{
public:
    using Answer = std::function<void(Http2Codec &server, const HttpFact &fact)>;

    /// `cut`: how many bytes one codec is fed at once; 0: all there are.
    explicit Http2Pair(std::size_t cut = 0, Http2Codec::Options clientOptions = {},
                       Http2Codec::Options serverOptions = {})
        : client(Role::Client, clientOptions), server(Role::Server, serverOptions), m_cut(cut)
    {
    }

    /// Until both have nothing to say.
    void run()
    {
        for (int turn = 0; turn < 1000; ++turn) {
            const Bytes up = client.takeOutput();
            const Bytes down = up.empty() ? server.takeOutput() : Bytes();
            if (up.empty() && down.empty())
                return;
            carry(up, server, [this](const HttpFact &fact) {
                atServer.add(fact);
                if (answer)
                    answer(server, fact);
            });
            carry(down, client, [this](const HttpFact &fact) {
                atClient.add(fact);
                if (consumes && fact.kind == HttpFact::Kind::Body)
                    client.consume(fact.stream, fact.body.size());
                if (react)
                    react(client, fact);
            });
        }
    }

    Http2Codec client;
    Http2Codec server;
    Http2FactText atClient;
    Http2FactText atServer;
    Answer answer;
    Answer react;         ///< the client's
    bool consumes = true; ///< the client gives content back to the stream's window

private:
    template <class See>
    void carry(const Bytes &bytes, Http2Codec &to, See see)
    {
        const std::size_t step = m_cut == 0 ? bytes.size() : m_cut;
        HttpFact fact;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            const Bytes piece = bytes.substr(at, step); // of its own, so that a view that reaches too far is seen
            to.feed(piece);
            while (to.next(fact))
                see(fact);
        }
    }

    std::size_t m_cut;
};

inline HttpHead request(std::string method = "GET", std::string path = "/", Headers more = {})
{
    HttpHead head;
    head.version = HttpVersion::Http2;
    head.method = method;
    head.target = path;
    head.headers.add(":method", std::move(method));
    head.headers.add(":scheme", "http");
    head.headers.add(":authority", "localhost");
    head.headers.add(":path", std::move(path));
    for (const HeaderField &field : more)
        head.headers.add(field.name, field.value);
    return head;
}

inline HttpHead answer(int status, Headers headers = {})
{
    HttpHead head;
    head.isRequest = false;
    head.version = HttpVersion::Http2;
    head.status = status;
    head.headers = std::move(headers);
    return head;
}

} // namespace pushscope::test
