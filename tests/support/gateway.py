"""A real gateway for tests: makes a root, starts `shepsim serve` on free ports, stops it. Standard library only."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

BINARY = os.environ["SHEPSIM_BINARY"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]


def shepsim(*arguments, stdin=None, timeout=60):
    """Runs one command; returns the finished process, output as text."""
    return subprocess.run([BINARY, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=timeout, check=False)


def fetch(url, body=None, content_type=None):
    """(status, content type, octets) of a GET, or of a POST when there is a body."""
    asked = urllib.request.Request(url, data=body, headers={"Content-Type": content_type} if content_type else {})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], refused.read()


def initialised(root, arguments=()):
    """Makes a root. RSA keys take seconds, so that a root made by the same binary on the same day is copied: two roots have the same keys, but
    for roots of GOST keys alone."""
    if "gost" in arguments:
        made = shepsim("init", root, *arguments)
        assert made.returncode == 0, made.stderr
        return
    binary = pathlib.Path(BINARY)
    made_by = binary.stat()
    key = "-".join([str(made_by.st_mtime_ns), str(made_by.st_size), time.strftime("%Y%m%d"), *map(str, arguments)]).replace("/", "_")
    kept = binary.resolve().parent / "tests" / "roots" / key
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        for stale in kept.parent.iterdir():
            if time.time() - stale.stat().st_mtime > 86400:
                shutil.rmtree(stale, ignore_errors=True)
        fresh = pathlib.Path(tempfile.mkdtemp(dir=kept.parent, prefix="making-"))
        made = shepsim("init", fresh / "root", *arguments)
        assert made.returncode == 0, made.stderr
        try:
            (fresh / "root").rename(kept)
        except OSError:  # another test was quicker
            assert kept.exists()
        shutil.rmtree(fresh)
    shutil.copytree(kept, root, symlinks=True)


class Gateway:
    """with Gateway(extra_toml="…") as g: g.shep, g.admin are addresses; g.root is the folder."""

    def __init__(self, extra_toml="", flags=(), init=(), environment=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shepsim-test-"))
        self.root = self.folder / "root"
        initialised(self.root, init)
        with open(self.root / "shepsim.toml", "a", encoding="utf-8") as toml:
            toml.write(extra_toml)
        self.flags = list(flags)
        self.environment = {**os.environ, **(environment or {})}
        self.process = None

    def start(self):
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--root", str(self.root), "--port", "0", "--admin-port", "0", *self.flags],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env=self.environment)
        self.shep = self._ready()
        self.admin = self._ready()
        self.endpoint = self.shep + "/bip-sync-wss-gost/"

    def _ready(self):
        line = self.process.stdout.readline()
        if not line.startswith("ready http://"):
            self.stop()
            raise AssertionError("the gateway did not start: " + (self.folder / "log").read_text(encoding="utf-8"))
        return line.split()[1]

    def stop(self, how=signal.SIGTERM):
        """Ends the gateway and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.log.close()
        return code

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)

    def key(self, name):
        return ["--key", self.root / "certs/keys" / f"{name}.p12", "--password-file", self.root / "certs/keys/password"]

    def trust(self):
        return ["--trusted", self.root / "certs/trusted", "--certificate", self.root / "certs/known"]

    def revoke_nobody(self):
        """`init` revokes one person; without the file everybody is good."""
        (self.root / "certs/status").unlink(missing_ok=True)

    def sign(self, text, name="pep", *flags):
        done = shepsim("sign", "-", *self.key(name), *flags, stdin=text)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def post(self, body, path="/bip-sync-wss-gost/", headers=None):
        """POSTs octets; returns (HTTP status, text)."""
        octets = body.encode("utf-8") if isinstance(body, str) else body
        request = urllib.request.Request(self.shep + path, data=octets, method="POST",
                                         headers={"Content-Type": "text/xml; charset=utf-8", **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode("utf-8")

    def get(self, url):
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.read().decode("utf-8")

    def admin_json(self, path, method="GET", body=None):
        request = urllib.request.Request(self.admin + path, method=method, data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read())

    def newest(self):
        """The newest journal entry, whole."""
        _, page = self.admin_json("/__admin/requests?limit=1")
        return self.admin_json("/__admin/requests/" + page["requests"][0]["id"])[1]


def request(service="GbdulInfoByBin_v2", payload="", sender="pep", password="pep-test-password", message_id="00000000-0000-4000-8000-0000000000aa"):
    """An unsigned SOAP request; `payload` is what stands inside data."""
    return f"""<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>
<ns2:SendMessage xmlns:ns2="http://bip.bee.kz/SyncChannel/v10/Types"><request><requestInfo><messageId>{message_id}</messageId>
<serviceId>{service}</serviceId><messageDate>2030-01-02T03:04:05.678+05:00</messageDate>
<sender><senderId>{sender}</senderId><password>{password}</password></sender></requestInfo>
<requestData><data>{payload}</data></requestData></request></ns2:SendMessage></soap:Body></soap:Envelope>"""
