// A Server-Sent Events server on npm better-sse, a framework's library: prints its port.
//   /feed     ten events behind Last-Event-ID, one by one, then a drop; 204 when all thirty were sent
//   /channel  every reader gets what POST /channel brings
import http from 'node:http';
import { createChannel, createSession } from 'better-sse';

const Last = 30;
const channel = createChannel();

const server = http.createServer(async (request, answer) => {
    if (request.url === '/channel' && request.method === 'POST') {
        let text = '';
        for await (const piece of request)
            text += piece;
        channel.broadcast({ text }, 'said');
        answer.writeHead(202).end();
        return;
    }
    if (request.url === '/channel') {
        channel.register(await createSession(request, answer, { retry: 20 }));
        return;
    }
    let id = Number(request.headers['last-event-id'] ?? 0);
    if (id >= Last) {
        answer.writeHead(204).end();
        return;
    }
    const session = await createSession(request, answer, { retry: 20, keepAlive: null });
    for (const end = id + 10; id < end;) {
        ++id;
        session.push({ id, text: 'zweite Zeile \u00fc\nand more' }, id % 2 ? 'odd' : 'message', String(id));
    }
    setImmediate(() => answer.end());
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
