// Event streams made from a seed: all forms of fields and line endings, byte order marks, NUL, bytes that are no UTF-8, retries, ids, cuts
// anywhere, and streams that end where they like and go on with the next connection.
//   generated-streams.mjs SEED COUNT
// serves them, each once to each reader, over several connections, until 204: /start redirects to the next one, /record/N. It reads them itself
// with npm eventsource, then prints its port. A line on standard input is answered by a line of JSON: for each stream what the standard makes of it
// (written here a second time, straight from WHATWG HTML 9.2.6), what npm eventsource made of it or why it was not asked, and which
// Last-Event-ID came with each connection.
import http from 'node:http';
import readline from 'node:readline';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { EventSource } = require('eventsource');

const [seed, count] = process.argv.slice(2).map(Number);

// mulberry32
function randomFrom(state) {
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

const VALUES = ['', 'x', ' two  spaces ', 'a:b', '{"n":1}', '\u00fc\u20ac\u{1d11e}', 'nul\0inside', '\ufefflate mark', 'data: in data', '\tTab', 'x'.repeat(300)];
const BAD = [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9d, 0x84], [0xed, 0xa0, 0x80], [0xc0, 0x80]];
const TYPES = ['tick', 'message', 'error', 'open', '', ' spaced', 'Gr\u00fc\u00dfe', '__proto__', 'a:b'];
const IDS = ['1', '2', 'abc', '', ' a b ', '<', 'x'.repeat(255), '0'];
const RARE_IDS = ['\u2026', 'nul\0', '\0', '\u00e9'];

function makeStream(index) {
    const random = randomFrom(seed * 1000003 + index);
    const below = (limit) => Math.floor(random() * limit);
    const pick = (list) => list[below(list.length)];
    const chance = (share) => random() < share;
    const ending = () => (chance(0.25) ? pick(['\n', '\r', '\r\n']) : usual);
    const usual = pick(['\n', '\r', '\r\n']);
    const field = (name, value) => Buffer.from(name + (value === '' && chance(0.3) ? '' : ':' + (chance(0.7) ? ' ' : '') + value) + ending());
    const line = () => {
        const kind = below(20);
        if (kind < 8)
            return chance(0.08) ? Buffer.concat([Buffer.from('data: a'), Buffer.from(pick(BAD)), Buffer.from('b' + ending())]) : field('data', pick(VALUES));
        if (kind < 11)
            return field('id', pick(chance(0.03) ? RARE_IDS : IDS));
        if (kind < 13)
            return field('event', pick(TYPES));
        if (kind < 14)
            return field('retry', pick(['1', '5', '0010', '2x', '-1', '', ' 3', '1.5', '\u0661']));
        if (kind < 16)
            return Buffer.from(':' + pick(VALUES).replaceAll('\n', '') + ending());
        if (kind < 17)
            return field(pick(['Data', 'ids', 'foo', ' data', 'dat', '\ufeffdata']), pick(VALUES));
        return Buffer.from(ending());
    };
    const connections = [];
    for (let left = 1 + below(4); left > 0; --left) {
        const lines = [Buffer.from(chance(0.15) ? '\ufeff' : ''), Buffer.from(connections.length ? '' : 'retry: 5\n\n')];
        for (let n = below(25); n > 0; --n)
            lines.push(line());
        if (chance(0.5))
            lines.push(Buffer.from(usual + usual));
        let bytes = Buffer.concat(lines);
        if (chance(0.3)) // ends where it likes, in the middle of a character too
            bytes = bytes.subarray(0, below(bytes.length + 1));
        if (!connections.length && bytes.length < 10)
            bytes = Buffer.from('retry: 5\n\n'); // else its reader waits for seconds
        if (bytes.at(-1) === 0x0d && chance(0.8)) // few of those that npm eventsource can't read
            bytes = Buffer.concat([bytes, Buffer.from(':')]);
        const pieces = [];
        for (let at = 0; at < bytes.length;) {
            const size = chance(0.5) ? 1 + below(8) : 1 + below(200);
            pieces.push(bytes.subarray(at, at + size));
            at += size;
        }
        connections.push({ bytes, pieces, isChunked: chance(0.5) });
    }
    return connections;
}

