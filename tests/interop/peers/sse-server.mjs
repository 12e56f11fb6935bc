// A Server-Sent Events server on node's http, as an application would write one: ids, retry, resume by Last-Event-ID. Prints its port.
//   /feed?count=N      N events from the one after Last-Event-ID on, then a clean end; 204 when nothing is left
//   /feed?count=N&cut=K  the same, but each answer is reset after K events
//   /live              an event each 20 ms until the client goes
import http from 'node:http';

const server = http.createServer((request, answer) => {
    const url = new URL(request.url, 'http://peer');
    const first = Number(request.headers['last-event-id'] ?? 0) + 1;
    const count = Number(url.searchParams.get('count') ?? 10);
    const cut = Number(url.searchParams.get('cut') ?? 0);
    if (url.pathname === '/feed' && first > count) {
        answer.writeHead(204).end();
        return;
    }
    answer.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    answer.write('retry: 30\n\n');
    if (url.pathname === '/live') {
        let id = first;
        const timer = setInterval(() => answer.write(`id: ${id}\nevent: tick\ndata: {"id":${id++}}\n\n`), 20);
        request.on('close', () => clearInterval(timer));
        return;
    }
    const last = cut ? Math.min(count, first + cut - 1) : count;
    for (let id = first; id <= last; ++id)
        answer.write(`: heartbeat\nid: ${id}\nevent: tick\ndata: {"id":${id}}\ndata: zweite Zeile \u00fc\n\n`);
    if (cut && last < count)
        answer.write('data: cut off', () => setTimeout(() => request.socket.resetAndDestroy(), 30));
    else
        answer.end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
