// A Model Context Protocol server on the protocol's own SDK: prints its port.
//   /mcp             streamable HTTP, a session for each `initialize`
//   /sse, /messages  HTTP with SSE (2024-11-05)
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const sessions = new Map();

function makeServer() {
    const server = new Server({ name: 'sdk', version: '7' }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'steps', inputSchema: { type: 'object' } }] }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
        const progressToken = params._meta?.progressToken;
        for (let progress = 1; progressToken !== undefined && progress <= 3; ++progress)
            await sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
        return { content: [{ type: 'text', text: 'three steps' }] };
    });
    return server;
}

async function streamable(request, answer) {
    const known = sessions.get(request.headers['mcp-session-id']);
    const transport = known ?? new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: id => sessions.set(id, transport),
        onsessionclosed: id => sessions.delete(id),
    });
    if (!known)
        await makeServer().connect(transport);
    await transport.handleRequest(request, answer);
}

async function older(request, answer) {
    const transport = new SSEServerTransport('/messages', answer);
    sessions.set(transport.sessionId, transport);
    await makeServer().connect(transport);
}

const server = http.createServer((request, answer) => {
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname === '/mcp')
        return streamable(request, answer);
    if (url.pathname === '/sse')
        return older(request, answer);
    const transport = sessions.get(url.searchParams.get('sessionId'));
    return transport ? transport.handlePostMessage(request, answer) : answer.writeHead(404).end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
