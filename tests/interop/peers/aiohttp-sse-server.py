"""A Server-Sent Events server on aiohttp: prints its port. /feed sends five events behind Last-Event-ID and is cut inside a sixth, until there are
twelve; /wrong says text/plain of the same."""

import asyncio

from aiohttp import web

LAST = 12


async def feed(request):
    first = int(request.headers.get("Last-Event-ID", 0)) + 1
    if first > LAST:
        return web.Response(status=204)
    answer = web.StreamResponse(headers={"Content-Type": request.match_info.route.name.replace(".", "/"), "Cache-Control": "no-store"})
    answer.enable_chunked_encoding()
    await answer.prepare(request)
    await answer.write(b"retry: 20\n\n")
    for number in range(first, min(LAST, first + 4) + 1):
        await answer.write(f"id: {number}\r\nevent: tick\r\ndata: {{\"id\": {number}}}\r\n\r\n".encode())
    if first + 4 < LAST:
        await answer.write(b"id: cut\ndata: cut o")
        await asyncio.sleep(0.05)  # an abort takes back what the kernel has not sent
        request.transport.abort()
        return answer
    await answer.write_eof()
    return answer


async def main():
    app = web.Application()
    app.router.add_get("/feed", feed, name="text.event-stream")
    app.router.add_get("/wrong", feed, name="text.plain")
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
