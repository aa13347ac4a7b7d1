"""The NCANode-shaped service over HTTP: one class for each endpoint. Every answer is held to schemas/ncanode by tests/support/ncanode.py."""
import base64
import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree as ET

from gateway import SOURCE, Gateway, request, shepsim
from ncanode import CERTS, PASSWORD, Service, base64_of, der_of, free_port, key_of

DOCUMENT = '<?xml version="1.0" encoding="utf-8"?>\n<a xmlns="urn:test"><b attribute="1">текст</b> <c/></a>'
DS = "{http://www.w3.org/2000/09/xmldsig#}"
GOST = CERTS / "gost2015"


def setUpModule():
    global service
    service = Service()
    service.start()


def tearDownModule():
    assert service.stop() == 0


def codes(answer):
    return [f["code"] for f in answer["shepsim"]["findings"] if f["severity"] == "error"]


def certificates(answer):
    return [s["subject"]["commonName"] for s in answer["signers"]]


class Endpoint(unittest.TestCase):
    """What holds for every endpoint that takes JSON."""

    path = None
    good = {}
    required = ()

    def setUp(self):
        if self.path is None:
            self.skipTest("the base of the others")

    def refused(self, body, where, status=400):
        told = service.ask(self.path, body, status)
        self.assertEqual(told["shepsim"]["where"], where)
        return told

    def test_bad_json_is_refused(self):
        for body in (b"", b"{", b"[]", b'"x"', b"{}{}", b'{"a": 1, "a": 2}', b"[" * 100, b'{"x": "\xff"}', b"{'a':1}"):
            status, told = service.exchange(self.path, body)
            self.assertEqual((status, told["shepsim"]["code"]), (400, "ncanode.json"), body)

    def test_a_missing_field_is_named(self):
        for field in self.required:
            body = {k: v for k, v in self.good.items() if k != field}
            self.assertTrue(self.refused(body, field)["message"].startswith(field + ": "))
            self.refused({**self.good, field: None}, field)

    def test_a_field_of_another_type_is_named(self):
        for field in self.required:
            self.refused({**self.good, field: 7}, field)

    def test_what_nobody_knows_is_left_alone(self):
        service.ask(self.path, {**self.good, "unknown": {"x": [1]}})

    def test_other_methods_and_media_types_are_refused(self):
        self.assertEqual(service.exchange(self.path, method="GET")[0], 405)
        self.assertEqual(service.exchange(self.path, b"{}", headers={"Content-Type": "text/plain"})[0], 415)


class Verification(Endpoint):
    """What holds for the endpoints that look at revocation."""

    def test_an_unknown_source_of_revocation_is_refused(self):
        self.refused({**self.good, "revocationCheck": ["OCPS"]}, "revocationCheck")
        self.refused({**self.good, "revocationCheck": "OCSP"}, "revocationCheck")

    def test_revocation_that_nobody_can_tell_makes_the_answer_not_valid(self):
        told = service.ask(self.path, {**self.good, "revocationCheck": ["OCSP", "CRL"]})
        self.assertFalse(told["valid"])
        self.assertEqual((told["shepsim"]["indication"], told["shepsim"]["subIndication"]), ("INDETERMINATE", "TRY_LATER"))
        one = told["signers"][0]
        one = one["certificates"][0] if "certificates" in one else one
        self.assertFalse(one["valid"])
        self.assertEqual([(r["by"], r["revoked"], r["revocationTime"]) for r in one["revocations"]], [("CRL", False, None), ("OCSP", False, None)])
        self.assertTrue(all(r["reason"] != "OK" for r in one["revocations"]))

    def test_without_the_wish_nobody_is_asked(self):
        one = service.ask(self.path, {**self.good, "revocationCheck": []})
        self.assertTrue(one["valid"])


class XmlVerify(Verification):
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


class XmlSign(Endpoint):
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


class WsseVerify(Verification):
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


class WsseSign(Endpoint):
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


class X509Info(Verification):
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


class X509Verify(Verification):
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


class X509Sign(Endpoint):
    path = "/x509/sign"
    required = ("data", "signer")
    good = {"data": "текст", "signer": key_of("citizen")}

    def test_it_is_verified(self):
        told = service.ask(self.path, self.good)
        self.assertEqual(told["certificate"], base64_of(der_of("known/citizen.pem")))
        self.assertTrue(service.ask("/x509/verify", {**told, "data": "текст"})["valid"])

    def test_a_wrong_password(self):
        self.refused({**self.good, "signer": {**key_of("citizen"), "password": "x"}}, "signer")


class Pkcs12Info(Verification):
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


class Pkcs12Aliases(Endpoint):
    path = "/pkcs12/aliases"
    required = ("keys",)
    good = {"keys": [key_of("citizen")]}

    def test_each_key_s_own(self):
        told = service.ask(self.path, {"keys": [key_of("citizen"), key_of("root", "authority")]})
        self.assertEqual(told["aliases"][0], ["citizen"])
        self.assertEqual(len(told["aliases"]), 2)

    def test_a_wrong_password(self):
        self.refused({"keys": [{**key_of("bank"), "password": "x"}]}, "keys[0]")


class CmsSign(Endpoint):
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


class CmsSignAdd(Endpoint):
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


class CmsVerify(Verification):
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


class CmsExtract(Endpoint):
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


class Health(unittest.TestCase):
    def test_it_is_up(self):
        self.assertEqual(service.exchange("/actuator/health", method="GET"), (200, {"status": "UP"}))
        self.assertEqual(service.exchange("/actuator/health", method="POST")[0], 405)


class TheRest(unittest.TestCase):
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


OPEN = {"listen": 'ncanode_open = true\nncanode_hosts = ["named.example"]'}

if __name__ == "__main__":
    unittest.main()
