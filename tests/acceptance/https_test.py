"""Real endpoints over https: who they are must be proved (T03), a client certificate is shown, and what goes wrong is told and ends (F08)."""
import re
import shutil
import unittest

from gateway import Gateway, request, shepsim
from misbehaving import Misbehaving, http
from tls_endpoint import Answerer, Certificates, Proxy, SecureEndpoint

SECOND = '\n[[route]]\nservice = "REMOTE"\n'
MAPPING = '{"request": {"shep": {"serviceId": "REMOTE"}}, "response": {"body": "<r:a xmlns:r=\'urn:r\'>1</r:a>", "shep": {"statusCode": "SCSS001", "statusMessage": "over there"}}}'


def fault_of(answer):
    found = re.search(r"<faultcode>(.*?)</faultcode>", answer)
    return found.group(1) if found else None


class Https(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pki = Certificates()

    def route(self, service, url, **more):
        keys = {"target_tls_trusted": [str(self.pki.path("authority.pem"))], "answer_signature": "ignored", "request_form": "as-received", **more}
        written = "".join(f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}\n" for key, value in keys.items() if value is not None)
        return f'\n[[route]]\nservice = "{service}"\nadapter = "forward"\ntarget = "{url}"\n' + written.replace("'", '"')

    def client(self):
        return {"target_tls_key": str(self.pki.path("client.p12")), "target_tls_password_file": str(self.pki.path("password"))}

    def ask(self, g, service):
        return g.post(g.sign(request(service=service, payload="<x/>")))

    def assert_refused(self, g, service, code, sentence):
        status, answer = self.ask(g, service)
        self.assertEqual((status, fault_of(answer)), (500, code), answer)
        self.assertRegex(g.newest()["shep"]["problemDetail"], sentence)

    def test_t03_a_server_has_to_prove_who_it_is(self):
        wrong = {"self-signed": "self-signed and not among the trusted", "other-name": "names another host", "expired": "has expired",
                 "foreign": "leads to no trusted authority", "for-clients": "not made for servers"}
        servers = {name: SecureEndpoint(self.pki.server(name)) for name in wrong}
        for server in servers.values():
            server.__enter__()
        try:
            toml = "".join(self.route("S-" + name, servers[name].url + "/good") for name in wrong)
            toml += self.route("SYSTEM", servers["self-signed"].url + "/good", target_tls_trusted=None)
            toml += self.route("NAMED", servers["self-signed"].url + "/good", target_tls_trusted=[str(self.pki.path("self-signed.pem"))])
            toml += self.route("ANYBODY", servers["expired"].url + "/good", target_tls_verify=False)
            with Gateway("\n[forward]\nbreaker_failures = 0\n" + toml) as g:
                for name, sentence in wrong.items():
                    with self.subTest(name):
                        self.assert_refused(g, "S-" + name, "SIM121", "http.tls: .*" + sentence)
                self.assert_refused(g, "SYSTEM", "SIM121", "self-signed")
                for server in servers.values():
                    self.assertEqual(server.seen, [], "nothing is said to a server that has not proved itself")
                self.assertEqual(self.ask(g, "NAMED")[0], 200, "a self-signed certificate that is itself trusted")
                self.assertEqual(self.ask(g, "ANYBODY")[0], 200)
                log = (g.folder / "log").read_text(encoding="utf-8")
                self.assertIn("target_tls_verify is false for ANYBODY", log)
        finally:
            for server in servers.values():
                server.__exit__()

    def test_a_good_endpoint_by_name_and_by_address(self):
        with SecureEndpoint(self.pki.server("good")) as m:
            with Gateway(self.route("ADDRESS", m.url + "/good") + self.route("NAME", f"https://localhost:{m.port}/good") +
                         self.route("CLOSES", m.url + "/until-close") + self.route("CUT", m.url + "/cut")) as g:
                for service in ("ADDRESS", "NAME", "CLOSES"):
                    status, answer = self.ask(g, service)
                    self.assertEqual(status, 200, answer)
                    self.assertIn("from the endpoint", answer)
                self.assert_refused(g, "CUT", "SIM121", "truncated")
                self.assertIn(f"Host: localhost:{m.port}", m.seen[1][1])

    def test_t02_a_client_certificate_is_shown_to_those_who_ask(self):
        with SecureEndpoint(self.pki.server("good", ask_client=True)) as m:
            with Gateway(self.route("WITHOUT", m.url + "/good") + self.route("WITH", m.url + "/good", **self.client())) as g:
                self.assert_refused(g, "WITHOUT", "SIM121", "certificate required|handshake")
                status, answer = self.ask(g, "WITH")
                self.assertEqual(status, 200, answer)
                self.assertIn((("commonName", "client"),), m.clients[-1]["subject"])

    def test_f08_what_is_no_tls_is_told_and_ends(self):
        with Answerer(b"") as silent, Answerer(http("400 Bad Request", "plain")) as plain, Answerer(b"\x15\x03\x03\x00\x02\x02\x28") as alert, \
                SecureEndpoint(self.pki.server("good")) as secure, Misbehaving() as others:
            toml = '\n[forward]\nconnect_timeout = "1s"\nbreaker_failures = 0\n'
            toml += "".join(self.route(name, f"https://127.0.0.1:{server.port}/") for name, server in (("SILENT", silent), ("PLAIN", plain), ("ALERT", alert)))
            toml += self.route("HTTP-TO-TLS", f"http://127.0.0.1:{secure.port}/good", target_tls_trusted=None) + self.route("OTHER", others.url + "/good", target_tls_trusted=None)
            with Gateway(toml) as g:
                self.assert_refused(g, "SILENT", "SIM105", "TLS handshake took too long")
                self.assert_refused(g, "PLAIN", "SIM121", "does not speak TLS on this port")
                self.assert_refused(g, "ALERT", "SIM121", "the server refused the handshake")
                status, answer = self.ask(g, "HTTP-TO-TLS")
                self.assertEqual((status, fault_of(answer)[:4]), (500, "SIM1"), answer)
                self.assertEqual(self.ask(g, "OTHER")[0], 200)

    def test_f16_validate_names_what_is_wrong_with_tls_keys(self):
        url = "https://127.0.0.1:9/"
        (self.pki.folder / "wrong-password").write_text("no\n", encoding="utf-8")
        bad = {"plain": self.route("plain", "http://127.0.0.1:9/"), "no-file": self.route("no-file", url, target_tls_trusted=["nowhere.pem"]),
               "password": self.route("password", url, **{**self.client(), "target_tls_password_file": str(self.pki.path("wrong-password"))}),
               "no-key": self.route("no-key", url, target_tls_key="nowhere.p12")}
        g = Gateway("".join(bad.values()))
        done = shepsim("validate", g.root)
        self.assertEqual(done.returncode, 2, done.stderr)
        for where, sentence in (("route.plain.target", "not https"), ("route.no-file.target_tls_trusted", "nowhere.pem"),
                                ("route.password.target_tls_key", "check the password"), ("route.no-key.target_tls_key", "")):
            line = next((l for l in done.stderr.splitlines() if where in l), "")
            self.assertIn(sentence, line, done.stderr)
            self.assertTrue(line, where)

    def test_another_simulator_behind_tls(self):
        remote = Gateway(SECOND)
        (remote.root / "mappings/remote.json").write_text(MAPPING, encoding="utf-8")
        with remote, Proxy(self.pki.server("good"), int(remote.shep.rsplit(":", 1)[1])) as p:
            target = p.url + "/bip-sync-wss-gost/"
            with self.subTest("forward"):
                near = Gateway(self.route("REMOTE", target, answer_signature="required", request_form="signed-again", target_key="certs/keys/pep.p12",
                                          target_password_file="certs/keys/password"))
                shutil.rmtree(near.root / "certs")
                shutil.copytree(remote.root / "certs", near.root / "certs")
                with near:
                    status, answer = self.ask(near, "REMOTE")
                    self.assertEqual(status, 200, answer)
                    self.assertIn("over there", answer)
            message, ca = remote.root / "message.xml", self.pki.path("authority.pem")
            message.write_text(remote.sign(request(service="REMOTE", payload="<x/>")), encoding="utf-8")
            with self.subTest("send"):
                good = shepsim("send", message, "--target", target, "--cacert", ca)
                self.assertEqual(good.returncode, 0, good.stdout + good.stderr)
                unknown = shepsim("send", message, "--target", target)
                self.assertEqual(unknown.returncode, 3, unknown.stderr)
                self.assertIn("leads to no trusted authority", unknown.stderr)
                self.assertEqual(shepsim("send", message, "--target", target, "--insecure").returncode, 0)
            with self.subTest("contract test"):
                tried = shepsim("contract", "test", "--root", remote.root, "--target", target, "--cacert", ca, timeout=300)
                self.assertEqual(tried.returncode, 0, tried.stdout[-2000:] + tried.stderr)


if __name__ == "__main__":
    unittest.main()
