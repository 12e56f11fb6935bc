// The demo page: opens the feeds with the browser's own EventSource and WebSocket.
'use strict';

const element = id => document.getElementById(id);
const kept = 200; // lines of a log

class Log {
  constructor(prefix) {
    this.list = element(prefix + '-log');
    this.counter = element(prefix + '-count');
    this.count = 0;
  }
  clear() {
    this.list.replaceChildren();
    this.count = 0;
    this.counter.textContent = '0';
  }
  note(text) {
    const line = document.createElement('li');
    line.textContent = text;
    line.value = this.count;
    const atEnd = this.list.scrollTop + this.list.clientHeight >= this.list.scrollHeight - 4;
    this.list.append(line);
    while (this.list.childElementCount > kept)
      this.list.firstElementChild.remove();
    if (atEnd)
      this.list.scrollTop = this.list.scrollHeight;
  }
  message(text) {
    this.counter.textContent = String(++this.count);
    this.note(text);
  }
}

const sse = {
  log: new Log('sse'),
  sources: [],
  show() {
    const open = this.sources.filter(source => source.readyState === EventSource.OPEN).length;
    const one = this.sources.length === 0 ? 'closed' : open === 1 ? 'open' : 'connecting';
    element('sse-state').textContent = this.sources.length > 1 ? `${open} of ${this.sources.length} open` : one;
    element('sse-toggle').textContent = this.sources.length > 0 ? 'Close' : 'Open';
  },
  open(urls) {
    this.close();
    this.log.clear();
    for (const url of urls)
      this.add(url, urls.length > 1 ? `${url.slice(url.indexOf('?') + 1)}: ` : '');
    this.show();
  },
  add(url, name) {
    const source = new EventSource(url);
    this.sources.push(source);
    source.onopen = () => this.show();
    source.onerror = () => {
      const isOver = source.readyState === EventSource.CLOSED;
      if (isOver)
        this.sources = this.sources.filter(other => other !== source);
      this.log.note(name + (isOver ? 'failed for good' : 'lost, reconnecting'));
      this.show();
    };
    for (const type of ['message', 'tick', 'reset'])
      source.addEventListener(type,
        event => this.log.message(`${name}${event.type} id=${event.lastEventId} ${event.data}`));
  },
  close() {
    for (const source of this.sources)
      source.close();
    this.sources = [];
    this.show();
  },
};

const ws = {
  log: new Log('ws'),
  socket: null,
  show(state) {
    element('ws-state').textContent = state;
    element('ws-toggle').textContent = this.socket ? 'Close' : 'Open';
    element('ws-send').disabled = state !== 'open';
  },
  open(path) {
    this.close();
    this.log.clear();
    const url = new URL(path, location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.show('connecting');
    socket.onopen = () => this.show('open');
    socket.onmessage = event =>
      this.log.message(typeof event.data === 'string' ? event.data.slice(0, 1000) : `${event.data.byteLength} bytes`);
    socket.onclose = event => {
      this.log.note(`closed: code ${event.code}, reason "${event.reason}", ${event.wasClean ? 'clean' : 'not clean'}`);
      if (this.socket === socket) {
        this.socket = null;
        this.show('closed');
      }
    };
  },
  close() {
    const socket = this.socket;
    this.socket = null;
    if (socket)
      socket.close(1000);
    this.show('closed');
  },
};

function onSubmit(id, action) {
  element(id).addEventListener('submit', event => {
    event.preventDefault();
    action();
  });
}

// What is asked for with POST no EventSource can open: the body is read as it comes.
async function post(scenario) {
  const log = sse.log;
  sse.close();
  log.clear();
  const headers = { 'Content-Type': scenario.contentType, 'Accept': 'text/event-stream' };
  const answer = await fetch(scenario.urls[0], { method: scenario.method, headers, body: scenario.body });
  log.note(`${answer.status} ${answer.headers.get('Content-Type')}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done)
      break;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks)
      log.message(block.slice(0, 1000));
  }
  log.note('ended');
}

// All its event streams at once, and its first WebSocket.
function openAll(paths) {
  const sockets = paths.filter(path => path.startsWith('/ws/'));
  const feeds = paths.filter(path => !path.startsWith('/ws/'));
  if (feeds.length > 0) {
    element('sse-url').value = feeds[0];
    sse.open(feeds);
  }
  if (sockets.length > 0) {
    element('ws-url').value = sockets[0];
    ws.open(sockets[0]);
  }
}

function showScenarios(list) {
  let group = '';
  for (const scenario of list) {
    if (scenario.group !== group) {
      group = scenario.group;
      const title = document.createElement('h3');
      title.textContent = group;
      element('scenarios').append(title);
    }
    const line = document.createElement('p');
    const button = document.createElement('button');
    button.textContent = scenario.title;
    button.addEventListener('click', () => scenario.method ? post(scenario) : openAll(scenario.urls));
    line.append(button, scenario.watch);
    element('scenarios').append(line);
  }
}

onSubmit('sse-form', () => sse.sources.length > 0 ? sse.close() : sse.open([element('sse-url').value]));
onSubmit('ws-form', () => ws.socket ? ws.close() : ws.open(element('ws-url').value));
onSubmit('ws-send-form', () => ws.socket && ws.socket.send(element('ws-text').value));
onSubmit('publish-form', async () => {
  const url = '/publish?topic=' + encodeURIComponent(element('publish-topic').value);
  const answer = await fetch(url, { method: 'POST', body: element('publish-text').value });
  element('publish-answer').textContent = `${answer.status} ${await answer.text()}`;
});

fetch('/scenarios').then(answer => answer.json()).then(showScenarios);
openAll(['/events', '/ws/ticks']);
