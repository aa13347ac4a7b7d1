"""Roots with other keys, keys that may not sign, and the settings of the test PKI."""
import shutil
import subprocess
import unittest

from gateway import Gateway, fetch, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'


class Families(unittest.TestCase):
    def exchange(self, gateway, key="pep"):
        signed = gateway.sign(request(payload=COMPANY), key)
        status, answer = gateway.post(signed)
        self.assertEqual(status, 200, answer)
        return answer

    def test_a_root_with_gost_keys_signs_and_verifies(self):
        with Gateway(init=["--pki", "gost"]) as gateway:
            answer = self.exchange(gateway)
            self.assertIn("gostr34102015-gostr34112015-512", answer)
            done = shepsim("verify", "-", *gateway.trust(), stdin=answer)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_root_with_both_takes_requests_of_either(self):
        with Gateway(init=["--pki", "both"]) as gateway:
            for key in ("pep", "../gost2015/keys/pep"):
                self.assertIn("rsa-sha256", self.exchange(gateway, key))


class MarkedKeys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        folder = cls.gateway.root / "real"
        folder.mkdir()
        (folder / "password").write_text("secret\n")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-subj",
                        "/CN=A REAL GATEWAY/C=KZ", "-days", "30"], check=True, capture_output=True)
        subprocess.run(["openssl", "pkcs12", "-export", "-inkey", folder / "key.pem", "-in", folder / "cert.pem", "-out", folder / "key.p12",
                        "-passout", f"file:{folder / 'password'}"], check=True, capture_output=True)
        toml = cls.gateway.root / "shepsim.toml"
        toml.write_text(toml.read_text().replace("certs/keys/gateway.p12", "real/key.p12").replace('password_file = "certs/keys/password"\nprofile',
                                                                                             'password_file = "real/password"\nprofile'))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.gateway.folder)

    def test_an_unmarked_key_is_refused(self):
        for command in (("serve", "--root", self.gateway.root, "--port", "0", "--admin-port", "0"), ("validate", self.gateway.root)):
            done = shepsim(*command)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("CN=A REAL GATEWAY", done.stderr)
            self.assertIn("signing.key", done.stderr)
            self.assertIn("signing.allow_unmarked = true", done.stderr)

    def test_an_unmarked_key_signs_when_told_to(self):
        toml = self.gateway.root / "shepsim.toml"
        before = toml.read_text()
        toml.write_text(before.replace("[signing]", "[signing]\nallow_unmarked = true"))
        try:
            done = shepsim("validate", self.gateway.root)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.gateway.start()
            self.assertEqual(self.gateway.stop(), 0)
        finally:
            toml.write_text(before)


class Settings(unittest.TestCase):
    def test_a_named_folder_without_a_pki_is_an_error_and_the_default_is_not(self):
        gateway = Gateway()
        toml = gateway.root / "shepsim.toml"
        before = toml.read_text()
        toml.write_text(before.replace('[pki]', '[pki]\nfolder = "nothing"').replace('\nfolder = "certs"', ""))
        done = shepsim("validate", gateway.root)
        self.assertEqual(done.returncode, 2)
        self.assertIn("pki.folder", done.stderr)
        toml.write_text(before.replace('[pki]', '[pki]\nenabled = false'))
        with gateway:
            self.assertEqual(fetch(gateway.admin + "/pki/crl/issuing.crl")[0], 404)
            self.assertEqual(gateway.admin_json("/__admin/pki/certificates")[0], 404)

    def test_A01_a_token_guards_the_states_and_not_the_answers(self):
        gateway = Gateway(init=["--pki", "gost"])
        (gateway.root / "token").write_text("a-long-enough-token\n")
        toml = gateway.root / "shepsim.toml"
        toml.write_text(toml.read_text().replace("[listen]", '[listen]\nadmin_token_file = "token"'))
        with gateway:
            self.assertEqual(fetch(gateway.admin + "/pki/crl/issuing.crl")[0], 200)
            self.assertEqual(fetch(gateway.admin + "/__admin/pki/certificates")[0], 401)

    def test_a_broken_status_file_keeps_the_gateway_from_starting(self):
        gateway = Gateway()
        (gateway.root / "certs/status").write_text("shepsim-pki-status 1\ncertificate zz good\nend\n")
        done = shepsim("serve", "--root", gateway.root, "--port", "0", "--admin-port", "0")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("certs/status:2", done.stderr)
        shutil.rmtree(gateway.folder)


if __name__ == "__main__":
    unittest.main()
