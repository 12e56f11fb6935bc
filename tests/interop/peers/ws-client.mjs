// npm ws: ws-client.mjs URL [MESSAGE ...] sends the messages, prints each answer on a line and closes when it has them all; without
// messages it prints what comes until the server closes. Control frames stand as [ping DATA]; the last line is the close code.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { WebSocket } = require('ws');

const [url, ...messages] = process.argv.slice(2);
let missing = messages.length;
const socket = new WebSocket(url, { perMessageDeflate: false, rejectUnauthorized: !process.env.INSECURE });
socket.on('open', () => messages.forEach((message) => socket.send(message)));
socket.on('ping', (data) => console.log(`[ping ${data}]`));
socket.on('message', (data) => {
    console.log(data.toString());
    if (messages.length && --missing === 0)
        socket.close(1000);
});
socket.on('error', (error) => console.log(`[error ${error.code ?? error.message}]`));
socket.on('close', (code) => console.log(code));
