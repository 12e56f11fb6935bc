"""A TLS server that picks h2 by ALPN whatever was offered, as no TLS library's own interface lets it: alpn-forger.py KEY CERTIFICATE prints
its port. It says nothing over TLS."""

import ctypes
import socket
import sys

openssl = ctypes.CDLL("libssl.so.3")
for maker in (openssl.TLS_server_method, openssl.SSL_CTX_new, openssl.SSL_new):
    maker.restype = ctypes.c_void_p

CHOICE = ctypes.create_string_buffer(b"h2")
FILE_TYPE_PEM = 1


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_ubyte), ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p)
def choose(ssl, out, length, offered, offered_length, argument):
    out[0] = ctypes.addressof(CHOICE)
    length[0] = 2
    return 0  # SSL_TLSEXT_ERR_OK


key, certificate = sys.argv[1:3]
context = ctypes.c_void_p(openssl.SSL_CTX_new(ctypes.c_void_p(openssl.TLS_server_method())))
assert openssl.SSL_CTX_use_certificate_file(context, certificate.encode(), FILE_TYPE_PEM) == 1
assert openssl.SSL_CTX_use_PrivateKey_file(context, key.encode(), FILE_TYPE_PEM) == 1
openssl.SSL_CTX_set_alpn_select_cb(context, choose, None)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    ssl = ctypes.c_void_p(openssl.SSL_new(context))
    openssl.SSL_set_fd(ssl, connection.fileno())
    openssl.SSL_accept(ssl)
    received = ctypes.create_string_buffer(4096)
    while openssl.SSL_read(ssl, received, 4096) > 0:
        pass
    openssl.SSL_free(ssl)
    connection.close()
