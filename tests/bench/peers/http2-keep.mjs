// npm eventsource-parser behind node's http2 client, keeping every event: http2-keep.mjs PORT, with windows of 16 MiB.
import http2 from 'node:http2';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../interop/package.json', import.meta.url));
const { createParser } = await import(pathToFileURL(require.resolve('eventsource-parser')));

const events = [];
const parser = createParser({ onEvent: (event) => events.push(event) });
const session = http2.connect(`http://127.0.0.1:${process.argv[2]}`, { settings: { initialWindowSize: 16 << 20 } });
session.on('connect', () => session.setLocalWindowSize(16 << 20));
const stream = session.request({ ':path': '/http2' });
stream.setEncoding('utf8');
stream.on('data', (text) => parser.feed(text));
stream.on('end', () => {
    console.log(events.length);
    session.close();
});
