// A server on node's http whose answers a test writes down. Its first line of standard input is a JSON object: for each path a list of answers, one
// for each request in turn: { "status", "headers": [[name, value]], "pieces": [text], "encoding": of the pieces, "every": ms, "hints": whether 103 goes
// before it, "end": "end" | "cut" | "keep" | "nothing": no answer at all }. @OTHER@ in a value stands for the same server under another origin. A
// request too many is answered 204. Prints its port; every further line of input is answered by the requests so far, as JSON.
import http from 'node:http';
import readline from 'node:readline';

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const cases = JSON.parse((await lines.next()).value);
const requests = [];

const server = http.createServer(async (request, answer) => {
    let body = '';
    for await (const piece of request)
        body += piece;
    const path = request.url;
    const turn = requests.filter((one) => one.path === path).length;
    requests.push({ path, method: request.method, host: request.headers.host, headers: request.headers, body });
    const planned = cases[path]?.[turn];
    if (!planned) {
        answer.writeHead(204).end();
        return;
    }
    const named = new Map();
    for (const [name, value] of planned.headers ?? [['Content-Type', 'text/event-stream']])
        named.set(name, [...(named.get(name) ?? []), value.replace('@OTHER@', `http://localhost:${server.address().port}`)]);
    if (planned.end === 'nothing') {
        request.socket.destroySoon();
        return;
    }
    if (planned.hints)
        answer.writeEarlyHints({ link: '</x>; rel=preload' });
    answer.writeHead(planned.status ?? 200, Object.fromEntries(named));
    answer.flushHeaders();
    const pieces = planned.pieces ?? [];
    const write = (at) => {
        if (answer.destroyed)
            return;
        if (at < pieces.length)
            answer.write(pieces[at], planned.encoding ?? 'utf8', () => setTimeout(write, planned.every ?? 0, at + 1));
        else if (planned.end === 'cut')
            request.socket.destroySoon();
        else if (planned.end !== 'keep')
            answer.end();
    };
    write(0);
});
server.listen(0, () => console.log(server.address().port));
for await (const _ of lines)
    console.log(JSON.stringify(requests));
process.exit(0);
