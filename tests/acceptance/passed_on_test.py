"""Answers passed on as received are held against their schema like all others, and a fault in them is made or refused, never forgotten."""
import html
import json
import re
import shutil
import unittest

import raw_http
from faulty_gateway import TESTER
from gateway import Gateway, request, shepsim
from misbehaving import ANSWER, FAULT, SAID, Misbehaving, http

ECHO = {"name": "exact", "request": {"shep": {"serviceId": "EXACT"}},
        "response": {"body": "<r:echo xmlns:r='urn:remote'>1</r:echo>", "shep": {"statusCode": "SCSS001", "statusMessage": "over there"}}}
IN_OCTETS = {"SIGNATURE_MISSING": ("TOTAL_FAILED", "NO_SIGNATURE_FOUND"), "SIGNATURE_DIGEST_MISMATCH": ("TOTAL_FAILED", "HASH_FAILURE"),
             "SIGNATURE_VALUE_MISMATCH": ("TOTAL_FAILED", "SIG_CRYPTO_FAILURE"), "CERT_EXPIRED": ("TOTAL_FAILED", "EXPIRED"),
             "CERT_UNKNOWN_CA": ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"), "WRONG_KEY": ("TOTAL_FAILED", "SIG_CRYPTO_FAILURE")}
TO_BE_WRITTEN = ("WRONG_CORRELATION_ID", "WRONG_MESSAGE_ID", "MISSING_STATUS", "TWO_PAYLOADS", "WRONG_PAYLOAD_NAMESPACE", "INNER_SIGNATURE_MISSING",
                 "INNER_SIGNATURE_BROKEN")
AS_RECEIVED = 'request_form = "as-received"\nanswer_form = "as-received"\n'


def route(service, target, more=""):
    return f'\n[[route]]\nservice = "{service}"\nadapter = "forward"\ntarget = "{target}"\n{AS_RECEIVED}{more}\n'


def fault_of(answer):
    found = re.search(r"<faultcode>(.*?)</faultcode>", answer)
    return found.group(1) if found else None


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.remote = Gateway(TESTER + '\n[[route]]\nservice = "EXACT"\n')
        (cls.remote.root / "mappings/exact.json").write_text(json.dumps(ECHO), encoding="utf-8")
        cls.remote.start()
        cls.unsigned = Misbehaving().__enter__()
        target = cls.remote.shep + "/bip-sync-wss-gost/"
        cls.near = Gateway(TESTER + route("EXACT", target) + route("UNSIGNED", cls.unsigned.url + "/good", 'answer_signature = "ignored"') +
                           route("FAULT", cls.unsigned.url + "/fault"))
        shutil.rmtree(cls.near.root / "certs")
        shutil.copytree(cls.remote.root / "certs", cls.near.root / "certs")
        cls.near.start()

    @classmethod
    def tearDownClass(cls):
        cls.unsigned.__exit__()
        for g in (cls.near, cls.remote):
            g.__exit__()

    def ask(self, fault=None, service="EXACT"):
        """(what is on the wire, what the journal tells of the fault)"""
        headers = {"Content-Type": "text/xml; charset=utf-8", **({"X-Shepsim-Fault": fault} if fault else {})}
        message = self.near.sign(request(service=service, sender="tester", password="tester", payload="<x/>")).encode()
        wire = raw_http.post(self.near.shep, "/bip-sync-wss-gost/", message, headers)
        return wire, self.near.newest()["trace"].get("injectedFault", {})

    def original(self):
        return self.remote.get(self.remote.admin + "/__admin/requests/" + self.remote.newest()["id"] + "/raw?part=response")

    def verdict(self, text):
        report = json.loads(shepsim("verify", "-", *self.near.trust(), "--report", "json", stdin=text).stdout)
        return report["indication"], report["subIndication"] or ""

    def test_without_a_fault_the_octets_are_the_recipients(self):
        wire, _ = self.ask()
        self.assertEqual((wire.status, wire.text), (200, self.original()))

    def test_faults_of_the_signature_are_made_in_the_octets(self):
        for fault, expected in IN_OCTETS.items():
            with self.subTest(fault):
                wire, told = self.ask(fault)
                self.assertEqual((wire.status, told.get("applied")), (200, True), wire.octets)
                self.assertEqual(self.verdict(wire.text), expected)
                self.assertIn("over there", wire.text, "nothing else is spoilt")

    def test_a_wrapped_body_is_no_longer_what_was_signed(self):
        wire, told = self.ask("SIGNATURE_WRAPPED")
        self.assertEqual((wire.status, told.get("applied")), (200, True), wire.octets)
        self.assertIn("<code>SIMXSW</code>", wire.text)
        self.assertIn("<code>SCSS001</code>", wire.text.split("urn:shepsim:wrapped")[1].split("</w:Original>")[0])
        self.assertNotEqual(self.verdict(wire.text)[0], "TOTAL_PASSED")

    def test_faults_of_the_text_are_made_in_the_octets(self):
        wire, told = self.ask("TRUNCATED_XML")
        whole = self.original().encode()
        self.assertEqual((told.get("applied"), wire.body), (True, whole[:len(whole) // 2]))
        wire, told = self.ask("DUPLICATE_BODY")
        self.assertTrue(told.get("applied"))
        bodies = re.findall(r"<(\w+:Body)[ >].*?</\1>", wire.text, re.DOTALL)
        self.assertEqual(len(bodies), 2, wire.text)
        self.assertEqual(wire.text.count("over there"), 2)

    def test_faults_on_the_wire_are_made_as_ever(self):
        wire, told = self.ask("HTTP_503")
        self.assertEqual((wire.status, told.get("applied")), (503, True))
        wire, told = self.ask("GZIP_LIE")
        self.assertEqual((wire.header("Content-Encoding"), told.get("applied")), ("gzip", True))

    def test_a_fault_that_needs_the_answer_written_anew_is_refused(self):
        for fault in TO_BE_WRITTEN:
            with self.subTest(fault):
                wire, told = self.ask(fault)
                self.assertEqual((wire.status, fault_of(wire.text)), (500, "SCE909"), wire.octets)
                self.assertEqual((told["applied"], "written anew" in told["why"]), (False, True), told)
                shep = self.near.newest()["shep"]
                self.assertEqual(shep["problemCode"], "faults.passed_on")
                self.assertIn("answer_form", shep["problemDetail"])

    def test_what_has_nothing_to_spoil_says_so(self):
        wire, told = self.ask("SIGNATURE_MISSING", "UNSIGNED")
        self.assertEqual((wire.status, told["applied"], told["why"]), (200, False, "the recipient's answer is not signed"))
        wire, told = self.ask("SIGNATURE_MISSING", "FAULT")
        self.assertEqual((fault_of(wire.text), told["applied"], told["why"]), ("s:E42", False, "there was a fault instead of an answer"))


class Contract(unittest.TestCase):
    DATA = "<m:CheckApplicationRequest xmlns:m='http://schemas.letograf.kz/iiscon/bus/v1'><{0}>97900000000201</{0}></m:CheckApplicationRequest>"
    GOOD, BAD = DATA.format("applicationId"), DATA.format("wrong")

    @classmethod
    def setUpClass(cls):
        cls.endpoint = Misbehaving().__enter__()
        asks = 'answer_signature = "ignored"\nschema = "iiscon/v1/bus.xsd"\n'
        cls.gateway = Gateway("".join(route(mode.upper(), cls.endpoint.url + "/data", asks + f'contract = "{mode}"') for mode in ("enforce", "warn", "off")))
        cls.gateway.start()

    @classmethod
    def tearDownClass(cls):
        cls.endpoint.__exit__()
        cls.gateway.__exit__()

    def ask(self, service, data):
        """(status, answer, what the journal tells of the answer's contract) when the endpoint answers with these data"""
        SAID["/data"] = http(body=ANSWER.replace('<r:a xmlns:r="urn:r">1</r:a>', data))
        status, answer = self.gateway.post(self.gateway.sign(request(service=service, payload=self.GOOD)))
        entry = self.gateway.newest()
        return status, answer, entry["trace"].get("answerContract"), entry["shep"].get("problemCode")

    def test_enforce_refuses_what_departs_whatever_carries_it(self):
        for carried in (self.BAD, f"<![CDATA[{self.BAD}]]>", html.escape(self.BAD)):
            status, answer, found, code = self.ask("ENFORCE", carried)
            self.assertEqual((status, code), (500, "protocol.answer_contract"), answer)
            self.assertEqual((found["total"], found["violations"][0]["rule"]), (1, "cvc-complex-type.2.4"), found)
            self.assertNotIn("97900000000201", answer)

    def test_enforce_passes_on_what_keeps_to_it_octet_for_octet(self):
        for carried in (self.GOOD, f"<![CDATA[{self.GOOD}]]>"):
            status, answer, found, _ = self.ask("ENFORCE", carried)
            self.assertEqual((status, found), (200, None), answer)
            self.assertEqual(answer, SAID["/data"].partition(b"\r\n\r\n")[2].decode())

    def test_warn_notes_it_and_off_does_not_look(self):
        status, _, found, _ = self.ask("WARN", self.BAD)
        self.assertEqual((status, found["total"]), (200, 1))
        status, _, found, _ = self.ask("OFF", self.BAD)
        self.assertEqual((status, found), (200, None))

    def test_data_that_cannot_be_read_are_refused_by_enforce_and_noted_by_warn(self):
        status, answer, found, code = self.ask("ENFORCE", "just text")
        self.assertEqual((status, code, found["total"], bool(found["unchecked"])), (500, "protocol.answer_contract", 0, True), answer)
        status, answer, found, _ = self.ask("WARN", "just text")
        self.assertEqual((status, found["total"], bool(found["unchecked"])), (200, 0, True), answer)

    def test_a_fault_has_no_business_data_to_check(self):
        SAID["/data"] = http("500 Internal Server Error", FAULT)
        _, answer = self.gateway.post(self.gateway.sign(request(service="ENFORCE", payload=self.GOOD)))
        self.assertEqual((fault_of(answer), self.gateway.newest()["trace"].get("answerContract")), ("s:E42", None), "a fault has no business data")


if __name__ == "__main__":
    unittest.main()
