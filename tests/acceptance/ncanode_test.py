"""The NCANode-shaped service over HTTP: health, who may ask, listening, secrets."""
import json
import pathlib
import subprocess
import tempfile
import unittest
import urllib.parse

from gateway import Gateway, shepsim
from ncanode import PASSWORD, Service, free_port, key_of
from ncanode_endpoint import service


setUpModule, tearDownModule = service.start, service.stop
OPEN = {"listen": 'ncanode_open = true\nncanode_hosts = ["named.example"]'}


class Health(unittest.TestCase):
    def test_it_is_up(self):
        self.assertEqual(service.exchange("/actuator/health", method="GET"), (200, {"status": "UP"}))
        self.assertEqual(service.exchange("/actuator/health", method="POST")[0], 405)


class Asking(unittest.TestCase):
    def test_the_front_page_lists_what_there_is(self):
        _, told = service.exchange("/", method="GET")
        self.assertIn("POST /cms/verify", told["endpoints"])

    def test_what_ncanode_has_and_we_do_not_says_so(self):
        for path in ("/pdf/sign", "/pdf/verify", "/jwt/encode", "/jwt/decode"):
            status, told = service.exchange(path, b"{}")
            self.assertEqual((status, told["shepsim"]["code"]), (501, "ncanode.not_offered"))

    def test_A11_paths_are_taken_whole(self):
        for path in ("/xml/verify/", "/xml", "/XML/verify", "//xml/verify", "/xml/../xml/verify", "/nothing"):
            self.assertEqual(service.exchange(path, b"{}")[0], 404, path)

    def test_A02_another_site_is_refused(self):
        port = urllib.parse.urlsplit(service.ncanode).port
        for headers in ({"Host": "evil.example"}, {"Host": f"10.0.0.1:{port}"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
            self.assertEqual(service.exchange("/actuator/health", method="GET", headers=headers)[0], 403, headers)
        for headers in ({"Host": f"localhost:{port}"}, {"Origin": f"http://127.0.0.1:{port}"}):
            self.assertEqual(service.exchange("/actuator/health", method="GET", headers=headers)[0], 200, headers)

    def test_no_answer_invites_other_sites(self):
        with subprocess.Popen(["curl", "-s", "-i", "-X", "OPTIONS", "-H", "Origin: http://localhost", service.ncanode + "/xml/sign"], stdout=subprocess.PIPE,
                              text=True) as curl:
            self.assertNotIn("access-control", curl.stdout.read().lower())

    def test_a_body_that_is_too_large_is_refused_in_shape(self):
        status, told = service.exchange("/xml/verify", method="POST", headers={"Content-Length": str(1 << 40)})
        self.assertEqual((status, told["shepsim"]["code"]), (413, "http.body_too_large"))


class Listening(unittest.TestCase):
    def test_it_is_off_unless_asked_for(self):
        with Gateway() as g:
            g.process.terminate()
            self.assertEqual([line for line in g.process.stdout if line.startswith("ready")], [])

    def test_it_opens_to_the_network_only_in_words(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / "root"
            self.assertEqual(shepsim("init", root).returncode, 0)
            serve = ["serve", "--root", root, "--port", "0", "--admin-port", "0", "--ncanode-port", free_port(), "--ncanode-address", "0.0.0.0"]
            done = shepsim(*serve)
            self.assertEqual(done.returncode, 2)
            self.assertIn("listen.ncanode_open", done.stderr)
        with Service(flags=["--ncanode-address", "0.0.0.0"], settings=OPEN) as open_one:
            port = urllib.parse.urlsplit(open_one.ncanode).port
            open_one.ncanode = f"http://127.0.0.1:{port}"
            for host, status in (("192.0.2.1", 200), ("ncanode", 200), ("named.example", 200), ("evil.example", 403)):
                self.assertEqual(open_one.exchange("/actuator/health", method="GET", headers={"Host": f"{host}:{port}"})[0], status, host)


class Secrets(unittest.TestCase):
    def test_A20_keys_and_passwords_stay_out_of_logs_and_journal(self):
        canary = "password-canary-5f1b"
        key = key_of("citizen")
        with Service(flags=["--log-level", "debug"]) as s:
            for body in ({"keys": [{**key, "password": canary}]}, {"keys": [key]}, {"keys": [{"key": 1, "password": canary}]}):
                s.exchange("/pkcs12/info", json.dumps(body).encode())
            s.exchange("/wsse/sign", json.dumps({"xml": "<a/>", **key, "password": canary}).encode())
            s.exchange("/xml/sign", ('{"signers": [{"password": "%s", ' % canary).encode())
            s.stop()
            written = b"".join(p.read_bytes() for p in [s.folder / "log", *(s.root / "data").iterdir()])
            for secret in (canary, PASSWORD, key["key"][:64], key["key"][-64:]):
                self.assertNotIn(secret.encode(), written)


if __name__ == "__main__":
    unittest.main()
