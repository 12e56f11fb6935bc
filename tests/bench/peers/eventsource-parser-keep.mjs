// npm eventsource-parser behind node's http client, keeping every event: eventsource-parser-keep.mjs PORT sse|chunked
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../interop/package.json', import.meta.url));
const { createParser } = await import(pathToFileURL(require.resolve('eventsource-parser')));

const events = [];
const parser = createParser({ onEvent: (event) => events.push(event) });
http.get({ host: '127.0.0.1', port: process.argv[2], path: `/${process.argv[3]}` }, (answer) => {
    answer.setEncoding('utf8');
    answer.on('data', (text) => parser.feed(text));
    answer.on('end', () => console.log(events.length));
});
