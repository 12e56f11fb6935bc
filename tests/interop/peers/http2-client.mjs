// A client on node's http2: http2-client.mjs URL [--push] [--last-event-id ID] [--streams N] [--count N] [--send MESSAGE ...] [--ca FILE]
// prints what it saw as JSON lines. It reads event streams to their ends, or leaves each after N blocks; with --send it is a WebSocket by
// RFC 8441 on npm ws that waits for its echoes. Without an authority it trusts anybody.
import fs from 'node:fs';
import http2 from 'node:http2';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
const require = createRequire(import.meta.url);
const { WebSocket } = require('ws');

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        push: { type: 'boolean', default: false },
        'last-event-id': { type: 'string' },
        streams: { type: 'string', default: '1' },
        send: { type: 'string', multiple: true, default: [] },
        count: { type: 'string', default: '0' },
        ca: { type: 'string' },
    },
});
const url = new URL(positionals[0]);
const trust = values.ca ? { ca: fs.readFileSync(values.ca) } : { rejectUnauthorized: false };
const say = (line) => console.log(JSON.stringify(line));

const session = http2.connect(url.origin, { ...trust, settings: { enablePush: values.push } });
session.on('error', (error) => say({ error: error.code ?? error.message }));
session.on('goaway', (code, last, data) => say({ goaway: code, last, data: data?.toString() ?? '' }));
session.on('stream', (stream, headers) => {
    const path = headers[':path'];
    let text = '';
    stream.on('push', (answer) => say({ push: path, status: answer[':status'] }));
    stream.on('data', (data) => { text += data; });
    stream.on('end', () => say({ pushed: path, text }));
});
const settings = await new Promise((resolve) => session.once('remoteSettings', resolve));
say({ settings });

let open = 0;
const leave = () => --open || session.close();

function read(number) {
    const headers = { ':path': url.pathname + url.search, accept: 'text/event-stream' };
    if (values['last-event-id'])
        headers['last-event-id'] = values['last-event-id'];
    const stream = session.request(headers);
    let text = '';
    let missing = Number(values.count);
    stream.on('headers', (interim) => say({ stream: number, interim: interim[':status'], link: interim.link }));
    stream.on('response', (answer) => say({ stream: number, status: answer[':status'], type: answer['content-type'] }));
    stream.on('data', (data) => {
        text += data;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            say({ stream: number, block: text.slice(0, end) });
            text = text.slice(end + 2);
            if (--missing === 0)
                stream.close(http2.constants.NGHTTP2_CANCEL);
        }
    });
    stream.on('trailers', (trailers) => say({ stream: number, trailers: { ...trailers } }));
    stream.on('error', (error) => say({ stream: number, error: error.code }));
    stream.on('close', () => {
        say({ stream: number, closed: stream.rstCode });
        leave();
    });
}

function talk(number) {
    const stream = session.request({
        ':method': 'CONNECT', ':protocol': 'websocket', ':path': url.pathname + url.search, 'sec-websocket-version': '13',
        ...(process.env.SUBPROTOCOL ? { 'sec-websocket-protocol': process.env.SUBPROTOCOL } : {}),
    });
    stream.on('error', (error) => say({ stream: number, error: error.code }));
    stream.on('close', leave);
    stream.on('response', (answer) => {
        say({ stream: number, status: answer[':status'] });
        if (answer[':status'] !== 200) {
            stream.close();
            return;
        }
        const socket = new WebSocket(null, undefined, {});
        socket._isServer = false; // npm ws takes streams of others as a server only
        socket.setSocket(stream, Buffer.alloc(0), { maxPayload: 0, skipUTF8Validation: false, allowSynchronousEvents: true });
        let missing = values.send.length;
        socket.on('message', (data) => {
            say({ stream: number, message: data.toString() });
            if (--missing === 0)
                socket.close(1000);
        });
        socket.on('error', (error) => say({ stream: number, error: error.message }));
        socket.on('close', (code) => say({ stream: number, code }));
        for (const message of values.send)
            socket.send(message);
    });
}

for (let number = 1; number <= Number(values.streams); ++number) {
    ++open;
    (values.send.length ? talk : read)(number);
}
