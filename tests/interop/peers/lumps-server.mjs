// Events one by one, some milliseconds apart, for a proxy to buffer: prints its port. /?accel=no asks the proxy not to, /?framing=chunked
// sends chunks in the place of an answer that ends with its connection.
import http from 'node:http';

const Events = 12;
const server = http.createServer((request, answer) => {
    const quiet = request.url.includes('accel=no') ? { 'x-accel-buffering': 'no' } : {};
    answer.useChunkedEncodingByDefault = request.url.includes('framing=chunked');
    answer.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close', ...quiet });
    answer.flushHeaders();
    let id = 0;
    const timer = setInterval(() => {
        if (answer.destroyed || id === Events) {
            clearInterval(timer);
            answer.end();
            return;
        }
        answer.write(`id: ${++id}\ndata: made at ${Date.now()}\n\n`);
    }, 60);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
