"""aiohttp as a reader of Server-Sent Events: aiohttp-sse-client.py URL [LAST-EVENT-ID] prints each event as a JSON line, and at the end the status or
what cut the stream. The lines are taken apart as an application does it, LF and CR LF alone."""

import asyncio
import json
import sys

import aiohttp


async def main(url, last_id=None):
    async with aiohttp.ClientSession() as session:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last_id} if last_id else {})
        async with session.get(url, headers=headers) as answer:
            event = {}
            end = answer.status
            try:
                async for line in answer.content:
                    text = line.decode().rstrip("\r\n")
                    if text:
                        name, _, value = text.partition(":")
                        event.setdefault(name, []).append(value.removeprefix(" "))
                    elif "data" in event:
                        print(json.dumps({"id": event.get("id", [""])[-1], "data": "\n".join(event["data"])}))
                        event = {}
                    else:
                        event = {}
            except aiohttp.ClientError as error:
                end = type(error).__name__
            print(json.dumps({"end": end, "type": answer.headers.get("Content-Type")}))


asyncio.run(main(*sys.argv[1:]))
