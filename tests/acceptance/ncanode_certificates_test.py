"""The NCANode-shaped service over HTTP: certificates and keys. One class for each endpoint."""
import base64
import pathlib
import subprocess
import tempfile
import unittest

from ncanode import CERTS, PASSWORD, base64_of, der_of, key_of
from ncanode_endpoint import Endpoint, Verification, service


setUpModule, tearDownModule = service.start, service.stop


class X509Info(Verification, unittest.TestCase):
    path = "/x509/info"
    required = ("certs",)
    good = {"certs": [base64_of(der_of("known/citizen.pem"))]}

    def test_everything_a_certificate_says(self):
        one = service.ask(self.path, self.good)["signers"][0]
        subject, issuer = one.pop("subject"), one.pop("issuer")
        self.assertEqual((subject["iin"], subject["country"]), ("850315090015", "KZ"))
        self.assertTrue(subject["commonName"].startswith("TEST"))
        self.assertRegex(subject["dn"], r"^(.*, )?SERIALNUMBER=IIN850315090015, (SURNAME=.*, )?CN=TEST|CN=TEST")
        self.assertEqual(issuer["commonName"], "TEST SHEPSIM ISSUING (RSA)")
        self.assertEqual((one["valid"], one["keyUsage"], one["signAlg"]), (True, "SIGN", "SHA256WithRSAEncryption"))
        self.assertEqual(one["keyUser"], ["INDIVIDUAL"])
        self.assertEqual(int(one["serialNumber"], 16), 469070390341186312812263938148995860500527139319)
        self.assertEqual((one["notBefore"], one["notAfter"]), ("2025-01-01T00:00:00.000+00:00", "2045-01-01T00:00:00.000+00:00"))

    def test_openssl_reads_the_same(self):
        one = service.ask(self.path, self.good)["signers"][0]
        key = subprocess.run(["openssl", "x509", "-in", CERTS / "known/citizen.pem", "-noout", "-pubkey"], capture_output=True, text=True, check=True)
        self.assertEqual(one["publicKey"], "".join(key.stdout.split("-----")[2].split()))
        self.assertTrue(der_of("known/citizen.pem").endswith(base64.b64decode(one["signature"])))

    def test_pem_in_base64_and_several(self):
        pem = base64_of((CERTS / "known/bank.pem").read_bytes())
        told = service.ask(self.path, {"certs": [pem, self.good["certs"][0]]})
        self.assertEqual([s["subject"].get("bin") for s in told["signers"]], ["200190990028", None])
        self.assertTrue(told["valid"])

    def test_one_that_does_not_hold_among_others(self):
        told = service.ask(self.path, {"certs": [base64_of(der_of(f"known/{n}.pem")) for n in ("citizen", "expired", "stranger")]})
        self.assertEqual((told["valid"], [s["valid"] for s in told["signers"]]), (False, [True, False, False]))

    def test_what_is_no_certificate_is_null_in_its_place(self):
        told = service.ask(self.path, {"certs": [self.good["certs"][0], base64_of(b"asdasd")]})
        self.assertEqual((told["valid"], told["message"], told["signers"][1]), (False, "[1]: Invalid certificate given.", None))

    def test_text_that_is_not_base64_is_named(self):
        self.refused({"certs": ["!"]}, "certs[0]")
        self.refused({"certs": [1]}, "certs[0]")
        self.refused({"certs": ["AAAA"] * 33}, "certs")

    def test_no_certificate_is_not_valid(self):
        self.assertFalse(service.ask(self.path, {"certs": []})["valid"])


class X509Verify(Verification, unittest.TestCase):
    path = "/x509/verify"
    required = ("certificate", "signature", "data")

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            key = pathlib.Path(folder) / "key.pem"
            subprocess.run(["openssl", "pkcs12", "-in", CERTS / "keys/citizen.p12", "-nodes", "-nocerts", "-legacy", "-passin", f"pass:{PASSWORD}", "-out", key],
                           check=True, capture_output=True)
            cls.signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key], input="текст".encode(), capture_output=True, check=True).stdout
        cls.good = {"certificate": base64_of(der_of("known/citizen.pem")), "signature": base64_of(cls.signature), "data": "текст"}

    def test_what_openssl_signed(self):
        told = service.ask(self.path, self.good)
        self.assertTrue(told["valid"])
        self.assertEqual(told["signers"][0]["subject"]["iin"], "850315090015")

    def test_other_data_another_certificate(self):
        for change in ({"data": "text"}, {"certificate": base64_of(der_of("known/bank.pem"))}, {"signature": base64_of(b"\0" * 256)}):
            told = service.ask(self.path, {**self.good, **change})
            self.assertEqual((told["valid"], told["shepsim"]["subIndication"]), (False, "SIG_CRYPTO_FAILURE"))
            self.assertTrue(told["signers"][0]["valid"])

    def test_what_is_no_certificate(self):
        told = service.ask(self.path, {**self.good, "certificate": "YXNkYXNk"})
        self.assertEqual((told["valid"], told["message"], told["signers"]), (False, "[0]: Invalid certificate given.", [None]))


class X509Sign(Endpoint, unittest.TestCase):
    path = "/x509/sign"
    required = ("data", "signer")
    good = {"data": "текст", "signer": key_of("citizen")}

    def test_it_is_verified(self):
        told = service.ask(self.path, self.good)
        self.assertEqual(told["certificate"], base64_of(der_of("known/citizen.pem")))
        self.assertTrue(service.ask("/x509/verify", {**told, "data": "текст"})["valid"])

    def test_a_wrong_password(self):
        self.refused({**self.good, "signer": {**key_of("citizen"), "password": "x"}}, "signer")


class Pkcs12Info(Verification, unittest.TestCase):
    path = "/pkcs12/info"
    required = ("keys",)
    good = {"keys": [key_of("citizen")]}

    def test_the_certificates_of_keys(self):
        told = service.ask(self.path, {"keys": [key_of("citizen"), key_of("citizen_auth")]})
        self.assertTrue(told["valid"])
        self.assertEqual([s["keyUsage"] for s in told["signers"]], ["SIGN", "AUTH"])
        self.assertEqual(service.ask(self.path, {"keys": [key_of("expired")]})["valid"], False)

    def test_a_wrong_password_ends_the_request(self):
        self.refused({"keys": [key_of("citizen"), {**key_of("bank"), "password": "x"}]}, "keys[1]")


class Pkcs12Aliases(Endpoint, unittest.TestCase):
    path = "/pkcs12/aliases"
    required = ("keys",)
    good = {"keys": [key_of("citizen")]}

    def test_each_key_s_own(self):
        told = service.ask(self.path, {"keys": [key_of("citizen"), key_of("root", "authority")]})
        self.assertEqual(told["aliases"][0], ["citizen"])
        self.assertEqual(len(told["aliases"]), 2)

    def test_a_wrong_password(self):
        self.refused({"keys": [{**key_of("bank"), "password": "x"}]}, "keys[0]")


if __name__ == "__main__":
    unittest.main()
