// npm eventsource in the place of a browser's: evaluates the JavaScript of standard input, an expression, and prints its value as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { EventSource } = createRequire(import.meta.url)('eventsource');

console.log(JSON.stringify(await new Function('EventSource', `return ${readFileSync(0, 'utf8')}`)(EventSource)));
process.exit(0);
