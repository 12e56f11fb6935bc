// A WebSocket server on npm ws. Prints its port.
//   /echo          echoes messages
//   /push?count=N  sends N text messages, a ping after each tenth, and closes with 1000
//   /fragments     one text message in three fragments with a ping between, then closes with 1000
//   /close?code=C&reason=R  closes at once
//   /abrupt        ends the TCP connection without a close frame
//   /protocols     chooses the last subprotocol that is offered
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({
    host: '127.0.0.1', port: 0, perMessageDeflate: false,
    handleProtocols: (offered) => [...offered].pop(),
});
server.on('connection', (socket, request) => {
    const url = new URL(request.url, 'http://peer');
    socket.on('error', () => {});
    switch (url.pathname) {
    case '/push': {
        const count = Number(url.searchParams.get('count') ?? 10);
        for (let i = 1; i <= count; ++i) {
            socket.send(JSON.stringify({ id: i }));
            if (i % 10 === 0)
                socket.ping(`ping ${i}`);
        }
        socket.close(1000, 'done');
        break;
    }
    case '/fragments':
        socket.send('Gr\u00fc', { fin: false });
        socket.ping('between');
        socket.send('\u00dfe ', { fin: false });
        socket.send('da', { fin: true });
        socket.close(1000);
        break;
    case '/close':
        socket.close(Number(url.searchParams.get('code')), url.searchParams.get('reason') ?? '');
        break;
    case '/abrupt':
        socket.send('last words', () => socket.terminate());
        break;
    default:
        socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    }
});
server.on('listening', () => console.log(server.address().port));
