// npm eventsource: eventsource-client.mjs URL COUNT prints COUNT events as JSON lines and ends.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { EventSource } = require('eventsource');

const [url, count] = process.argv.slice(2);
let missing = Number(count);
const source = new EventSource(url);
const take = (event) => {
    console.log(JSON.stringify({ type: event.type, data: event.data, lastEventId: event.lastEventId }));
    if (--missing === 0)
        source.close();
};
for (const type of ['message', 'tick', 'reset'])
    source.addEventListener(type, take);
source.addEventListener('error', (event) => {
    if (event.code === 204 || source.readyState === 2) {
        console.log(JSON.stringify({ closed: event.code ?? null }));
        source.close();
    }
});
