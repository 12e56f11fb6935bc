// What the Model Context Protocol's own SDK finds at a URL: prints one object. Arguments: "streamable" or "sse", the URL.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [kind, url] = process.argv.slice(2);
const isStreamable = kind === 'streamable';
const transport = new (isStreamable ? StreamableHTTPClientTransport : SSEClientTransport)(new URL(url));
const client = new Client({ name: 'sdk', version: '1' });
const pinged = new Promise(resolve => {
    const send = transport.send.bind(transport);
    transport.send = (message, options) => {
        if (String(message.id).startsWith('demo-'))
            resolve(message);
        return send(message, options);
    };
});
await client.connect(transport);
const progress = [];
const call = { name: 'count', arguments: { to: 3, interval: 20 } };
const counted = await client.callTool(call, undefined, { onprogress: step => progress.push(step.progress) });
const { tools } = await client.listTools();
const refusal = await client.callTool({ name: 'none' }).catch(error => error.code);
const found = {
    server: client.getServerVersion(),
    session: Boolean(transport.sessionId),
    tools: tools.map(tool => tool.name),
    progress,
    counted: counted.content,
    refusal,
    pong: await pinged,
};
if (isStreamable)
    await transport.terminateSession();
await client.close();
console.log(JSON.stringify(found));
