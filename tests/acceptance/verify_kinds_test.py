"""`shepsim verify` on what it is given: XML, CMS, certificates, and files that are one thing and look like another."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from gateway import BINARY, SOURCE, shepsim

CERTS = SOURCE / "certs"
TRUST = ["--trusted", CERTS / "trusted"]
KEY = ["--key", CERTS / "keys/citizen.p12", "--password-file", CERTS / "keys/password"]


class VerifyKinds(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shepsim-kinds-"))
        self.document = self.folder / "doc.bin"
        self.document.write_bytes(b"I owe nobody anything\n")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def signed(self, name, *flags):
        out = self.folder / name
        done = shepsim("sign", self.document, *KEY, "--profile", "cms", "-o", out, *flags)
        self.assertEqual(done.returncode, 0, done.stderr)
        return out

    def test_cms_attached_and_detached_in_der_and_pem(self):
        for flags in ([], ["--pem"]):
            attached = self.signed("attached.cms", *flags)
            self.assertEqual(shepsim("verify", attached, *TRUST).returncode, 0)
            detached = self.signed("detached.cms", "--detached", *flags)
            self.assertEqual(shepsim("verify", detached, "--cms-data", self.document, *TRUST).returncode, 0)
            self.assertEqual(shepsim("verify", detached, *TRUST).returncode, 1)
            other = self.folder / "other.bin"
            other.write_bytes(b"I owe Mallory everything\n")
            done = shepsim("verify", detached, "--cms-data", other, *TRUST)
            self.assertEqual(done.returncode, 1)
            self.assertIn("HASH_FAILURE", done.stdout)

    def test_a_second_signer_is_judged_beside_the_first(self):
        first = self.signed("first.cms", "--detached")
        second = self.folder / "second.cms"
        done = shepsim("sign", first, "--key", CERTS / "keys/bank.p12", "--password-file", CERTS / "keys/password", "--profile", "cms", "--add",
                       "--data", self.document, "-o", second)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = shepsim("verify", second, "--cms-data", self.document, "--report", "json", *TRUST)
        report = json.loads(done.stdout)
        self.assertEqual((done.returncode, len(report["signatures"])), (0, 2), done.stdout)

    def test_openssl_verifies_what_the_command_signed(self):
        attached = self.signed("attached.cms")
        authorities = self.folder / "authorities.pem"
        authorities.write_text("".join((CERTS / f"trusted/{name}.pem").read_text() for name in ("root", "issuing")))
        judged = subprocess.run(["openssl", "cms", "-verify", "-in", attached, "-inform", "DER", "-CAfile", authorities, "-purpose", "any", "-binary"],
                                capture_output=True, check=False)
        self.assertEqual(judged.returncode, 0, judged.stderr)
        self.assertEqual(judged.stdout, self.document.read_bytes())

    def test_S42_a_bare_certificate_is_no_signature_over_anything(self):
        der = self.folder / "contract.p7s"
        subprocess.run(["openssl", "x509", "-in", CERTS / "known/citizen.pem", "-outform", "DER", "-out", der], check=True)
        done = shepsim("verify", der, "--cms-data", self.document, *TRUST)
        self.assertEqual(done.returncode, 1)
        self.assertIn("expected is cms", done.stdout)
        self.assertEqual(shepsim("verify", der, *TRUST).returncode, 4)
        forged = self.folder / "contract.xml"
        forged.write_text("\n" + (CERTS / "known/citizen.pem").read_text() + "\nI owe Mallory everything\n", encoding="utf-8")
        done = shepsim("verify", forged, *TRUST)
        self.assertEqual(done.returncode, 4)
        self.assertIn("signs nothing", done.stdout)
        self.assertNotIn("TOTAL_PASSED  ", shepsim("verify", self.folder, *TRUST).stdout)

    def test_a_certificate_is_judged_by_its_chain_when_one_is_expected(self):
        for name, code in (("citizen", 0), ("citizen_auth", 0), ("expired", 1), ("stranger", 4)):
            done = shepsim("verify", CERTS / f"known/{name}.pem", "--expect", "certificate", *TRUST)
            self.assertEqual(done.returncode, code, name + done.stdout)
        self.assertEqual(shepsim("verify", CERTS / "trusted/issuing.pem", "--expect", "certificate", *TRUST).returncode, 0)

    def test_the_page_stands_alone_and_their_octets_are_compared(self):
        xml = self.folder / "a.xml"
        xml.write_text("<a><b>1</b></a>", encoding="utf-8")
        signed = shepsim("sign", xml, *KEY, "--profile", "enveloped").stdout
        broken = self.folder / "broken.xml"
        broken.write_text(signed.replace("<b>", "\n  <b>"), encoding="utf-8")
        page = shepsim("verify", broken, "--report", "html", *TRUST)
        self.assertEqual(page.returncode, 1)
        self.assertIn("Content-Security-Policy", page.stdout)
        self.assertNotIn("<script", page.stdout)
        told = shepsim("verify", broken, *TRUST)
        self.assertRegex(told.stdout, "CAUSE       (reindented|white_?space).*proven")
        theirs = self.folder / "theirs"
        theirs.write_text("<a><b>1</b></a>", encoding="utf-8")
        compared = shepsim("verify", broken, "--their-canonical", theirs, *TRUST)
        self.assertIn("differ from ours at offset 3", compared.stdout)
        self.assertEqual(shepsim("verify", broken, "--their-canonical", theirs, "--reference", "7.1", *TRUST).returncode, 2)

    def test_what_belongs_to_one_file_cannot_be_asked_of_many(self):
        for flags in (["--report", "html"], ["--cms-data", self.document], ["--their-canonical", self.document], ["--store-references", self.folder / "x"]):
            self.assertEqual(shepsim("verify", CERTS / "known", *flags, *TRUST).returncode, 2, flags)

    def test_an_option_of_another_profile_is_a_misunderstanding(self):
        for flags in (["--profile", "enveloped", "--detached"], ["--profile", "cms", "--id", "x"], ["--profile", "cms", "--tsp-url", "http://127.0.0.1:1/"]):
            self.assertEqual(shepsim("sign", self.document, *KEY, *flags).returncode, 2, flags)


if __name__ == "__main__":
    assert pathlib.Path(BINARY).exists()
    unittest.main()
