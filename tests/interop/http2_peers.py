"""Servers that speak HTTP/2, started with configurations of the test's own: over TLS with ALPN, and by prior knowledge on a cleartext port.

Each start_* returns the origins {"https": ..., "http": ...}; those that only pass on what another serves take the port of a backend that
speaks HTTP/1.1.
"""

import json

from certificates import Authority
from support import HERE, NODE, PYTHON, PeerTest, free_port, wait_for_port


class Http2PeerTest(PeerTest):
    @classmethod
    def setUpClass(cls):
        authority = Authority()
        cls.addClassCleanup(authority.own.cleanup)
        authority.sign("server", "DNS:localhost,IP:127.0.0.1")
        cls.authority = authority
        cls.ca, cls.certificate, cls.key = authority.certificate("authority"), authority.certificate("server"), authority.key("server")

    @classmethod
    def start_node_http2(cls):
        return origins(*json.loads(cls.start(NODE, HERE / "peers/http2-server.mjs", cls.key, cls.certificate).line()).values())

    @classmethod
    def start_both(cls, *command, **options):
        """A peer that says nothing when it listens; {tls} and {clear} in its command are ports."""
        tls, clear = free_port(), free_port()
        cls.start(*[str(word).format(tls=tls, clear=clear) for word in command], **options)
        wait_for_port(tls)
        wait_for_port(clear)
        return origins(tls, clear)

    @classmethod
    def start_configured_both(cls, template, *command, **settings):
        """A peer with a configuration made of a template in peers/; {} in its command is the file."""
        tls, clear = free_port(), free_port()
        cls.start_configured(template, *command, TLS_PORT=tls, PORT=clear, CERTIFICATE=cls.certificate, KEY=cls.key, **settings)
        wait_for_port(tls)
        wait_for_port(clear)
        return origins(tls, clear)

    @classmethod
    def start_nginx_http2(cls, backend):
        return cls.start_configured_both("nginx-http2.conf.in", "nginx", "-c", "{}", "-e", "stderr", BACKEND=backend)

    @classmethod
    def start_hypercorn(cls):
        return cls.start_both(PYTHON, "-m", "hypercorn", "--bind", "127.0.0.1:{tls}", "--insecure-bind", "127.0.0.1:{clear}",
                              "--certfile", cls.certificate, "--keyfile", cls.key, "hypercorn-app:app", cwd=HERE / "peers")

    @classmethod
    def start_nghttpx(cls, backend, *options):
        """A backend "PORT;;proto=h2" is spoken to by prior knowledge."""
        return cls.start_both("nghttpx", "--conf=/dev/null", "-f127.0.0.1,{tls}", "-f127.0.0.1,{clear};no-tls", f"-b127.0.0.1,{backend}",
                              "--workers=1", "--single-process", "--accesslog-file=/dev/null", "--log-level=ERROR", *options, cls.key,
                              cls.certificate)

    @classmethod
    def start_haproxy(cls, backend, backend_options="", backend_rule=""):
        """Also returns "http1": an origin that takes HTTP/1.1 in clear. A backend with the options "proto h2" is spoken to by prior
        knowledge."""
        pair, first = cls.authority.folder / "pair.pem", free_port()
        pair.write_text(cls.certificate.read_text() + cls.key.read_text())
        both = cls.start_configured_both("haproxy-http2.cfg.in", "haproxy", "-db", "-q", "-f", "{}", BACKEND=backend,
                                         BACKEND_OPTIONS=backend_options, BACKEND_RULE=backend_rule, PAIR=pair, HTTP1_PORT=first)
        return both | {"http1": f"http://127.0.0.1:{first}"}

    @classmethod
    def start_apache(cls, backend):
        return cls.start_configured_both("apache-http2.conf.in", "apache2", "-D", "FOREGROUND", "-f", "{}", BACKEND=backend,
                                         MODULES="/usr/lib/apache2/modules")

    @classmethod
    def start_lighttpd(cls, backend):
        return cls.start_configured_both("lighttpd-http2.conf.in", "lighttpd", "-D", "-f", "{}", BACKEND=backend)

    @classmethod
    def start_libwebsockets(cls):
        """Its WebSocket protocol `lws-mirror-protocol` sends every message back to all; over TLS alone."""
        port = free_port()
        cls.start("libwebsockets-test-server", f"--port={port}", "--ssl", f"--ssl-cert={cls.certificate}", f"--ssl-key={cls.key}", "--interface=lo")
        wait_for_port(port)
        return {"https": f"https://localhost:{port}"}


def origins(tls, clear):
    return {"https": f"https://localhost:{tls}", "http": f"http://127.0.0.1:{clear}"}
