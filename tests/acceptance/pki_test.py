"""The test PKI: commands, responders over HTTP, and what other programs make of them."""
import base64
import http.client
import json
import subprocess
import threading
import unittest
import urllib.parse

from gateway import Gateway, fetch, shepsim


def openssl(*arguments, stdin=None):
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True, timeout=60, check=False)


class Responders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # One thread: whoever waits in it is noticed by everybody.
        cls.gateway = Gateway(init=["--pki", "both"], flags=["--threads", "1"])
        cls.gateway.start()
        cls.certs = cls.gateway.root / "certs"
        cls.root, cls.issuing = cls.certs / "trusted/root.pem", cls.certs / "trusted/issuing.pem"
        cls.chain = cls.gateway.folder / "chain.pem"
        cls.chain.write_text(cls.root.read_text() + cls.issuing.read_text())

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def tearDown(self):
        for responder in ("ocsp", "crl", "tsp"):
            self.gateway.admin_json(f"/__admin/pki/responders/{responder}/status", "PUT", {"state": "good"})
        self.tell("citizen", {"state": "good"})

    def tell(self, name, state):
        status, told = self.gateway.admin_json(f"/__admin/pki/certificates/{name}/status", "PUT", state)
        self.assertEqual(status, 200, told)
        return told

    def misbehave(self, responder, state, **more):
        status, told = self.gateway.admin_json(f"/__admin/pki/responders/{responder}/status", "PUT", {"state": state, **more})
        self.assertEqual(status, 200, told)

    def ask_openssl(self, name="citizen"):
        """What the openssl command says about a certificate, all of it."""
        done = openssl("ocsp", "-issuer", self.issuing, "-cert", self.certs / f"known/{name}.pem", "-CAfile", self.chain,
                       "-url", self.gateway.admin + "/pki/ocsp")
        return (done.stdout + done.stderr).decode()

    def ocsp_request(self, name="citizen"):
        file = self.gateway.folder / "request.der"
        done = openssl("ocsp", "-issuer", self.issuing, "-cert", self.certs / f"known/{name}.pem", "-reqout", file)
        self.assertEqual(done.returncode, 0, done.stderr)
        return file.read_bytes()

    def ask_raw(self, name="citizen"):
        return fetch(self.gateway.admin + "/pki/ocsp", self.ocsp_request(name), "application/ocsp-request")

    def fetch_list(self, name="issuing.crl"):
        status, kind, octets = fetch(f"{self.gateway.admin}/pki/crl/{name}")
        self.assertEqual((status, kind), (200, "application/pkix-crl"))
        file = self.gateway.folder / name.replace("/", "_")
        file.write_bytes(octets)
        return file

    # ---- the openssl commands accept what is good

    def test_openssl_ocsp_accepts_good_and_revoked(self):
        said = self.ask_openssl()
        self.assertIn("Response verify OK", said)
        self.assertIn("citizen.pem: good", said)
        self.tell("citizen", {"state": "revoked", "reason": "keyCompromise", "at": "2026-01-02T03:04:05Z"})
        said = self.ask_openssl()
        self.assertIn("Response verify OK", said)
        self.assertIn("citizen.pem: revoked", said)
        self.assertIn("Reason: keyCompromise", said)
        self.assertIn("Revocation Time: Jan  2 03:04:05 2026 GMT", said)
        self.tell("citizen", {"state": "on_hold"})
        self.assertIn("Reason: certificateHold", self.ask_openssl())
        self.tell("citizen", {"state": "unknown"})
        self.assertIn("citizen.pem: unknown", self.ask_openssl())

    def test_the_persona_whose_certificate_is_revoked_from_the_start(self):
        said = self.ask_openssl("revoked")
        self.assertIn("Response verify OK", said)
        self.assertIn("revoked.pem: revoked", said)
        self.assertIn("Reason: keyCompromise", said)
        subject = openssl("x509", "-in", self.certs / "known/revoked.pem", "-noout", "-subject").stdout.decode()
        self.assertIn("IIN911123091422", subject)

    def test_openssl_crl_accepts_complete_and_delta_lists(self):
        self.tell("citizen", {"state": "revoked", "reason": "superseded"})
        serial = self.gateway.admin_json("/__admin/pki/certificates/citizen/status")[1]["serialNumber"].upper()
        for name in ("issuing.crl", "issuing_delta.crl", "root.crl"):
            done = openssl("crl", "-inform", "DER", "-in", self.fetch_list(name), "-CAfile", self.chain, "-noout", "-text")
            self.assertIn("verify OK", done.stderr.decode() + done.stdout.decode(), name)
            text = done.stdout.decode()
            self.assertEqual(serial in text, name != "root.crl", name)
            self.assertIn("X509v3 CRL Number", text)
            self.assertEqual("Delta CRL Indicator: critical" in text, "delta" in name)

    def test_openssl_verify_obeys_the_lists(self):
        def verify(name):
            lists = self.gateway.folder / "lists.pem"
            lists.write_bytes(b"".join(openssl("crl", "-inform", "DER", "-in", self.fetch_list(f)).stdout for f in ("issuing.crl", "root.crl")))
            done = openssl("verify", "-x509_strict", "-crl_check_all", "-CAfile", self.root, "-untrusted", self.issuing, "-CRLfile", lists,
                           self.certs / f"known/{name}.pem")
            return done.returncode, (done.stdout + done.stderr).decode()

        self.assertEqual(verify("citizen")[0], 0, verify("citizen")[1])
        self.tell("citizen", {"state": "revoked"})
        code, said = verify("citizen")
        self.assertNotEqual(code, 0)
        self.assertIn("certificate revoked", said)
        self.assertEqual(verify("pep")[0], 0)

    def test_openssl_ts_accepts_the_time_stamp(self):
        data, query, reply = (self.gateway.folder / n for n in ("data", "query.tsq", "reply.tsr"))
        data.write_text("stamped")
        self.assertEqual(openssl("ts", "-query", "-data", data, "-sha256", "-cert", "-out", query).returncode, 0)
        status, kind, octets = fetch(self.gateway.admin + "/pki/tsp", query.read_bytes(), "application/timestamp-query")
        self.assertEqual((status, kind), (200, "application/timestamp-reply"))
        reply.write_bytes(octets)
        verify = lambda: openssl("ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", self.root, "-untrusted", self.issuing)
        self.assertIn(b"Verification: OK", verify().stdout + verify().stderr)
        self.misbehave("tsp", "wrong_signer")
        reply.write_bytes(fetch(self.gateway.admin + "/pki/tsp", query.read_bytes())[2])
        self.assertNotIn(b"Verification: OK", verify().stdout + verify().stderr)

    def test_certificates_of_the_authorities_are_served(self):
        for name, file in (("issuing.cer", self.issuing), ("root.crt", self.root)):
            status, kind, octets = fetch(f"{self.gateway.admin}/pki/cert/{name}")
            self.assertEqual((status, kind), (200, "application/pkix-cert"))
            self.assertEqual(openssl("x509", "-inform", "DER", stdin=octets).stdout.decode(), file.read_text())
        self.assertEqual(fetch(self.gateway.admin + "/pki/cert/gost2015/issuing.cer")[0], 200)
        for name in ("none.cer", "../keys/citizen.p12", "..%2fkeys%2fcitizen.p12", "gost2015/../root.cer"):
            self.assertEqual(fetch(f"{self.gateway.admin}/pki/cert/{name}")[0], 404, name)

    def test_certificates_name_the_responders(self):
        text = openssl("x509", "-in", self.certs / "known/citizen.pem", "-noout", "-text").stdout.decode()
        for address in ("pki/ocsp", "pki/cert/issuing.cer", "pki/crl/issuing.crl", "pki/crl/issuing_delta.crl"):
            self.assertIn("http://127.0.0.1:8081/" + address, text)

    # ---- each misbehaviour as it is on the wire

    def test_ocsp_by_get(self):
        octets = self.ocsp_request()
        for text in (urllib.parse.quote(base64.b64encode(octets), safe=""), base64.b64encode(octets).decode()):
            status, kind, answer = fetch(f"{self.gateway.admin}/pki/ocsp/{text}")
            self.assertEqual((status, kind), (200, "application/ocsp-response"))
            self.assertEqual(answer[:2] + answer[4:7], b"\x30\x82\x0a\x01\x00", "successful")
        self.assertEqual(fetch(self.gateway.admin + "/pki/ocsp/AAAA")[2].hex(), "30030a0101")

    def test_ocsp_try_later_is_a_bare_status(self):
        self.tell("citizen", {"state": "try_later"})
        self.assertEqual(self.ask_raw()[2].hex(), "30030a0103")
        self.assertIn("pep.pem: good", self.ask_openssl("pep"))

    def test_ocsp_malformed_is_no_response(self):
        self.tell("citizen", {"state": "malformed"})
        octets = self.ask_raw()[2]
        said = int.from_bytes(octets[2:4], "big")
        self.assertLess(len(octets) - 4, said, "cut off")
        self.assertIn("Error querying OCSP responder", self.ask_openssl())

    def test_ocsp_wrong_signer_does_not_verify(self):
        self.tell("citizen", {"state": "wrong_signer"})
        said = self.ask_openssl()
        self.assertIn("Response Verify Failure", said)
        self.assertNotIn("Response verify OK", said)

    def test_ocsp_stale_is_out_of_date(self):
        self.tell("citizen", {"state": "stale"})
        said = self.ask_openssl()
        self.assertIn("Response verify OK", said)
        self.assertIn("status expired", said)

    def test_ocsp_garbage_is_a_malformed_request(self):
        for body in (b"garbage", b"\x30\x80", b"\x30" * 1000):
            self.assertEqual(fetch(self.gateway.admin + "/pki/ocsp", body)[2].hex(), "30030a0101")

    def test_lists_misbehave(self):
        self.misbehave("crl", "wrong_signer")
        done = openssl("crl", "-inform", "DER", "-in", self.fetch_list(), "-CAfile", self.chain, "-noout")
        self.assertIn(b"verify failure", done.stdout + done.stderr)
        self.misbehave("crl", "stale")
        ends = openssl("crl", "-inform", "DER", "-in", self.fetch_list(), "-noout", "-nextupdate").stdout
        self.assertEqual(openssl("verify", "-crl_check", "-CAfile", self.chain, "-CRLfile", self.as_pem("issuing.crl"),
                                 self.certs / "known/citizen.pem").returncode, 2, ends)
        self.misbehave("crl", "malformed")
        self.assertNotEqual(openssl("crl", "-inform", "DER", "-in", self.fetch_list(), "-noout").returncode, 0)
        self.misbehave("crl", "try_later")
        self.assertEqual(fetch(self.gateway.admin + "/pki/crl/issuing.crl")[0], 503)

    def as_pem(self, name):
        file = self.gateway.folder / (name + ".pem")
        file.write_bytes(openssl("crl", "-inform", "DER", "-in", self.fetch_list(name)).stdout)
        return file

    def test_time_stamps_misbehave(self):
        query = openssl("ts", "-query", "-digest", "00" * 32, "-sha256", "-cert").stdout
        ask = lambda: fetch(self.gateway.admin + "/pki/tsp", query)[2]
        status_text = lambda: openssl("ts", "-reply", "-in", "/dev/stdin", "-text", stdin=ask()).stdout.decode()
        self.assertIn("Status: Granted", status_text())
        self.misbehave("tsp", "try_later")
        self.assertIn("Status: Rejected", status_text())
        self.assertIn("time source is not available", status_text())
        self.misbehave("tsp", "malformed")
        self.assertEqual(status_text(), "")

    def test_a_slow_answer_holds_up_nobody(self):
        self.tell("citizen", {"state": "slow", "delayMilliseconds": 5000})
        arrived = threading.Event()
        answers = []

        def wait():
            answers.append(self.ask_raw())
            arrived.set()

        waiting = threading.Thread(target=wait)
        waiting.start()
        for _ in range(5):
            self.assertEqual(self.gateway.admin_json("/__admin/health")[0], 200)
        self.assertIn("pep.pem: good", self.ask_openssl("pep"))
        self.assertFalse(arrived.is_set(), "the gateway's only thread served others meanwhile")
        waiting.join()
        self.assertEqual(answers[0][0], 200)
        self.assertEqual(answers[0][2][6], 0, "successful")

    # ---- states: admin API, commands, reload

    def test_states_are_shown_and_survive_a_reload(self):
        self.tell("citizen", {"state": "revoked", "reason": "keyCompromise"})
        self.assertEqual(self.gateway.admin_json("/__admin/mappings/reset", "POST")[0], 200)
        _, told = self.gateway.admin_json("/__admin/pki/certificates")
        one = next(c for c in told["certificates"] if c["name"] == "citizen")
        self.assertEqual((one["state"], one["reason"], one["authority"]), ("revoked", "keyCompromise", "issuing"))
        self.assertEqual(told["meta"]["total"], len(told["certificates"]))
        self.assertEqual(told["responders"]["tsp"]["state"], "good")
        self.assertIn("gost2015/citizen", {c["name"] for c in told["certificates"]})

    def test_mistakes_are_problem_documents(self):
        put = lambda name, body: self.gateway.admin_json(f"/__admin/pki/certificates/{name}/status", "PUT", body)
        for body, pointer in (({"state": "revoked", "resaon": "x"}, "/resaon"), ({"state": "gone"}, "/state"), ({}, "/state"),
                              ({"state": "revoked", "reason": "bored"}, "/reason"), ({"state": "slow", "delayMilliseconds": "5"}, "/delayMilliseconds"),
                              ({"state": "revoked", "at": "soon"}, "/at"), ({"state": "good", "reason": "superseded"}, "reason")):
            status, told = put("citizen", body)
            self.assertEqual((status, told["pointer"], told["code"]), (422, pointer, "pki.status"), body)
        self.assertEqual(put("citizen", [])[0], 422)
        self.assertEqual(put("nobody", {"state": "good"})[0], 404)
        self.assertEqual(put("root", {"state": "revoked"})[0], 422)
        self.assertEqual(self.gateway.admin_json("/__admin/pki/responders/dns/status", "PUT", {"state": "good"})[0], 404)
        self.assertEqual(self.gateway.admin_json("/__admin/pki/responders/crl/status", "PUT", {"state": "revoked"})[0], 422)
        self.assertEqual(self.gateway.admin_json("/__admin/pki/certificates", "DELETE")[0], 405)

    def test_commands_reach_the_running_gateway(self):
        folder = ["--folder", self.certs]
        self.assertEqual(shepsim("pki", "revoke", "citizen", *folder, "--reason", "superseded").returncode, 0)
        self.assertIn("Reason: superseded", self.ask_openssl())
        done = shepsim("pki", "status", "citizen", *folder, "--json")
        self.assertEqual(json.loads(done.stdout)["certificates"][0]["state"], "revoked")
        serial = json.loads(done.stdout)["certificates"][0]["serialNumber"]
        self.assertEqual(shepsim("pki", "status", serial, *folder, "--set", "good").returncode, 0)
        self.assertIn("citizen.pem: good", self.ask_openssl())
        self.assertEqual(shepsim("pki", "status", "--responder", "ocsp", "--set", "try_later", *folder).returncode, 0)
        self.assertEqual(self.ask_raw()[2].hex(), "30030a0103")
        made = shepsim("pki", "issue", self.certs, "--name", "newcomer", "--bin", "200190990016")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.misbehave("ocsp", "good")
        self.assertIn("newcomer.pem: good", self.ask_openssl("newcomer"))

    def test_commands_tell_mistakes(self):
        folder = ["--folder", self.certs]
        for arguments, says in ((("revoke", "citisen"), "did you mean 'citizen'?"), (("revoke", "citizen", "--reason", "keyCompromize"), "keyCompromise"),
                                (("status", "citizen", "--set", "revoke"), "did you mean 'revoked'?"), (("status", "nobody-at-all"), "nobody-at-all"),
                                (("revoke", "citizen", "--at", "soon"), "--at"), (("status", "--set", "good"), "whose state"),
                                (("status", "citizen", "--set", "good", "--reason", "superseded"), "has no reason"),
                                (("status", "citizen", "--delay", "5"), "--set"), (("revoke", "root"), "nobody in this PKI")):
            done = shepsim("pki", *arguments, *folder)
            self.assertEqual(done.returncode, 2, (arguments, done.stderr))
            self.assertIn(says, done.stderr)
        self.assertEqual(shepsim("pki", "status", "--folder", self.gateway.folder / "nothing").returncode, 3)

    def test_A01_A02_the_public_side_asks_for_neither_token_nor_host(self):
        at = urllib.parse.urlsplit(self.gateway.admin)
        for path, expected in (("/pki/crl/issuing.crl", 200), ("/pki/cert/root.cer", 200), ("/__admin/pki/certificates", 403),
                               ("/pki/none", 403)):
            connection = http.client.HTTPConnection(at.hostname, at.port, timeout=10)
            connection.request("GET", path, headers={"Host": "shepsim.example"})
            self.assertEqual(connection.getresponse().status, expected, path)
            connection.close()


if __name__ == "__main__":
    unittest.main()
