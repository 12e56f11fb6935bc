#include "core/demo/plainrefusal.h"

#include "core/wire/http/http1writer.h"

namespace pushscope::demo {

void refusePlainly(DemoSocket &socket, const Answer &refusal)
{
    HttpHead head = answerHead(refusal.status, refusal.headers);
    head.headers.add("Content-Length", std::to_string(refusal.body.size()));
    head.headers.add("Connection", "close");
    socket.write(writeHttp1Head(head) + refusal.body);
    socket.finish();
}

} // namespace pushscope::demo
