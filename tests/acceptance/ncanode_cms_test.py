"""The NCANode-shaped service over HTTP: CMS. One class for each endpoint."""
import base64
import pathlib
import subprocess
import tempfile
import unittest

from ncanode import CERTS, PASSWORD, base64_of, key_of
from ncanode_endpoint import Endpoint, Verification, service


setUpModule, tearDownModule = service.start, service.stop


class CmsSign(Endpoint, unittest.TestCase):
    path = "/cms/sign"
    required = ("data", "signers")
    good = {"data": base64_of("текст".encode()), "signers": [key_of("citizen")]}

    def openssl(self, cms, *flags):
        with tempfile.TemporaryDirectory() as folder:
            chain = pathlib.Path(folder) / "chain.pem"
            chain.write_text((CERTS / "trusted/root.pem").read_text() + (CERTS / "trusted/issuing.pem").read_text())
            data = pathlib.Path(folder) / "data"
            data.write_bytes("текст".encode())
            more = ["-content", data] if "detached" in flags else []
            return subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-CAfile", chain, "-purpose", "any", *more],
                                  input=base64.b64decode(cms), capture_output=True, check=False)

    def test_openssl_verifies_it(self):
        for detached in (False, True):
            cms = service.ask(self.path, {**self.good, "detached": detached})["cms"]
            done = self.openssl(cms, *(["detached"] if detached else []))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.decode(), "текст")

    def test_several_signers(self):
        cms = service.ask(self.path, {**self.good, "signers": [key_of("citizen"), key_of("bank")]})["cms"]
        self.assertEqual(self.openssl(cms).returncode, 0)
        self.assertEqual(len(service.ask("/cms/verify", {"cms": cms})["signers"]), 2)

    def test_a_time_stamp_that_nobody_can_make_is_refused(self):
        told = service.ask(self.path, {**self.good, "withTsp": True}, 501)
        self.assertEqual(told["shepsim"]["code"], "ncanode.no_time_stamps")

    def test_fields_that_are_wrong(self):
        self.refused({**self.good, "data": "!"}, "data")
        self.refused({**self.good, "tsaPolicy": "X"}, "tsaPolicy")
        self.refused({**self.good, "detached": "yes"}, "detached")
        self.refused({**self.good, "signers": [{**key_of("bank"), "password": "x"}]}, "signers[0]")


class CmsSignAdd(Endpoint, unittest.TestCase):
    path = "/cms/sign/add"
    required = ("cms", "signers")

    @classmethod
    def setUpClass(cls):
        cls.first = service.ask("/cms/sign", CmsSign.good)["cms"]
        cls.detached = service.ask("/cms/sign", {**CmsSign.good, "detached": True})["cms"]
        cls.good = {"cms": cls.first, "signers": [key_of("bank")]}

    def test_the_earlier_signer_stays(self):
        told = service.ask("/cms/verify", {"cms": service.ask(self.path, self.good)["cms"]})
        self.assertTrue(told["valid"])
        self.assertEqual({s["certificates"][0]["subject"]["iin"] for s in told["signers"]}, {"850315090015", "880101099010"})

    def test_a_detached_one_needs_its_data(self):
        self.refused({**self.good, "cms": self.detached}, "data")
        both = service.ask(self.path, {**self.good, "cms": self.detached, "data": CmsSign.good["data"], "detached": True})["cms"]
        told = service.ask("/cms/verify", {"cms": both, "data": CmsSign.good["data"]})
        self.assertEqual((told["valid"], len(told["signers"])), (True, 2))

    def test_other_data_than_it_carries(self):
        self.refused({**self.good, "data": base64_of(b"other")}, "data")

    def test_what_is_no_cms(self):
        self.assertEqual(service.ask(self.path, {**self.good, "cms": base64_of(b"x")}, 400)["shepsim"]["code"], "ncanode.document")


class CmsVerify(Verification, unittest.TestCase):
    path = "/cms/verify"
    required = ("cms",)

    @classmethod
    def setUpClass(cls):
        cls.attached = service.ask("/cms/sign", CmsSign.good)["cms"]
        cls.detached = service.ask("/cms/sign", {**CmsSign.good, "detached": True})["cms"]
        cls.good = {"cms": cls.attached}

    def test_good_ones(self):
        for body in (self.good, {"cms": self.detached, "data": CmsSign.good["data"]}, {"cms": self.attached, "data": CmsSign.good["data"]},
                     {"cms": self.attached, "data": ""}):
            told = service.ask(self.path, body)
            self.assertTrue(told["valid"])
            self.assertNotIn("tsp", told["signers"][0])
            self.assertEqual(told["signers"][0]["certificates"][0]["subject"]["iin"], "850315090015")

    def test_what_openssl_signed(self):
        with tempfile.TemporaryDirectory() as folder:
            pem = pathlib.Path(folder) / "key.pem"
            subprocess.run(["openssl", "pkcs12", "-in", CERTS / "keys/citizen.p12", "-nodes", "-legacy", "-passin", f"pass:{PASSWORD}", "-out", pem],
                           check=True, capture_output=True)
            cms = subprocess.run(["openssl", "cms", "-sign", "-binary", "-nodetach", "-md", "sha256", "-outform", "DER", "-signer", CERTS / "known/citizen.pem",
                                  "-inkey", pem], input=b"x", capture_output=True, check=True).stdout
        self.assertTrue(service.ask(self.path, {"cms": base64_of(cms)})["valid"])

    def test_other_data(self):
        told = service.ask(self.path, {"cms": self.detached, "data": base64_of(b"other")})
        self.assertEqual((told["valid"], told["shepsim"]["subIndication"]), (False, "HASH_FAILURE"))
        self.assertFalse(service.ask(self.path, {"cms": self.attached, "data": base64_of(b"other")})["valid"])

    def test_a_detached_one_without_data(self):
        self.refused({"cms": self.detached}, "data")

    def test_a_changed_one(self):
        octets = bytearray(base64.b64decode(self.attached))
        octets[-1] ^= 1
        told = service.ask(self.path, {"cms": base64_of(bytes(octets))})
        self.assertEqual((told["valid"], told["shepsim"]["subIndication"]), (False, "SIG_CRYPTO_FAILURE"))

    def test_an_unknown_authority_and_an_expired_certificate(self):
        for who, reason in (("stranger", "NO_CERTIFICATE_CHAIN_FOUND"), ("expired", "EXPIRED")):
            cms = service.ask("/cms/sign", {**CmsSign.good, "signers": [key_of(who)]})["cms"]
            told = service.ask(self.path, {"cms": cms})
            self.assertEqual((told["valid"], told["shepsim"]["subIndication"]), (False, reason))

    def test_what_is_no_cms(self):
        self.assertEqual(service.ask(self.path, {"cms": base64_of(b"\x30\x80")}, 400)["shepsim"]["code"], "ncanode.document")
        self.refused({"cms": "!"}, "cms")


class CmsExtract(Endpoint, unittest.TestCase):
    path = "/cms/extract"
    required = ("cms",)

    @classmethod
    def setUpClass(cls):
        cls.good = {"cms": service.ask("/cms/sign", CmsSign.good)["cms"]}

    def test_the_data(self):
        self.assertEqual(service.ask(self.path, self.good)["data"], CmsSign.good["data"])

    def test_a_detached_one_has_none(self):
        detached = service.ask("/cms/sign", {**CmsSign.good, "detached": True})["cms"]
        self.assertEqual(service.ask(self.path, {"cms": detached}, 400)["shepsim"]["code"], "ncanode.document")


if __name__ == "__main__":
    unittest.main()
