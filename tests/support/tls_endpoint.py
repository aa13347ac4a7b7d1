"""https endpoints for tests: certificates made by openssl for one run, a recipient behind TLS, a proxy that takes TLS off, and servers that spoil TLS."""
import contextlib
import pathlib
import socket
import socketserver
import ssl
import subprocess
import tempfile
import threading

import misbehaving

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
GOOD_NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1"


class Certificates:
    """Two authorities and what they issued; `names` are the kinds of server certificates, each with a key beside it."""
    SERVERS = {  # name → (authority, extension, days)
        "good": ("authority", GOOD_NAMES, 30),
        "other-name": ("authority", "subjectAltName=DNS:other.example,IP:192.0.2.1", 30),
        "expired": ("authority", GOOD_NAMES, -1),
        "foreign": ("stranger", GOOD_NAMES, 30),
        "for-clients": ("authority", GOOD_NAMES + "\nextendedKeyUsage=clientAuth", 30),
    }

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shepsim-test-"))
        for name in ("authority", "stranger"):
            self.openssl("req", "-x509", *KEY, "-nodes", "-subj", f"/CN=test {name}", "-days", "30", "-keyout", f"{name}.key", "-out", f"{name}.pem")
        self.openssl("req", "-x509", *KEY, "-nodes", "-subj", "/CN=localhost", "-addext", GOOD_NAMES, "-days", "30",
                     "-keyout", "self-signed.key", "-out", "self-signed.pem")
        for name, (authority, extension, days) in self.SERVERS.items():
            self.issue(name, authority, extension, days)
        self.issue("client", "authority", "extendedKeyUsage=clientAuth", 30)
        self.openssl("pkcs12", "-export", "-inkey", "client.key", "-in", "client.pem", "-passout", "pass:client-password", "-out", "client.p12")
        (self.folder / "password").write_text("client-password\n", encoding="utf-8")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def issue(self, name, authority, extension, days):
        (self.folder / "extension").write_text(extension + "\n", encoding="utf-8")
        self.openssl("req", "-new", *KEY, "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial", "-extfile", "extension",
                     "-days", str(days), "-out", f"{name}.pem")

    def path(self, name):
        return self.folder / name

    def server(self, name, ask_client=False):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path(f"{name}.pem"), self.path(f"{name}.key"))
        if ask_client:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.path("authority.pem"))
        return context


class SecureHandler(misbehaving.Handler):
    def setup(self):
        with contextlib.suppress(OSError):
            self.request = self.server.context.wrap_socket(self.request, server_side=True)

    def act(self, path):
        self.server.clients.append(self.request.getpeercert())
        if path in ("/until-close", "/cut"):  # the end of the body is the end of the connection: with TLS's farewell, or without
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + misbehaving.ANSWER.encode())
            if path == "/until-close":
                self.request.unwrap()
            return
        super().act(path)


class SecureEndpoint(misbehaving.Misbehaving):
    """misbehaving.Misbehaving over TLS. `clients` holds the certificate of each caller."""

    def __init__(self, context):
        super().__init__()
        self.RequestHandlerClass = SecureHandler
        self.context, self.clients = context, []
        self.port = self.server_address[1]
        self.url = f"https://127.0.0.1:{self.port}"


class Answerer(socketserver.ThreadingTCPServer):
    """Says fixed octets to whatever comes, or nothing and waits."""
    daemon_threads = True
    block_on_close = False

    def __init__(self, octets):
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):
                    self.request.recv(65536)
                    self.request.sendall(outer.octets)
                    if not outer.octets:
                        self.request.recv(1)

        super().__init__(("127.0.0.1", 0), Handler)
        self.octets = octets
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Proxy(socketserver.ThreadingTCPServer):
    """Takes TLS off and passes everything on to a plain port."""
    daemon_threads = True
    block_on_close = False

    def __init__(self, context, port):
        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError), context.wrap_socket(self.request, server_side=True) as secure, socket.create_connection(("127.0.0.1", port)) as plain:
                    threading.Thread(target=pump, args=(plain, secure), daemon=True).start()
                    pump(secure, plain)

        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"https://localhost:{self.server_address[1]}"

    __enter__ = Answerer.__enter__
    __exit__ = Answerer.__exit__


def pump(source, sink):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