// The standard, step by step, over a connection's bytes: not the decoder under test, and slow.
function interpret(bytes, stored) {
    const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/);
    lines.pop(); // has no line ending, so it is no line
    const events = [];
    let [data, type, id, hasId] = ['', '', stored.id, false];
    for (const line of lines) {
        if (line === '') {
            stored.id = id;
            if (data !== '')
                events.push({ type: type || 'message', data: data.slice(0, -1), id, idSet: hasId });
            [data, type, hasId] = ['', '', false];
            continue;
        }
        const colon = line.indexOf(':');
        if (colon === 0)
            continue;
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (name === 'data')
            data += value + '\n';
        else if (name === 'event')
            type = value;
        else if (name === 'id' && !value.includes('\0'))
            [id, hasId] = [value, true];
    }
    return events;
}

// What npm eventsource 3.0.7 is known to do otherwise; it is not asked about these.
function whyNotNpm(connections) {
    for (const { bytes } of connections) {
        if (bytes.at(-1) === 0x0d)
            return 'it holds back a final CR';
        const text = new TextDecoder().decode(bytes);
        if (/(^|[\r\n])id[^\r\n]*\0/.test(text))
            return 'an id with NUL takes back the id before it in its block';
        if (/(^|[\r\n])id[^\r\n]*[^\0-\x7f]/.test(text))
            return 'it never comes back with an id that is not ASCII';
    }
    return '';
}

const streams = [];
for (let index = 0; index < count; ++index) {
    const connections = makeStream(index);
    const stored = { id: '' };
    const idsSent = [];
    const events = [];
    for (const connection of connections) {
        idsSent.push(stored.id.replace(/^[ \t]+|[ \t]+$/g, '') || null);
        events.push(...interpret(connection.bytes, stored));
    }
    idsSent.push(stored.id.replace(/^[ \t]+|[ \t]+$/g, '') || null);
    streams.push({ connections, events, idsSent, asked: { record: [], npm: [] }, npm: null, whyNot: whyNotNpm(connections) });
}

let started = 0;
const server = http.createServer((request, answer) => {
    const [, reader, number] = request.url.split('/');
    if (reader === 'start') {
        answer.writeHead(307, { location: `/record/${started++}`, 'content-length': 0 }).end();
        return;
    }
    const { connections, asked } = streams[Number(number)];
    const id = request.headers['last-event-id'];
    const connection = connections[asked[reader].length];
    asked[reader].push(id === undefined ? null : Buffer.from(id, 'latin1').toString('utf8'));
    if (!connection) {
        answer.writeHead(204).end();
        return;
    }
    answer.useChunkedEncodingByDefault = connection.isChunked;
    answer.writeHead(200, { 'content-type': 'text/event-stream', ...(connection.isChunked ? {} : { connection: 'close' }) });
    answer.flushHeaders();
    const write = (at) => {
        if (at === connection.pieces.length)
            answer.end();
        else
            answer.write(connection.pieces[at], () => setImmediate(write, at + 1));
    };
    write(0);
});
server.keepAliveTimeout = 100;
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const port = server.address().port;

function readWithNpm(index) {
    return new Promise((resolve) => {
        const events = [];
        const source = new EventSource(`http://127.0.0.1:${port}/npm/${index}`);
        const dispatch = source.dispatchEvent.bind(source);
        source.dispatchEvent = (event) => { // whatever its type is
            if (event instanceof MessageEvent)
                events.push({ type: event.type, data: event.data, id: event.lastEventId });
            else if (source.readyState === 2)
                resolve(events);
            return dispatch(event);
        };
    });
}

const waiting = streams.keys();
await Promise.all(Array.from({ length: 50 }, async () => {
    for (const index of waiting) {
        if (!streams[index].whyNot)
            streams[index].npm = await readWithNpm(index);
    }
}));
console.log(port);
for await (const _ of readline.createInterface({ input: process.stdin })) {
    for (const { events, idsSent, asked, npm, whyNot } of streams)
        console.log(JSON.stringify({ events, idsSent, asked: asked.record, npm, whyNot }));
}
process.exit(0);
