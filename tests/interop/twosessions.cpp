// Two sessions in one engine, which `record` has not: twosessions CA FIRST SECOND opens FIRST and, once that is open,
// SECOND, a WebSocket, says a word over it and closes both. It prints what was recorded as JSON lines.

#include "core/base/clock.h"
#include "core/capture/capture.h"
#include "core/capture/files/jsonlines.h"
#include "core/engine/engine.h"

#include <QCoreApplication>

#include <cstdio>
#include <string>

using namespace pushscope;

namespace {
Target targetOf(const char *url, const char *authority)
{
    Target target;
    target.url = *parseUrl(url);
    target.tls.caFile = authority;
    return target;
}

void print(const std::shared_ptr<Capture> &capture)
{
    JsonLines lines(capture);
    std::string text;
    for (Seq seq(1); seq <= Seq(capture->counts().records); ++seq.value)
        lines.write(seq, text);
    std::fputs(text.c_str(), stdout);
}
} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const SystemClock clock;
    const auto capture = Capture::create({{}, 0}, clock);
    if (argc != 4 || !capture)
        return 2;
    Engine engine(*capture);
    SessionId second;
    QObject::connect(&engine, &Engine::sessionOpened, &application, [&](SessionId session) {
        if (!second.isValid()) {
            second = engine.open(targetOf(argv[3], argv[1]));
        } else if (session == second) {
            engine.post(second, intent::SendText{"x"});
            engine.shutdown();
        }
    });
    QObject::connect(&engine, &Engine::sessionEnded, &application, [&](SessionId, SessionState, bool opened) {
        if (!opened)
            engine.shutdown(); // there is nothing more to come
    });
    QObject::connect(&engine, &Engine::finished, &application, &QCoreApplication::quit);
    engine.open(targetOf(argv[2], argv[1]));
    QCoreApplication::exec();
    print(*capture);
    return 0;
}
