// A Server-Sent Events and WebSocket server on node's http2, over TLS with ALPN h2 and as cleartext by prior knowledge: http2-server.mjs KEY
// CERTIFICATE prints {"https": port, "http": port}. Every event's data says which connection carried it, counted from 1.
//   /feed?count=N                N events from the one after Last-Event-ID on, then END_STREAM; 204 when nothing is left
//   /feed?count=N&cut=K&by=HOW   the same, but each answer ends after K events by: reset (RST_STREAM), socket (TCP reset),
//                                goaway (GOAWAY, then END_STREAM), leave (GOAWAY with an error, then the connection is closed)
//   /live                        an event each 20 ms until the client goes
//   /reset?code=C                RST_STREAM with that error code, after one event
//   /refuse?times=N              RST_STREAM REFUSED_STREAM instead of an answer, N times; then one event
//   /overlook                    one event on a connection's first stream; GOAWAY that leaves any other out
//   /trailers, /hints, /push     trailers; 103 before the answer; a PUSH_PROMISE with an event stream of its own
//   CONNECT websocket            npm ws: /echo, /push?count=N (then closes), /reset (RST_STREAM after a message), /end (END_STREAM without close)
import fs from 'node:fs';
import http2 from 'node:http2';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { WebSocket } = require('ws');

const { constants } = http2;
const turns = new Map();
const turn = (name) => turns.set(name, (turns.get(name) ?? 0) + 1).get(name);
const head = { ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

// A stream that waits for trailers has not sent END_STREAM when it is closed, so that its RST_STREAM is sent.
const resettable = { waitForTrailers: true };

const endBy = {
    reset: (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
    socket: (stream, session) => (session.raw.encrypted ? session.raw.destroy() : session.raw.resetAndDestroy()),
    goaway: (stream, session) => {
        session.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
        stream.end();
    },
    leave: (stream, session) => {
        session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, stream.id, Buffer.from('too much'));
        session.destroy();
    },
};

function feed(stream, headers, url) {
    const session = stream.session;
    const first = Number(headers['last-event-id'] ?? 0) + 1;
    const count = Number(url.searchParams.get('count') ?? 10);
    const cut = Number(url.searchParams.get('cut') ?? 0);
    if (first > count) {
        stream.respond({ ':status': 204 }, { endStream: true });
        return;
    }
    stream.respond(head, cut ? resettable : {});
    stream.write('retry: 30\n\n');
    const last = cut ? Math.min(count, first + cut - 1) : count;
    let written = Promise.resolve();
    for (let id = first; id <= last; ++id)
        written = new Promise((resolve) => stream.write(`: heartbeat\nid: ${id}\nevent: tick\ndata: {"id":${id},"connection":${session.number}}\n\n`, resolve));
    if (cut && last < count)
        written.then(() => setTimeout(() => endBy[url.searchParams.get('by')](stream, session), 30));
    else
        stream.end();
}

const answers = {
    '/feed': feed,
    '/live': (stream) => {
        stream.respond(head);
        let id = 0;
        const timer = setInterval(() => stream.write(`id: ${++id}\ndata: {"id":${id},"connection":${stream.session?.number}}\n\n`), 20);
        stream.on('close', () => clearInterval(timer));
    },
    '/reset': (stream, headers, url) => {
        stream.respond(head, resettable);
        stream.write('id: 1\ndata: x\n\n', () => setTimeout(() => stream.close(Number(url.searchParams.get('code'))), 20));
    },
    '/refuse': (stream, headers, url) => {
        if (turn(url.href) <= Number(url.searchParams.get('times'))) {
            stream.close(constants.NGHTTP2_REFUSED_STREAM);
            return;
        }
        stream.respond(head);
        stream.end(`data: ${stream.session.number}\n\n`);
    },
    '/overlook': (stream) => {
        const { session } = stream;
        if (stream.id > 1) {
            session.goaway(constants.NGHTTP2_NO_ERROR, stream.id - 2);
            return;
        }
        stream.respond(head);
        setTimeout(() => stream.end(`data: ${session.number}\n\n`), 200);
    },
    '/trailers': (stream) => {
        stream.respond(head, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-events': '1' }));
        stream.end('data: x\n\n');
    },
    '/hints': (stream) => {
        stream.additionalHeaders({ ':status': 103, link: '</style.css>; rel=preload' });
        stream.respond(head);
        stream.end('data: x\n\n');
    },
    '/push': (stream) => {
        stream.respond(head);
        if (!stream.pushAllowed) {
            stream.end('data: push is off\n\n');
            return;
        }
        stream.pushStream({ ':path': '/pushed' }, (error, pushed) => {
            pushed.respond(head);
            pushed.end('data: pushed\n\n');
            pushed.on('close', () => stream.end('data: pushed it\n\n'));
        });
    },
};

const conversations = {
    '/push': (socket, url) => {
        for (let i = 1; i <= Number(url.searchParams.get('count') ?? 10); ++i)
            socket.send(JSON.stringify({ id: i }));
        socket.close(1000, 'done');
    },
    '/reset': (socket, url, stream) => socket.send('last words', () => setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), 20)),
    '/end': (socket, url, stream) => socket.send('last words', () => stream.end()),
};

function answer(stream, headers) {
    const url = new URL(headers[':path'], 'http://peer');
    stream.on('error', () => {});
    if (headers[':method'] === 'CONNECT') {
        const offered = headers['sec-websocket-protocol']?.split(/, */);
        stream.respond({ ':status': 200, ...(offered ? { 'sec-websocket-protocol': offered.at(-1) } : {}) }, url.pathname === '/reset' ? resettable : {});
        const socket = new WebSocket(null, undefined, {});
        socket.setSocket(stream, Buffer.alloc(0), { maxPayload: 0, skipUTF8Validation: false, allowSynchronousEvents: true });
        socket.on('error', () => {});
        socket.on('message', (data, binary) => socket.send(data, { binary }));
        conversations[url.pathname]?.(socket, url, stream);
        return;
    }
    if (answers[url.pathname])
        answers[url.pathname](stream, headers, url);
    else {
        stream.respond({ ':status': 404, 'content-type': 'text/html' });
        stream.end('<title>no such page</title>');
    }
}

const [key, cert] = process.argv.slice(2);
const settings = { enableConnectProtocol: true };
const servers = {
    https: http2.createSecureServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert), settings }),
    http: http2.createServer({ settings }),
};
let connections = 0;
const ports = {};
for (const [scheme, server] of Object.entries(servers)) {
    const sockets = new Map();
    server.prependListener(scheme === 'https' ? 'secureConnection' : 'connection', (socket) => sockets.set(socket.remotePort, socket));
    server.on('session', (session) => {
        session.number = ++connections;
        session.raw = sockets.get(session.socket.remotePort);
        session.on('error', () => {});
    });
    server.on('stream', answer);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports[scheme] = server.address().port;
}
console.log(JSON.stringify(ports));
