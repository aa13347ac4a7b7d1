"""A recipient that misbehaves on purpose, one way a path (security catalogue F08, R07). Standard library only; free port; no sleeps."""
import contextlib
import socket
import socketserver
import struct
import threading

ANSWER = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><n:SendMessageResponse xmlns:n="http://bip.bee.kz/SyncChannel/v10/Types"><response>
<responseInfo><messageId>00000000-0000-4000-8000-0000000000ee</messageId><responseDate>2030-01-02T03:04:05Z</responseDate>
<status><code>SCSS001</code><message>from the endpoint</message></status></responseInfo><responseData><data><r:a xmlns:r="urn:r">1</r:a></data></responseData>
</response></n:SendMessageResponse></s:Body></s:Envelope>"""
FAULT = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:E42</faultcode><faultstring>not today</faultstring>
</s:Fault></s:Body></s:Envelope>"""


def http(status="200 OK", body=ANSWER, extra="", length=None):
    octets = body.encode("utf-8") if isinstance(body, str) else body
    return (f"HTTP/1.1 {status}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {len(octets) if length is None else length}\r\n{extra}\r\n").encode() + octets


SAID = {  # path → octets, after which the connection closes
    "/good": http(),
    "/fault": http("500 Internal Server Error", FAULT),
    "/fault-200": http(body=FAULT),
    "/answer-500": http("500 Internal Server Error"),
    "/short": http(length=100_000),
    "/long": http(length=40),
    "/two-lengths": http(extra="Content-Length: 3\r\n"),
    "/mid-body": http()[:-200],
    "/garbage": b"\x16\x03\x01\x00\x2a\x02 this is no HTTP\r\n\r\n",
    "/not-xml": http(body="<html><p>Hello</html>"),
    "/other-xml": http(body="<html/>"),
    "/doctype": http(body='<!DOCTYPE a [<!ENTITY b "c">]>' + ANSWER),
    "/no-status": http(body=ANSWER.replace("<code>SCSS001</code>", "")),
    "/other-message": http(body=ANSWER.replace("<responseDate>", "<correlationId>of-somebody-else</correlationId><responseDate>")),
    "/bad-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
    "/gzip": http(extra="Content-Encoding: gzip\r\n"),
    "/redirect": http("302 Found", "", "Location: http://169.254.169.254/\r\n"),
    "/not-found": http("404 Not Found", "no"),
    "/busy": http("503 Service Unavailable", "later"),
    "/empty": b"",
    "/large": http(body=b"x" * (11 << 20)),
    "/interim": b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000,
    "/headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 10_000,
}


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            head, body = self.read_request()
            path = head.split(" ")[1]
            with self.server.lock:
                self.server.seen.append((path, head, body))
                self.server.arrived.notify_all()
            self.act(path)

    def read_request(self):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.some()
        head, _, body = data.partition(b"\r\n\r\n")
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self.some()
        return head.decode("latin-1"), body

    def some(self):
        data = self.request.recv(65536)
        if not data:
            raise OSError("closed")
        return data

    def act(self, path):
        mode = self.server.now.get(path, path)
        if mode == "/hang":
            with self.server.lock:
                self.server.hanging.append(self.request)
            self.request.recv(1)  # ends when the other side gives up, or when let_go
        elif mode == "/half-head":
            self.request.sendall(http()[:40])
            self.request.recv(1)
        elif mode == "/drip":
            for octet in http():
                self.request.sendall(bytes([octet]))
                if self.server.stop.wait(0.2):
                    break
        elif mode == "/endless":
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<a>")
            while True:
                self.request.sendall(b"a" * 65536)
        elif mode == "/reset":
            self.request.sendall(http()[:200])
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.request.close()
        else:
            self.request.sendall(SAID[mode])
            # What the other side still sends must not turn the answer into a reset.
            self.request.shutdown(socket.SHUT_WR)
            self.request.recv(1)


class Misbehaving(socketserver.ThreadingTCPServer):
    """with Misbehaving() as m: m.url + "/hang"; m.seen holds (path, head, body) of what came; m.now[path] = "/good" changes a path's ways."""
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen, self.now, self.hanging = [], {}, []
        self.lock = threading.RLock()
        self.arrived = threading.Condition(self.lock)
        self.stop = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def wait_for(self, path, count=1):
        with self.lock:
            assert self.arrived.wait_for(lambda: sum(p == path for p, _, _ in self.seen) >= count, 60), f"{path} was not asked"

    def let_go(self):
        """Closes every connection that hangs."""
        with self.lock:
            for connection in self.hanging:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.shutdown()
        self.server_close()


def closed_port():
    """A port that nobody listens on; held until the process ends, so that nobody else gets it."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    closed_port.held.append(held)
    return held.getsockname()[1]


closed_port.held = []
