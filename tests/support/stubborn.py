"""Endpoints that never come to an end, or never begin (security catalogue F08). Standard library only; free ports."""
import contextlib
import gzip
import select
import socket
import struct
import time

import misbehaving
from misbehaving import ANSWER, http

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
ENDLESS = {  # path → what comes first, and what comes ever after
    "/endless-headers": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1000),
    "/endless-header": (b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 65536),
    "/endless-status": (b"HTTP/1.1 200 ", b"O" * 65536),
    "/endless-interim": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000),
    "/endless-body": (HEAD + b"\r\n<a>", b"a" * 65536),
    "/endless-chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"a" * 0x1000 + b"\r\n"),
    "/endless-chunk-line": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;", b"a" * 65536),
    "/endless-trailers": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: b\r\n" * 1000),
}
SILENT = {  # path → what comes before the silence
    "/silent-after-head": HEAD + b"Content-Length: 500\r\n\r\n",
    "/silent-in-body": http()[:-100],
    "/silent-after-interim": b"HTTP/1.1 100 Continue\r\n\r\n",
    "/silent-in-chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n40\r\n<s:Envelope",
    "/silent-before-end": HEAD + b"\r\n" + ANSWER.encode(),  # only the end of the connection would say that this is all
}
RESET = {  # path → what comes before the reset
    "/reset-at-once": b"",
    "/reset-in-head": HEAD,
    "/reset-in-body": http()[:-100],
    "/reset-before-end": HEAD + b"\r\n" + ANSWER.encode(),
}
WHOLE = {
    "/gzip-body": http(body=gzip.compress(ANSWER.encode()), extra="Content-Encoding: gzip\r\n"),
    "/gzip-bomb": http(body=gzip.compress(b"<a>" + b" " * (64 << 20)), extra="Content-Encoding: gzip\r\n"),
    "/gzip-unsaid": http(body=gzip.compress(ANSWER.encode())),
    "/one-less": http(length=len(ANSWER.encode()) - 1),
    "/one-more": http(length=len(ANSWER.encode()) + 1),
    "/negative-length": http(length=-1),
    "/huge-length": http(length=2**64),
}


class Handler(misbehaving.Handler):
    def act(self, path):
        if path in ENDLESS:
            first, ever = ENDLESS[path]
            self.request.sendall(first)
            while True:
                self.request.sendall(ever)
        elif path in SILENT:
            self.request.sendall(SILENT[path])
            self.request.recv(1)
        elif path in RESET:
            self.request.sendall(RESET[path])
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.request.close()
        elif path in WHOLE:
            self.request.sendall(WHOLE[path])
            self.request.shutdown(socket.SHUT_WR)
            self.request.recv(1)
        else:
            super().act(path)


class Stubborn(misbehaving.Misbehaving):
    def __init__(self):
        super().__init__()
        self.RequestHandlerClass = Handler


class BlackHole:
    """with BlackHole() as port: SYNs to it are answered by nobody, because its queue of connections is full and nobody takes any."""

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        self.listener = self.stack.enter_context(socket.socket())
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(0)
        self.port = self.listener.getsockname()[1]
        for _ in range(16):
            one = self.stack.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", self.port))
            if not select.select([], [one], [], 1)[1]:
                return self
        raise AssertionError("the queue does not fill up")

    def wait_for(self, count):
        """Until so many others wait for an answer to their SYN."""
        port, syn_sent = f":{self.port:04X}", "02"
        while True:
            with open("/proc/net/tcp", encoding="ascii") as table:
                rows = [line.split() for line in table]
            if sum(row[2].endswith(port) and row[3] == syn_sent for row in rows) >= count + 1:  # one is our own
                return
            time.sleep(0.01)

    def let_go(self):
        """From now on the port refuses."""
        self.listener.close()

    def __exit__(self, *_):
        self.stack.close()
