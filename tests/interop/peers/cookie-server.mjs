// Two origins on node's http. What a path does: /set?FIELD&FIELD... answers an event stream with these Set-Cookie fields (percent-encoded),
// /go?LOCATION&FIELD... redirects with them. The only event of a stream says which cookies came: {"path", "cookie"}. Prints both ports.
import http from 'node:http';

const server = () => http.createServer((request, answer) => {
    const [path, query = ''] = request.url.split('?');
    const words = query.split('&').filter(Boolean).map(decodeURIComponent);
    if (path.startsWith('/go')) {
        answer.writeHead(302, { location: words.shift(), 'set-cookie': words });
        answer.end();
        return;
    }
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': path.startsWith('/set') ? words : [] });
    answer.end(`retry: 1\ndata: ${JSON.stringify({ path, cookie: request.headers.cookie ?? null })}\n\n`);
});
const first = server(), second = server();
first.listen(0, () => second.listen(0, () => console.log(first.address().port, second.address().port)));
