// Headless Chromium: browser.mjs URL opens the page and evaluates the JavaScript of standard input in it, an expression that may be a
// promise; its value is printed as one JSON line.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const require = createRequire(import.meta.url);
const { WebSocket } = require('ws');

const profile = mkdtempSync(join(tmpdir(), 'pushscope-browser-'));
const browser = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--ignore-certificate-errors',
    `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
const finish = (code) => {
    browser.once('exit', () => {
        try { // its children may still write while they end
            rmSync(profile, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 });
        } catch (error) {
            console.error(`left behind: ${error}`);
        }
        process.exit(code);
    });
    browser.kill();
};
browser.on('error', (error) => { console.error(String(error)); process.exit(1); });
setTimeout(() => { console.error('the browser took too long'); finish(1); }, 50_000).unref();

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
const loaded = new Promise((resolve) => events.set('Page.loadEventFired', resolve));
await call('Page.navigate', { url: process.argv[2] }, sessionId);
await loaded;
const { result, exceptionDetails } = await call('Runtime.evaluate',
    { expression: readFileSync(0, 'utf8'), awaitPromise: true, returnByValue: true }, sessionId);
console.log(JSON.stringify(exceptionDetails ? { exception: exceptionDetails.exception?.description ?? exceptionDetails.text } : result.value));
finish(exceptionDetails ? 1 : 0);
