"""Faults on purpose: each on the wire as the catalogue says."""
import base64
import gzip
import json
import time
import unittest
import xml.etree.ElementTree as ElementTree

from faulty_gateway import MESSAGE_ID, FaultyGateway, value
from gateway import shepsim


class Faults(FaultyGateway):
    @classmethod
    def tearDownClass(cls):
        _, told = cls.gateway.admin_json("/__admin/faults")
        super().tearDownClass()
        missing = {row["name"] for row in told["catalogue"]} - cls.seen
        assert not missing, f"no test shows {missing}"

    # ---- transport

    def test_connection_reset_by_peer(self):
        wire = self.ask("CONNECTION_RESET_BY_PEER")
        self.assertEqual((wire.octets, wire.end), (b"", "reset"))

    def test_empty_response(self):
        wire = self.ask("EMPTY_RESPONSE")
        self.assertEqual((wire.octets, wire.end), (b"", "fin"))
        self.assertEqual(self.gateway.newest()["response"]["status"], 0)

    def test_malformed_response_chunk(self):
        wire = self.ask("MALFORMED_RESPONSE_CHUNK")
        self.assertEqual((wire.status, wire.header("Transfer-Encoding")), (200, "chunked"))
        with self.assertRaises(ValueError):
            int(wire.body.split(b"\r\n")[0], 16)

    def test_random_data_then_close(self):
        wire = self.ask("RANDOM_DATA_THEN_CLOSE")
        self.assertTrue(wire.octets)
        self.assertFalse(wire.octets.startswith(b"HTTP"))
        self.assertEqual(wire.end, "fin")

    def test_slow_drip_is_the_whole_answer_slowly(self):
        began = time.monotonic()
        wire = self.ask("SLOW_DRIP; milliseconds=600")
        self.assertGreaterEqual(time.monotonic() - began, 0.5)  # a lower bound only: timers may be late, never early
        self.assert_whole(wire)
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))

    def test_half_close(self):
        wire = self.ask("HALF_CLOSE")
        self.assertEqual((wire.status, wire.end), (200, "fin"))
        self.assertEqual(len(wire.body), wire.announced // 2)

    def test_stall(self):
        wire = self.ask("STALL; milliseconds=300")
        self.assertEqual((wire.status, wire.end, len(wire.body)), (200, "fin", wire.announced // 2))
        wire = self.ask("STALL; milliseconds=60000", patience=1)
        self.assertEqual((wire.end, len(wire.body)), ("silence", wire.announced // 2))

    # ---- HTTP

    def test_statuses_of_a_proxy(self):
        for fault, status, retry in (("HTTP_500", 500, None), ("HTTP_503", 503, "5"), ("HTTP_404", 404, None), ("HTTP_429", 429, "5")):
            wire = self.ask(fault)
            self.assert_whole(wire, status)
            self.assertEqual((wire.header("Retry-After"), wire.header("Content-Type")), (retry, "text/html; charset=utf-8"))
            self.assertNotIn("Envelope", wire.text)
            entry = self.gateway.newest()
            self.assertEqual((entry["response"]["status"], entry["shep"]["outcome"]), (status, "http_error"))
            self.assertNotIn("mappingId", entry["shep"], "the recipient is not asked")

    def test_wrong_content_type(self):
        wire = self.ask("WRONG_CONTENT_TYPE")
        self.assert_whole(wire)
        self.assertTrue(wire.header("Content-Type").startswith("text/html"))
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))

    def test_gzip_lie(self):
        wire = self.ask("GZIP_LIE")
        self.assert_whole(wire)
        self.assertEqual(wire.header("Content-Encoding"), "gzip")
        with self.assertRaises(gzip.BadGzipFile):
            gzip.decompress(wire.body)

    def test_wrong_content_length(self):
        wire = self.ask("WRONG_CONTENT_LENGTH")
        self.assertEqual((wire.status, wire.end, wire.announced), (200, "fin", len(wire.body) + 64))
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))

    def test_broken_encoding(self):
        wire = self.ask("BROKEN_ENCODING")
        self.assert_whole(wire)
        self.assertEqual(wire.header("Content-Type"), "text/xml; charset=utf-8")
        with self.assertRaises(UnicodeDecodeError):
            _ = wire.text
        with self.assertRaises(ElementTree.ParseError):
            ElementTree.fromstring(wire.body)
        kept = self.gateway.newest()["response"]["bodyAsBase64"]
        self.assertEqual(base64.b64decode(kept), wire.body, "the journal keeps what left")

    # ---- SOAP

    def test_fault_errorinfo_with_any_code(self):
        wire = self.ask("FAULT_ERRORINFO; code=XYZ42; message=сервис отдыхает; data=до утра")
        self.assert_whole(wire, 500)
        self.assertEqual([value(wire.text, name) for name in ("faultcode", "errorCode", "errorMessage", "errorData")],
                         ["XYZ42", "XYZ42", "сервис отдыхает", "до утра"])
        self.assertEqual(self.gateway.newest()["shep"]["faultCode"], "XYZ42")
        self.assertEqual(value(self.ask("FAULT_ERRORINFO").text, "errorCode"), "SCE909")

    def test_faults_of_soap_itself(self):
        for fault, code in (("SOAP_VERSION_MISMATCH", "VersionMismatch"), ("MUST_UNDERSTAND", "MustUnderstand")):
            wire = self.ask(fault)
            self.assert_whole(wire, 500)
            self.assertEqual(value(wire.text, "faultcode"), "soap:" + code)

    def test_wrong_ids_are_rightly_signed(self):
        wire = self.ask("WRONG_CORRELATION_ID")
        self.assertRegex(value(wire.text, "correlationId"), "^[0-9a-f-]{36}$")
        self.assertNotEqual(value(wire.text, "correlationId"), MESSAGE_ID)
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))
        wire = self.ask("WRONG_MESSAGE_ID")
        self.assertEqual((value(wire.text, "messageId"), value(wire.text, "correlationId")), (MESSAGE_ID, MESSAGE_ID))
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))

    def test_missing_status_is_rightly_signed(self):
        wire = self.ask("MISSING_STATUS")
        self.assert_whole(wire)
        info = wire.text.split("<responseInfo>")[1].split("</responseInfo>")[0]
        self.assertNotIn("<status>", info)
        self.assertIn("<correlationId>", info)
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))

    def test_what_no_parser_takes(self):
        wire = self.ask("NOT_XML")
        self.assert_whole(wire)
        self.assertTrue(wire.header("Content-Type").startswith("text/xml"))
        with self.assertRaises(ElementTree.ParseError):
            ElementTree.fromstring(wire.body)
        wire = self.ask("TRUNCATED_XML")
        self.assert_whole(wire)
        self.assertTrue(wire.text.startswith("<soap:Envelope"))
        with self.assertRaises(ElementTree.ParseError):
            ElementTree.fromstring(wire.body)

    def test_duplicate_body(self):
        wire = self.ask("DUPLICATE_BODY")
        bodies = ElementTree.fromstring(wire.body).findall("{http://schemas.xmlsoap.org/soap/envelope/}Body")
        self.assertEqual(len(bodies), 2)
        self.assertEqual(ElementTree.tostring(bodies[0]), ElementTree.tostring(bodies[1]))
        self.assertNotEqual(shepsim("verify", "-", *self.gateway.trust(), stdin=wire.text).returncode, 0)

    def test_two_payloads_are_rightly_signed(self):
        wire = self.ask("TWO_PAYLOADS")
        data = ElementTree.fromstring(wire.body).find(".//data")
        self.assertEqual(len(list(data)), 2)
        self.assertEqual(ElementTree.tostring(data[0]), ElementTree.tostring(data[1]))

    def test_wrong_payload_namespace_is_rightly_signed(self):
        right = ElementTree.fromstring(self.ask().body).find(".//data")[0].tag
        wire = self.ask("WRONG_PAYLOAD_NAMESPACE")
        wrong = ElementTree.fromstring(wire.body).find(".//data")[0].tag
        self.assertNotEqual(wrong, right)
        self.assertEqual(wrong.split("}")[-1], right.split("}")[-1])
        self.assertTrue(wrong.startswith("{urn:shepsim:"), wrong)
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""))

    # ---- signatures

    def test_signatures_fail_as_named(self):
        for fault, verdict in (("SIGNATURE_DIGEST_MISMATCH", ("TOTAL_FAILED", "HASH_FAILURE")),
                               ("SIGNATURE_VALUE_MISMATCH", ("TOTAL_FAILED", "SIG_CRYPTO_FAILURE")),
                               ("WRONG_KEY", ("TOTAL_FAILED", "SIG_CRYPTO_FAILURE")),
                               ("CERT_EXPIRED", ("TOTAL_FAILED", "EXPIRED")),
                               ("CERT_UNKNOWN_CA", ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"))):
            wire = self.ask(fault)
            self.assert_whole(wire)
            self.assertEqual(self.verdict(wire), verdict, fault)

    def test_a_mismatch_is_one_character(self):
        wire = self.ask("SIGNATURE_DIGEST_MISMATCH")
        self.assertRegex(value(wire.text, "messageId"), "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")

    def test_signature_missing(self):
        wire = self.ask("SIGNATURE_MISSING")
        self.assert_whole(wire)
        self.assertNotIn("Security", wire.text.split("Body")[0])
        self.assertEqual(value(wire.text, "correlationId"), MESSAGE_ID)

    def test_cert_revoked_is_noticed_by_whoever_asks(self):
        self.gateway.revoke_nobody()
        refused = self.ask("CERT_REVOKED", self.message)
        self.assertEqual(refused.status, 500, "nobody is revoked yet")
        status, _ = self.gateway.admin_json("/__admin/pki/certificates/provider/status", "PUT",
                                            {"state": "revoked", "reason": "keyCompromise", "at": "2026-01-02T03:04:05Z"})
        self.assertEqual(status, 200)
        wire = self.ask("CERT_REVOKED")
        self.assertEqual(self.verdict(wire), ("TOTAL_PASSED", ""), "who does not ask does not notice")
        self.assertEqual(self.verdict(wire, "--revocation", "ocsp", "--ocsp-url", self.gateway.admin + "/pki/ocsp"),
                         ("TOTAL_FAILED", "REVOKED"))

    def test_signature_wrapped(self):
        wire = self.ask("SIGNATURE_WRAPPED")
        envelope = ElementTree.fromstring(wire.body)
        body = envelope.find("{http://schemas.xmlsoap.org/soap/envelope/}Body")
        self.assertEqual(body.find(".//code").text, "SIMXSW")
        self.assertIsNotNone(envelope.find("{http://schemas.xmlsoap.org/soap/envelope/}Header/{urn:shepsim:wrapped}Original"))
        self.assertNotEqual(self.verdict(wire)[0], "TOTAL_PASSED")

    def test_the_signature_inside(self):
        right = self.ask()
        self.assertIn("Signature", right.text.split("<data>")[1])
        missing = self.ask("INNER_SIGNATURE_MISSING")
        self.assertNotIn("Signature", missing.text.split("<data>")[1])
        self.assertEqual(self.verdict(missing), ("TOTAL_PASSED", ""))
        broken = self.ask("INNER_SIGNATURE_BROKEN")
        self.assertIn("Signature", broken.text.split("<data>")[1])
        document = broken.text.split("<data>")[1].split("</data>")[0]
        done = shepsim("verify", "-", *self.gateway.trust(), "--report", "json", stdin=document)
        report = json.loads(done.stdout)
        self.assertEqual((report["indication"], report["subIndication"]), ("TOTAL_FAILED", "SIG_CRYPTO_FAILURE"))


del FaultyGateway  # a base, no test of its own

if __name__ == "__main__":
    unittest.main()
