// A server on node's http whose only event says what it was asked: {"method", "target", "host", "authorization", "headers" ([name, value] as they
// came), "body" (a byte a character)}. Prints its port.
import http from 'node:http';

const server = http.createServer((request, answer) => {
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        const { host, authorization = null } = request.headers;
        const headers = request.rawHeaders.flatMap((name, i, all) => (i % 2 ? [] : [[name, all[i + 1]]]));
        const body = Buffer.concat(pieces).toString('latin1');
        answer.end(`data: ${JSON.stringify({ method: request.method, target: request.url, host, authorization, headers, body })}\n\n`);
    });
});
server.listen(0, () => console.log(server.address().port));
