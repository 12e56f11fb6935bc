"""A client on python3-websockets: websockets-client.py URL MESSAGE ... prints each answer, then the close code."""
import asyncio
import sys

import websockets


async def main(url, messages):
    async with websockets.connect(url, compression=None) as socket:
        for message in messages:
            await socket.send(message)
        for _ in messages:
            print(await socket.recv())
    print(socket.close_code)


asyncio.run(main(sys.argv[1], sys.argv[2:]))
