// A server on node's net that answers with exact bytes. Its first line of standard input is a JSON object: for each path a list of answers,
// one for each request in turn: { "head": text, "body": text, "end": "fin" | "reset" | "keep" }. @ORIGIN@ in a head stands for its own origin,
// @OTHER@ for the same server under another name. A request too many is answered 204. Prints its port.
import net from 'node:net';
import readline from 'node:readline';

const lines = readline.createInterface({ input: process.stdin });
const cases = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
const asked = new Map();

const server = net.createServer((socket) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
        text += data.toString('latin1');
        const head = /^(\S+) (\S+)[\s\S]*?\r\n\r\n/.exec(text);
        if (!head)
            return;
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head[0])?.[1] ?? 0);
        if (text.length < head[0].length + length)
            return;
        text = text.slice(head[0].length + length);
        const path = head[2].split('?')[0];
        const turn = asked.get(path) ?? 0;
        asked.set(path, turn + 1);
        const answer = cases[path]?.[turn] ?? { head: 'HTTP/1.1 204 No Content\r\n\r\n', end: 'fin' };
        const port = server.address().port;
        const start = (answer.head ?? '').replaceAll('@ORIGIN@', `http://127.0.0.1:${port}`).replaceAll('@OTHER@', `http://localhost:${port}`);
        socket.write(Buffer.from(start + (answer.body ?? ''), 'utf8'), () => {
            if (answer.end === 'reset')
                setTimeout(() => socket.resetAndDestroy(), 20);
            else if (answer.end !== 'keep')
                socket.end();
        });
    });
});
server.listen(0, () => console.log(server.address().port));
