// Coded event streams on node's http, http2 (prior knowledge) and zlib. Prints {"http": port, "http2": port}.
//   /feed?coding=C&flush=1&count=N   N events, each flushed (a chunk or DATA frame of its own) or held back until the end; C: identity, gzip,
//                                    deflate, br. What Accept-Encoding does not name is refused: 406
//   /error?coding=C                  503 with a coded page
import http from 'node:http';
import http2 from 'node:http2';
import zlib from 'node:zlib';

const encoders = { gzip: zlib.createGzip, deflate: zlib.createDeflate, br: zlib.createBrotliCompress };
const event = (id) => `: heartbeat\nid: ${id}\nevent: tick\ndata: {"id":${id}}\ndata: zweite Zeile \u00fc\n\n`;

async function send(answer, coding, count, flushed) {
    const encoder = coding === 'identity' ? null : encoders[coding]();
    const out = encoder ?? answer;
    encoder?.pipe(answer);
    for (let id = 1; id <= count; ++id) {
        out.write(event(id));
        if (encoder && flushed)
            await new Promise((done) => encoder.flush(done));
        if (flushed)
            await new Promise((done) => setImmediate(done));
    }
    out.end();
}

function serve(request, answer) {
    const url = new URL(request.url, 'http://peer');
    const coding = url.searchParams.get('coding') ?? 'identity';
    const accepted = (request.headers['accept-encoding'] ?? '').split(/,\s*/);
    if (coding !== 'identity' && !accepted.includes(coding)) {
        answer.writeHead(406).end();
        return;
    }
    const fields = coding === 'identity' ? {} : { 'content-encoding': coding };
    if (url.pathname === '/error') {
        answer.writeHead(503, { 'content-type': 'text/plain', ...fields });
        const encoder = encoders[coding]();
        encoder.pipe(answer);
        encoder.end('come back later');
        return;
    }
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...fields });
    send(answer, coding, Number(url.searchParams.get('count') ?? 10), url.searchParams.get('flush') !== '0');
}

const plain = http.createServer(serve);
const multiplexed = http2.createServer(serve);
plain.listen(0, '127.0.0.1', () =>
    multiplexed.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ http: plain.address().port, http2: multiplexed.address().port }))));
