// Headless Chromium: browser.mjs URL [--network] opens the page and evaluates the JavaScript of standard input in it, an expression that may
// be a promise; its value is printed as one JSON line. With --network a second line tells what the browser's own protocol said of the network
// meanwhile, and which HTTP/2 headers its log has: {"events": [{method, params}], "http2": [{session, headers}]}.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const require = createRequire(import.meta.url);
const { WebSocket } = require('ws');

const network = process.argv.includes('--network');
const profile = mkdtempSync(join(tmpdir(), 'pushscope-browser-'));
const browser = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--ignore-certificate-errors',
    ...(network ? [`--log-net-log=${join(profile, 'net-log.json')}`] : []), `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
const finish = (code, leave = () => browser.kill()) => {
    browser.once('exit', () => {
        if (network && !code)
            console.log(JSON.stringify({ events: heard, http2: readNetLog(join(profile, 'net-log.json')) }));
        try { // its children may still write while they end
            rmSync(profile, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 });
        } catch (error) {
            console.error(`left behind: ${error}`);
        }
        process.exit(code);
    });
    leave();
};
browser.on('error', (error) => { console.error(String(error)); process.exit(1); });
setTimeout(() => { console.error('the browser took too long'); finish(1); }, 50_000).unref();

// The pseudo-header fields of all HTTP/2 streams that the browser opened.
function readNetLog(file) {
    const log = JSON.parse(readFileSync(file, 'utf8'));
    const type = log.constants.logEventTypes.HTTP2_SESSION_SEND_HEADERS;
    return log.events.filter((event) => event.type === type).map((event) => ({ session: event.source.id, headers: event.params.headers.filter((field) => field.startsWith(':')) }));
}

const heard = [];
const endpoint = await new Promise((resolve) => {
    let text = '';
    browser.stderr.on('data', (data) => {
        text += data;
        const found = /DevTools listening on (ws:\S+)/.exec(text);
        if (found)
            resolve(found[1]);
    });
});
const socket = new WebSocket(endpoint, { perMessageDeflate: false });
await new Promise((resolve) => socket.once('open', resolve));

let last = 0;
const answers = new Map();
const events = new Map();
socket.on('message', (data) => {
    const message = JSON.parse(data);
    if (message.id)
        answers.get(message.id)?.(message);
    else if (message.method === 'Network.responseReceived') {
        const { type, response: { url, protocol, connectionId } } = message.params;
        heard.push({ method: message.method, type, url, protocol, connectionId });
    } else if (message.method.startsWith('Network.webSocket'))
        heard.push({ method: message.method, ...message.params });
    else
        events.get(message.method)?.(message.params);
});
const call = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    const id = ++last;
    answers.set(id, (message) => (message.error ? reject(new Error(message.error.message)) : resolve(message.result)));
    socket.send(JSON.stringify({ id, method, params, sessionId }));
});

const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
await call('Page.enable', {}, sessionId);
if (network)
    await call('Network.enable', {}, sessionId);
const loaded = new Promise((resolve) => events.set('Page.loadEventFired', resolve));
await call('Page.navigate', { url: process.argv[2] }, sessionId);
await loaded;
const { result, exceptionDetails } = await call('Runtime.evaluate',
    { expression: readFileSync(0, 'utf8'), awaitPromise: true, returnByValue: true }, sessionId);
console.log(JSON.stringify(exceptionDetails ? { exception: exceptionDetails.exception?.description ?? exceptionDetails.text } : result.value));
// Its log is whole when it closes by itself.
finish(exceptionDetails ? 1 : 0, network ? () => call('Browser.close') : undefined);
