// npm ws as a client that keeps every message: ws-keep.mjs PORT
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../interop/package.json', import.meta.url));
const { WebSocket } = require('ws');

const messages = [];
const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/ws`, { perMessageDeflate: false });
socket.on('message', (data) => messages.push(data.toString()));
socket.on('close', () => console.log(messages.length));
