// A server on node's http whose only event says what it was asked: {"target", "host", "authorization"}. Prints its port.
import http from 'node:http';

const server = http.createServer((request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    const { host, authorization = null } = request.headers;
    answer.end(`data: ${JSON.stringify({ target: request.url, host, authorization })}\n\n`);
});
server.listen(0, () => console.log(server.address().port));
