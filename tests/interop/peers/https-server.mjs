// node's https: one event that names the subject of the client's certificate. Arguments: key, certificate, then the authority whose
// certificates it demands of clients or "-", and the highest version of TLS. Prints its port.
import fs from 'node:fs';
import https from 'node:https';

const [key, cert, authority, maxVersion] = process.argv.slice(2);
const demands = authority === '-' ? {} : { ca: fs.readFileSync(authority), requestCert: true, rejectUnauthorized: true };
const options = { key: fs.readFileSync(key), cert: fs.readFileSync(cert), minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0', ...demands };
const server = https.createServer(options, (request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    answer.end(`data: ${request.socket.getPeerCertificate().subject?.CN ?? 'nobody'}\n\n`);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
