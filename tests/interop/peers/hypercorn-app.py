"""An ASGI application for hypercorn: /feed?count=N sends N events from the one after Last-Event-ID on, a WebSocket is echoed."""
from urllib.parse import parse_qs


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        return
    if scope["type"] == "websocket":
        await echo(scope, receive, send)
        return
    headers = dict(scope["headers"])
    first = int(headers.get(b"last-event-id", b"0")) + 1
    count = int(parse_qs(scope["query_string"].decode()).get("count", ["10"])[0])
    if first > count:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    for number in range(first, count + 1):
        event = f": heartbeat\nid: {number}\nevent: tick\ndata: {{\"id\":{number}}}\ndata: zweite Zeile ü\n\n"
        await send({"type": "http.response.body", "body": event.encode(), "more_body": True})
    await send({"type": "http.response.body"})


async def echo(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(reversed(scope["subprotocols"]), None)})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message.get("text"), "bytes": message.get("bytes")})
