"""A gateway with the NCANode-shaped service on, and a client that asks it as NCANode's clients do."""
import base64
import http.client
import json
import re
import shutil
import socket
import urllib.parse

import json_schema
from gateway import SOURCE, Gateway

SCHEMAS = SOURCE / "schemas/ncanode"
CERTS = SOURCE / "certs"
PASSWORD = (CERTS / "keys/password").read_text(encoding="utf-8").strip()


def free_port():
    """The service is off at port 0, so a port is chosen here."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def base64_of(octets):
    return base64.b64encode(octets).decode("ascii")


def key_of(name, folder="keys", certs=CERTS):
    """{key, password} of a key of a test PKI, the committed one by itself."""
    password = (certs / folder / "password").read_text(encoding="utf-8").strip()
    return {"key": base64_of((certs / folder / f"{name}.p12").read_bytes()), "password": password}


def der_of(name, certs=CERTS):
    """Certificate of a test PKI as DER."""
    pem = (certs / name).read_text(encoding="ascii")
    return base64.b64decode("".join(pem.split("-----")[2].split()))


class Service(Gateway):
    """with Service() as s: s.ask("/xml/verify", {"xml": …}) → answer of 200 checked against its schema."""

    SCHEMA = {"/xml/verify": "verification", "/wsse/verify": "verification", "/x509/info": "verification", "/x509/verify": "verification",
              "/pkcs12/info": "verification", "/cms/verify": "cms-verification", "/xml/sign": "xml", "/wsse/sign": "xml", "/cms/sign": "cms",
              "/cms/sign/add": "cms", "/cms/extract": "data", "/pkcs12/aliases": "aliases", "/x509/sign": "signature", "/": "front-page",
              "/actuator/health": "health"}

    def __init__(self, settings=None, flags=(), trust=CERTS):
        """`settings`: section → lines put into it. `trust`: the PKI whose certificates are believed, instead of a fresh one."""
        super().__init__("", ["--ncanode-port", str(free_port()), *flags])
        shutil.rmtree(self.root / "certs")
        shutil.copytree(trust, self.root / "certs")
        toml = self.root / "shepsim.toml"
        text = toml.read_text(encoding="utf-8")
        families = [f for f in ("", "gost2015/", "gost2004/") if (trust / f / "trusted").is_dir()]
        for key, file in (("anchors", "trusted/root.pem"), ("intermediates", "trusted/issuing.pem"), ("known", "known")):
            text = re.sub(rf"^{key} = .*$", f"{key} = " + json.dumps([f"certs/{f}{file}" for f in families]), text, count=1, flags=re.M)
        # Senders whose certificates this PKI does not have: the service asks nobody who they are.
        text = re.sub(r"^certificates = (\[.*\])\n", lambda m: m[0] if all((self.root / name).exists() for name in json.loads(m[1])) else "", text, flags=re.M)
        for section, lines in (settings or {}).items():
            text = text.replace(f"[{section}]", f"[{section}]\n{lines}", 1) if f"[{section}]" in text else f"{text}\n[{section}]\n{lines}\n"
        toml.write_text(text, encoding="utf-8")

    def start(self):
        super().start()
        self.ncanode = self._ready()

    def exchange(self, path, body=b"", method="POST", headers=None):
        """(status, JSON) of one request; the shape of every answer is checked."""
        at = urllib.parse.urlsplit(self.ncanode)
        connection = http.client.HTTPConnection(at.hostname, at.port, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            told = json.loads(answer.read())
            status = answer.status
        finally:
            connection.close()
        wrong = json_schema.check(told, SCHEMAS / f"{self.SCHEMA[path] if status == 200 else 'error'}.json")
        assert not wrong, (path, status, wrong)
        assert path == "/actuator/health" or told["status"] == status, told
        return status, told

    def ask(self, path, body, expected=200):
        """The answer to a JSON request that has to have this status."""
        status, told = self.exchange(path, json.dumps(body).encode())
        assert status == expected, (path, status, told)
        return told
