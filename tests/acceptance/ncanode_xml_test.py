"""The NCANode-shaped service over HTTP: XML and WS-Security. One class for each endpoint."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ET

from gateway import request, shepsim
from ncanode import CERTS, key_of
from ncanode_endpoint import Endpoint, Verification, service


setUpModule, tearDownModule = service.start, service.stop
DOCUMENT = '<?xml version="1.0" encoding="utf-8"?>\n<a xmlns="urn:test"><b attribute="1">текст</b> <c/></a>'
DS = "{http://www.w3.org/2000/09/xmldsig#}"


class XmlVerify(Verification, unittest.TestCase):
    path = "/xml/verify"
    required = ("xml",)

    @classmethod
    def setUpClass(cls):
        cls.signed = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key_of("citizen")]})["xml"]
        cls.good = {"xml": cls.signed}

    def test_a_good_signature(self):
        told = service.ask(self.path, self.good)
        self.assertTrue(told["valid"])
        self.assertEqual(told["shepsim"]["indication"], "TOTAL_PASSED")
        self.assertEqual(told["signers"][0]["subject"]["iin"], "850315090015")
        self.assertTrue(told["signers"][0]["valid"])

    def test_what_another_program_signed(self):
        done = shepsim("sign", "-", *service.key("citizen"), "--profile", "enveloped", stdin=DOCUMENT)
        self.assertTrue(service.ask(self.path, {"xml": done.stdout})["valid"])

    def test_a_changed_document(self):
        told = service.ask(self.path, {"xml": self.signed.replace("текст", "текcт")})
        self.assertFalse(told["valid"])
        self.assertEqual(told["shepsim"]["subIndication"], "HASH_FAILURE")
        self.assertTrue(told["signers"][0]["valid"], "the certificate itself is good")

    def test_the_cause_of_a_failure_is_told(self):
        signed = service.ask("/xml/sign", {"xml": "<a><b>1</b><c>2</c></a>", "signers": [key_of("citizen")]})["xml"]
        indented = signed.replace("<b>", "\n  <b>").replace("<c>", "\n  <c>")
        causes = service.ask(self.path, {"xml": indented})["shepsim"]["causes"]
        self.assertTrue(causes and causes[0]["reproducesDeclaredDigest"], causes)

    def test_a_changed_signature_value(self):
        changed = re.sub(r"(SignatureValue>\s*)(.)", lambda m: m[1] + ("B" if m[2] != "B" else "C"), self.signed, count=1)
        self.assertEqual(service.ask(self.path, {"xml": changed})["shepsim"]["subIndication"], "SIG_CRYPTO_FAILURE")

    def test_no_signature(self):
        told = service.ask(self.path, {"xml": DOCUMENT})
        self.assertEqual((told["valid"], told["signers"], told["shepsim"]["subIndication"]), (False, [], "NO_SIGNATURE_FOUND"))

    def test_two_signers_are_told_last_first(self):
        both = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key_of("citizen"), key_of("bank")]})["xml"]
        told = service.ask(self.path, {"xml": both})
        self.assertTrue(told["valid"])
        self.assertEqual([s["subject"]["iin"] for s in told["signers"]], ["880101099010", "850315090015"])
        # The first signature gone, the second one covers what is no longer there.
        without = re.sub(r"<ds:Signature .*?</ds:Signature>", "", both, count=1, flags=re.S)
        self.assertFalse(service.ask(self.path, {"xml": without})["valid"])

    def test_one_bad_signer_of_two_is_not_valid(self):
        both = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key_of("citizen"), key_of("stranger")]})["xml"]
        told = service.ask(self.path, {"xml": both})
        self.assertFalse(told["valid"])
        self.assertEqual([s["valid"] for s in told["signers"]], [False, True])

    def test_an_unknown_authority_and_an_expired_certificate(self):
        for who, verdict, reason in (("stranger", "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"), ("expired", "TOTAL_FAILED", "EXPIRED")):
            signed = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key_of(who)]})["xml"]
            told = service.ask(self.path, {"xml": signed})
            self.assertFalse(told["valid"])
            self.assertFalse(told["signers"][0]["valid"])
            self.assertEqual((told["shepsim"]["indication"], told["shepsim"]["subIndication"]), (verdict, reason))

    def test_a_key_made_for_logging_in_may_not_sign(self):
        signed = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key_of("citizen_auth")]})["xml"]
        told = service.ask(self.path, {"xml": signed})
        self.assertEqual((told["valid"], told["signers"][0]["keyUsage"]), (False, "AUTH"))

    def test_text_that_is_not_xml_is_refused(self):
        for bad in ("x", "<a>", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"):
            told = service.ask(self.path, {"xml": bad}, 400)
            self.assertEqual(told["shepsim"]["code"], "ncanode.document")
            self.assertNotIn("root:", json.dumps(told))


class XmlSign(Endpoint, unittest.TestCase):
    path = "/xml/sign"
    required = ("xml", "signers")
    good = {"xml": DOCUMENT, "signers": [key_of("citizen")]}

    def sign(self, expected=200, **more):
        told = service.ask(self.path, {**self.good, **more}, expected)
        return told["xml"] if expected == 200 else told

    def test_xmlsec1_verifies_it(self):
        signed = self.sign()
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "signed.xml"
            file.write_text(signed, encoding="utf-8")
            done = subprocess.run(["xmlsec1", "--verify", "--trusted-pem", CERTS / "trusted/root.pem", "--untrusted-pem", CERTS / "trusted/issuing.pem",
                                   file], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_signature_is_the_last_child_and_has_the_profile_of_ncanode(self):
        root = ET.fromstring(self.sign().encode())
        signature = root[-1]
        self.assertEqual(signature.tag, DS + "Signature")
        reference = signature.find(f"{DS}SignedInfo/{DS}Reference")
        self.assertEqual(reference.get("URI"), "")
        self.assertEqual([t.get("Algorithm") for t in reference.iter(DS + "Transform")],
                         ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"])

    def test_earlier_signatures_stay_or_go(self):
        first = self.sign()
        self.assertEqual(self.sign(xml=first).count("<ds:SignatureValue>"), 2)
        self.assertEqual(self.sign(xml=first, clearSignatures=True).count("<ds:SignatureValue>"), 1)

    def test_white_space_goes_when_asked(self):
        spaced = "<a>\n  <b> </b>&#13;\n  <c>x </c><!-- \n --></a>"
        trimmed = self.sign(xml=spaced, trimXml=True)
        self.assertTrue(trimmed.startswith("<a><b></b><c>x </c><!-- \n --><ds:Signature"), trimmed[:80])
        self.assertTrue(self.sign(xml=spaced).startswith(spaced[:-4]))
        self.assertTrue(service.ask("/xml/verify", {"xml": trimmed})["valid"])

    def test_one_element_by_its_id(self):
        with_id = '<a><b Id="x1">1</b><c>2</c></a>'
        signed = self.sign(xml=with_id, signers=[{**key_of("citizen"), "referenceUri": "#x1"}])
        self.assertIn('URI="#x1"', signed)
        told = service.ask("/xml/verify", {"xml": signed})
        self.assertTrue(told["valid"])
        self.assertEqual(told["shepsim"]["coverage"]["signed"], ["/a[1]/b[1]"])
        self.assertFalse(service.ask("/xml/verify", {"xml": signed.replace(">1<", ">9<")})["valid"])

    def test_nothing_outside_the_document_is_signed(self):
        for uri in ("file:///etc/passwd", "http://127.0.0.1/", "#none"):
            self.sign(400, signers=[{**key_of("citizen"), "referenceUri": uri}])

    def test_keys_that_cannot_be_used(self):
        wrong = {**key_of("citizen"), "password": "wrong-password-canary"}
        told = self.sign(400, signers=[key_of("bank"), wrong])
        self.assertEqual((told["shepsim"]["code"], told["shepsim"]["where"]), ("ncanode.key", "signers[1]"))
        self.assertNotIn("canary", json.dumps(told))
        self.sign(400, signers=[{**wrong, "key": "AAAA"}])
        self.assertEqual(self.sign(400, signers=[{**wrong, "key": "не base64"}])["shepsim"]["where"], "signers[0].key")
        self.assertEqual(self.sign(400, signers=[{"key": wrong["key"]}])["shepsim"]["where"], "signers[0].password")
        self.assertEqual(self.sign(400, signers=[])["shepsim"]["where"], "signers")
        self.assertEqual(self.sign(400, signers=["x"])["shepsim"]["where"], "signers[0]")

    def test_an_alias_has_to_be_the_key_s(self):
        self.sign(signers=[{**key_of("citizen"), "keyAlias": "citizen"}])
        self.assertEqual(self.sign(400, signers=[{**key_of("citizen"), "keyAlias": "other"}])["shepsim"]["code"], "ncanode.key")


class WsseVerify(Verification, unittest.TestCase):
    path = "/wsse/verify"
    required = ("xml",)

    @classmethod
    def setUpClass(cls):
        cls.signed = service.sign(request(), "pep", "--profile", "wsse")
        cls.good = {"xml": cls.signed}

    def test_a_good_signature_by_each_layout(self):
        for profile in ("wsse", "wsse-issuer-serial"):
            told = service.ask(self.path, {"xml": service.sign(request(), "pep", "--profile", profile)})
            self.assertTrue(told["valid"], profile)
            self.assertEqual(told["signers"][0]["subject"]["bin"], "200190990041")

    def test_no_signature(self):
        told = service.ask(self.path, {"xml": request()})
        self.assertEqual((told["valid"], told["signers"]), (False, []))

    def test_a_changed_body(self):
        told = service.ask(self.path, {"xml": self.signed.replace("GbdulInfoByBin_v2", "GBDFL_UniversalServiceSync")})
        self.assertEqual((told["valid"], told["shepsim"]["subIndication"]), (False, "HASH_FAILURE"))

    def test_XSW_a_signed_body_moved_aside_is_not_believed(self):
        body = re.search(r"<soap:Body.*</soap:Body>", self.signed, re.S).group(0)
        forged = request(service="Forged")
        forged_body = re.search(r"<soap:Body.*</soap:Body>", forged, re.S).group(0)
        moved_into_header = self.signed.replace(body, forged_body).replace("</soap:Header>", f"<x>{body}</x></soap:Header>")
        same_id = self.signed.replace(body, forged_body.replace("<soap:Body>", re.match(r"<soap:Body[^>]*>", body).group(0))).replace(
            "</soap:Header>", f"<x>{body}</x></soap:Header>")
        for attack in (moved_into_header, same_id):
            told = service.ask(self.path, {"xml": attack})
            self.assertFalse(told["valid"])
            self.assertEqual(told["shepsim"]["indication"], "TOTAL_FAILED")

    def test_a_signature_over_something_else_than_the_body_is_not_believed(self):
        header_signed = self.signed.replace("<soap:Body", '<soap:Body data-x="1"')
        self.assertFalse(service.ask(self.path, {"xml": header_signed})["valid"])

    def test_an_envelope_that_is_none(self):
        self.assertEqual(service.ask(self.path, {"xml": DOCUMENT})["shepsim"]["subIndication"], "FORMAT_FAILURE")

    def test_an_unknown_authority(self):
        told = service.ask(self.path, {"xml": service.sign(request(), "stranger", "--profile", "wsse")})
        self.assertEqual((told["valid"], told["signers"][0]["valid"]), (False, False))


class WsseSign(Endpoint, unittest.TestCase):
    path = "/wsse/sign"
    required = ("xml", "key", "password")
    good = {"xml": request(), **key_of("pep")}

    def test_the_gateway_takes_it(self):
        signed = service.ask(self.path, self.good)["xml"]
        self.assertIn("KeyIdentifier", signed)
        self.assertTrue(service.ask("/wsse/verify", {"xml": signed})["valid"])
        done = shepsim("verify", "-", *service.trust(), stdin=signed)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_white_space_goes_when_asked(self):
        signed = service.ask(self.path, {**self.good, "trimXml": True})["xml"]
        self.assertNotRegex(re.sub(r"<wsse:Security.*</wsse:Security>", "", signed, flags=re.S), r">\s+<")
        self.assertTrue(service.ask("/wsse/verify", {"xml": signed})["valid"])

    def test_what_cannot_be_signed(self):
        self.assertEqual(service.ask(self.path, {**self.good, "xml": "<a/>"}, 400)["shepsim"]["code"], "ncanode.document")
        self.assertEqual(service.ask(self.path, {**self.good, "password": "x"}, 400)["shepsim"]["code"], "ncanode.key")


if __name__ == "__main__":
    unittest.main()
