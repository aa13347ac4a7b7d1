"""HTTP over a bare socket: what stands on the wire, not what a library makes of it."""
import socket
import urllib.parse


class Wire:
    """What came back: `octets`, and `end`: "fin", "reset" or "silence" (nothing more within `patience` seconds)."""

    def __init__(self, octets, end):
        self.octets, self.end = octets, end
        self.head, _, self.body = octets.partition(b"\r\n\r\n")

    @property
    def status(self):
        line = self.head.split(b"\r\n")[0]
        return int(line.split()[1]) if line.startswith(b"HTTP/1.1 ") else 0

    def header(self, name):
        for line in self.head.split(b"\r\n")[1:]:
            found, _, value = line.partition(b":")
            if found.decode("latin-1").lower() == name.lower():
                return value.strip().decode("latin-1")
        return None

    @property
    def announced(self):
        return int(self.header("Content-Length"))

    @property
    def text(self):
        return self.body.decode("utf-8")


def post(base, path, body, headers, patience=20, method="POST"):
    at = urllib.parse.urlsplit(base)
    head = [f"{method} {path} HTTP/1.1", f"Host: {at.netloc}", f"Content-Length: {len(body)}", "Connection: close"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    octets, end = b"", "fin"
    with socket.create_connection((at.hostname, at.port), timeout=patience) as connection:
        connection.sendall("\r\n".join(head).encode("utf-8") + b"\r\n\r\n" + body)
        try:
            while piece := connection.recv(65536):
                octets += piece
        except ConnectionResetError:
            end = "reset"
        except TimeoutError:
            end = "silence"
    return Wire(octets, end)
