"""A root whose every key is GOST 34.10-2015: signed requests and answers, and senders whose certificates were revoked."""
import json
import shutil
import unittest
import urllib.request

from gateway import Gateway, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'
GOST = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512"


def fault_code(text):
    return text.split("<faultcode>")[1].split("</faultcode>")[0] if "<faultcode>" in text else text


def company(sender="bank", **more):
    return request(payload=COMPANY, sender=sender, password=f"{sender}-test-password", **more)


class SignedWithGost(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway(init=["--pki", "gost"])
        cls.gateway.start()

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0
        shutil.rmtree(cls.gateway.folder)

    def verdict(self, text):
        done = shepsim("verify", "-", *self.gateway.trust(), "--report", "json", stdin=text)
        report = json.loads(done.stdout)
        return report[0] if isinstance(report, list) else report.get("report", report)

    def test_a_signed_request_gets_a_signed_answer(self):
        for profile in ("wsse", "wsse-issuer-serial"):
            message = self.gateway.sign(company("pep", message_id=f"gost-{profile}"), "pep", "--profile", profile)
            self.assertIn(GOST, message)
            status, answer = self.gateway.post(message)
            self.assertEqual(status, 200, answer)
            self.assertIn(GOST, answer)
            self.assertIn("gostr34112015-512", answer)
            report = self.verdict(answer)
            self.assertEqual(report["indication"], "TOTAL_PASSED", report["findings"])
            self.assertEqual(report["signatures"][0]["algorithm"], GOST)

    def test_a_changed_request_is_sce006(self):
        message = self.gateway.sign(company("pep")).replace("250290900027", "250290900038")
        status, answer = self.gateway.post(message)
        self.assertEqual((status, fault_code(answer)), (500, "SCE006"))


class Signers(unittest.TestCase):
    """A route that asks who signed the business data."""

    ROUTE = 'service = "GbdulInfoByBin_v2"\n'

    def root(self, *lines):
        gateway = Gateway(init=["--pki", "gost"])
        self.addCleanup(shutil.rmtree, gateway.folder, True)
        toml = gateway.root / "shepsim.toml"
        text = toml.read_text(encoding="utf-8")
        self.assertIn(self.ROUTE, text)
        toml.write_text(text.replace(self.ROUTE, self.ROUTE + "\n".join(lines) + "\n"), encoding="utf-8")
        return gateway

    def post(self, gateway, signer):
        payload = gateway.sign(COMPANY, signer, "--profile", "enveloped")
        status, answer = gateway.post(gateway.sign(request(payload=payload), "pep"))
        return status, fault_code(answer)

    def test_the_role_of_the_certificate_decides(self):
        with self.root('business_signature = "required"', 'signer_roles = ["INDIVIDUAL"]') as gateway:
            self.assertEqual(self.post(gateway, "citizen")[0], 200)
            self.assertEqual(self.post(gateway, "pep"), (500, "SIM108"))
            self.assertEqual(self.post(gateway, "citizen_auth"), (500, "SCE015"))

    def test_C11_the_number_of_the_certificate_must_be_the_one_in_the_data(self):
        with self.root('business_signature = "required"', 'signer_iin = "//RequestorBIN"') as gateway:
            self.assertEqual(self.post(gateway, "citizen"), (500, "SIM109"))

    def test_mistakes_in_the_rules_are_told_before_serving(self):
        for lines, told in ((['business_signature = "required"', 'signer_roles = ["KING"]'], "there is no role 'KING'"),
                            (['signer_roles = ["CEO"]'], "need not be signed"),
                            (['business_signature = "required"', 'signer_iin = "//["'], "signer_iin")):
            done = shepsim("validate", self.root(*lines).root)
            self.assertNotEqual(done.returncode, 0, lines)
            self.assertIn(told, done.stdout + done.stderr)


class Revocation(unittest.TestCase):
    """One gateway is the PKI's responder; others, with the same keys, ask it."""

    @classmethod
    def setUpClass(cls):
        cls.pki = Gateway(init=["--pki", "gost"])
        cls.pki.start()
        cls.tell("bank", {"state": "revoked", "reason": "keyCompromise", "at": "2026-01-02T03:04:05Z"})

    @classmethod
    def tearDownClass(cls):
        cls.pki.stop()
        shutil.rmtree(cls.pki.folder)

    @classmethod
    def tell(cls, name, state):
        status, told = cls.pki.admin_json(f"/__admin/pki/certificates/{name}/status", "PUT", state)
        assert status == 200, told

    def configured(self, **trust):
        """A root with the responder's keys and these lines in [trust]."""
        other = Gateway(init=["--pki", "gost"])
        self.addCleanup(shutil.rmtree, other.folder, True)
        shutil.rmtree(other.root / "certs")
        shutil.copytree(self.pki.root / "certs", other.root / "certs")
        toml = other.root / "shepsim.toml"
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in trust.items())
        toml.write_text(toml.read_text(encoding="utf-8").replace("[trust]\n", "[trust]\n" + lines), encoding="utf-8")
        return other

    def asking(self, **trust):
        other = self.configured(**trust)
        other.start()
        self.addCleanup(other.stop)
        return other

    def list_of(self, gateway, name, into):
        with urllib.request.urlopen(f"{gateway.admin}/pki/crl/{name}", timeout=30) as answer:
            into.write_bytes(answer.read())
        return str(into)

    def post(self, gateway, sender):
        return gateway.post(gateway.sign(company(sender), sender))

    def test_C06_a_revoked_sender_is_sce005_by_ocsp(self):
        gateway = self.asking(revocation="ocsp", ocsp_urls=[self.pki.admin + "/pki/ocsp"])
        status, answer = self.post(gateway, "pep")
        self.assertEqual(status, 200, answer)
        status, answer = self.post(gateway, "bank")
        self.assertEqual((status, fault_code(answer)), (500, "SCE005"), answer)
        entry = gateway.newest()
        self.assertIn("REVOKED", json.dumps(entry))

    def test_C09_what_is_not_known_is_a_temporary_fault(self):
        gateway = self.asking(revocation="ocsp", ocsp_urls=["http://127.0.0.1:9/"], revocation_timeout="2s")
        status, answer = self.post(gateway, "pep")
        self.assertEqual((status, fault_code(answer)), (500, "SIM110"), answer)

    def test_C06_a_revoked_sender_is_sce005_by_lists_in_files(self):
        files = [self.list_of(self.pki, name, self.pki.folder / name) for name in ("issuing.crl", "root.crl")]
        gateway = self.asking(revocation="crl", crl_files=files)
        self.assertEqual(self.post(gateway, "pep")[0], 200)
        status, answer = self.post(gateway, "bank")
        self.assertEqual((status, fault_code(answer)), (500, "SCE005"), answer)

    def test_a_list_that_no_authority_signed_keeps_it_from_starting(self):
        foreign = Gateway(init=["--pki", "gost"])
        self.addCleanup(shutil.rmtree, foreign.folder, True)
        foreign.start()
        file = self.list_of(foreign, "issuing.crl", self.pki.folder / "foreign.crl")
        foreign.stop()
        done = shepsim("validate", self.configured(revocation="crl", crl_files=[file]).root)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("trust.crl_files", done.stderr + done.stdout)


if __name__ == "__main__":
    unittest.main()
