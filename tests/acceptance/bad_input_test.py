"""Whatever arrives: its documented fault (HTTP 500) or HTTP error, a journal entry, nothing leaked, the process alive."""
import re
import socket
import unittest
import urllib.parse

from gateway import Gateway, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'


def fault(text):
    code = re.search(r"<faultcode>([^<]*)</faultcode>", text)
    inner = re.search(r"<errorCode>([^<]*)</errorCode>", text)
    data = re.search(r"<errorData>([^<]*)</errorData>", text)
    assert code and inner and code.group(1).split(":")[-1] == inner.group(1), text
    return code.group(1), data.group(1) if data else ""


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway('\n[[route]]\nservice = "NO_MAPPING"\n')
        cls.gateway.start()
        cls.good = cls.gateway.sign(request(payload=COMPANY))

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.process.poll() is None, "the gateway died"
        code = cls.gateway.stop()
        assert code == 0, f"the gateway ended with {code}"

    def refused(self, body, code, **how):
        """The message gets this fault, and the journal tells the same story under the report's id."""
        status, text = self.gateway.post(body, **how)
        self.assertEqual(status, 500, text)
        got, data = fault(text)
        self.assertEqual(got, code, text)
        report = re.match(r"report ([0-9a-f-]{36}); ([a-z.0-9_]+): ", data)
        self.assertTrue(report, data)
        _, entry = self.gateway.admin_json("/__admin/requests/" + report.group(1))
        self.assertEqual(entry["shep"]["faultCode"], code.split(":")[-1])
        self.assertEqual(entry["shep"]["problemCode"], report.group(2))
        self.assertEqual(entry["response"]["body"], text)
        return data, entry

    def test_a_good_message_is_answered(self):
        status, text = self.gateway.post(self.good)
        self.assertEqual(status, 200, text)
        self.assertIn("<code>SCSS001</code>", text)
        verdict = shepsim("verify", "-", *self.gateway.trust(), stdin=text)
        self.assertEqual(verdict.returncode, 0, verdict.stdout)

    def test_not_xml(self):
        for body in ("", "hello", "{}", "<a>", "\x00\x01\x02", b"\xff\xfe\xff\xff" * 50, "<!DOCTYPE a><a/>"):
            self.refused(body, "SCE001")

    def test_not_soap(self):
        self.refused("<a/>", "SCE001")

    def test_soap_12_is_a_version_mismatch(self):
        text = request(payload=COMPANY).replace("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
        self.refused(text, "soap:VersionMismatch")

    def test_X16_an_unknown_header_that_must_be_understood(self):
        text = self.good.replace("<soap:Header>", '<soap:Header><x:a xmlns:x="urn:x" soap:mustUnderstand="1"/>')
        self.refused(text, "soap:MustUnderstand")

    def test_wrong_namespace(self):
        text = request(payload=COMPANY).replace("SyncChannel/v10/Types", "SyncChannel/v99/Types")
        self.refused(self.gateway.sign(text), "SCE001")

    def test_missing_field(self):
        for field in ("messageId", "serviceId", "sender"):
            text = re.sub(rf"<{field}>.*?</{field}>", "", request(payload=COMPANY), flags=re.S)
            data, _ = self.refused(self.gateway.sign(text), "SCE001")
            self.assertIn(field, data)

    def test_unknown_service(self):
        data, _ = self.refused(self.gateway.sign(request(service="GbdulInfoByBin_v3", payload=COMPANY)), "SCE004")
        self.assertIn("GbdulInfoByBin_v2", data)

    def test_unknown_sender_and_wrong_password(self):
        self.refused(self.gateway.sign(request(sender="nobody", payload=COMPANY)), "SIM101")
        data, _ = self.refused(self.gateway.sign(request(password="guess", payload=COMPANY)), "SIM102")
        self.assertNotIn("pep-test-password", data)

    def test_no_right(self):
        text = request(service="GBDFL_UniversalServiceSync", sender="bank", password="bank-test-password", payload=COMPANY)
        self.refused(self.gateway.sign(text, "bank"), "SIM103")

    def test_signed_by_another_participant(self):
        self.refused(self.gateway.sign(request(payload=COMPANY), "bank"), "SIM103")

    def test_unsigned(self):
        self.refused(request(payload=COMPANY), "SCE007")

    def test_signed_elsewhere_says_where_and_where_it_must_be(self):
        signature = re.search(r"<ds:Signature .*</ds:Signature>", self.good, flags=re.S).group(0)
        text = request(payload=COMPANY).replace("</soap:Envelope>", "").strip()
        in_header = text.replace("<soap:Header/>", f'<soap:Header><x:other xmlns:x="urn:x">{self.with_prefixes(signature)}</x:other></soap:Header>')
        data, _ = self.refused(in_header + "</soap:Envelope>", "SCE007")
        self.assertIn("x:other[1]/ds:Signature[1]", data)
        data, _ = self.refused(text + self.with_prefixes(signature) + "</soap:Envelope>", "SCE007")
        self.assertIn("after soap:Body", data)
        self.assertIn("wsse:Security inside soap:Header", data)

    @staticmethod
    def with_prefixes(signature):
        secext = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-"
        return signature.replace("<ds:Signature ", f'<ds:Signature xmlns:wsse="{secext}secext-1.0.xsd" xmlns:wsu="{secext}utility-1.0.xsd" ', 1)

    def test_changed_body_is_a_hash_failure(self):
        data, entry = self.refused(self.good.replace("250290900027", "250290900028"), "SCE006")
        self.assertNotIn("computed", data, "details of a wrong signature stay in the journal")
        self.assertEqual(entry["shep"]["subIndication"], "HASH_FAILURE")
        reference = entry["trace"]["transportSignature"]["signatures"][0]["references"][0]
        self.assertNotEqual(reference["declared"], reference["computed"])

    def test_wrapped_body_is_refused(self):
        body = re.search(r"<soap:Body.*</soap:Body>", self.good, flags=re.S).group(0)
        evil = body.replace("250290900027", "250290900028").replace("wsu:Id=", "wsu:Id2=")
        text = self.good.replace(body, evil).replace("</soap:Header>", f'<w:w xmlns:w="urn:w">{body}</w:w></soap:Header>')
        _, entry = self.refused(text, "SCE006")
        self.assertEqual(entry["shep"]["subIndication"], "SIGNED_DATA_NOT_FOUND")

    def test_S14_what_is_added_to_the_header_reaches_no_mapping(self):
        # Without business data a mapping must see nothing rather than the unsigned header.
        good = self.gateway.sign(request())
        evil = good.replace("</soap:Header>", "<h><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></h></soap:Header>")
        answers = [re.findall(r"<Code>.*?</Code>", self.gateway.post(message)[1]) for message in (good, evil)]
        self.assertEqual(answers[0], answers[1])

    def test_many_departures_are_refused_before_they_are_described(self):
        data, entry = self.refused(request().replace("<request>", "<request>" + "<x/>" * 5000), "SCE001")
        self.assertIn("more than 64 departures", data)
        self.assertLess(len(str(entry["trace"])), 100_000)

    def test_many_unsigned_header_blocks_are_told_by_the_first_few(self):
        _, entry = self.refused(self.good.replace("</soap:Header>", "<a/>" * 5000 + "</soap:Header>").replace("250290900027", "250290900028"), "SCE006")
        self.assertLess(len(entry["trace"]["transportSignature"]["coverage"]["unsigned"]), 100)

    def test_a_value_cut_for_a_report_stays_text(self):
        self.refused(self.gateway.sign(request(service="a" + "Я" * 80)), "SCE004")
        self.refused(self.gateway.sign(request(sender="a" + "Я" * 80)), "SIM101")

    def test_C04_a_key_for_logging_in_does_not_sign(self):
        inner = shepsim("sign", "-", "--profile", "enveloped", *self.gateway.key("citizen_auth"), stdin=COMPANY)
        self.refused(self.gateway.sign(request(payload=inner.stdout)), "SCE015")

    def test_A20_credentials_of_the_transport_are_not_kept(self):
        self.refused(request(), "SCE007", headers={"Authorization": "Bearer canary-12345", "Cookie": "canary-67890"})
        for file in (self.gateway.root / "data").iterdir():
            self.assertNotIn(b"canary-", file.read_bytes(), file)

    def test_expired_and_foreign_certificates(self):
        for member, reason in (("expired", "EXPIRED"), ("stranger", "NO_CERTIFICATE_CHAIN_FOUND")):
            _, entry = self.refused(self.gateway.sign(request(payload=COMPANY), member), "SCE005")
            self.assertEqual(entry["shep"]["subIndication"], reason)

    def test_wrong_business_signature(self):
        inner = shepsim("sign", "-", "--profile", "enveloped", *self.gateway.key("citizen"), stdin=COMPANY)
        self.assertEqual(inner.returncode, 0, inner.stderr)
        good = self.gateway.sign(request(payload=inner.stdout))
        self.assertEqual(self.gateway.post(good)[0], 200)
        self.refused(self.gateway.sign(request(payload=inner.stdout.replace("250290900027", "250290900028"))), "SCE016")

    def test_oversize_is_http_413_with_a_fault(self):
        status, text = self.gateway.post("<a>" + "x" * (11 << 20) + "</a>")
        self.assertEqual(status, 413)
        self.assertEqual(fault(text)[0], "SIM107")

    def test_no_match_names_the_nearest_mapping_and_the_first_difference(self):
        data, entry = self.refused(self.gateway.sign(request(service="NO_MAPPING", payload="<other/>")), "SIM104")
        self.assertIn("nearest mapping", entry["shep"]["problemDetail"])
        self.assertIn("first difference", entry["shep"]["problemDetail"])
        del data

    def test_attachments_and_compression(self):
        self.refused(self.good, "SCE001", headers={"Content-Type": 'multipart/related; boundary="x"'})
        self.assertEqual(self.gateway.post(self.good, headers={"Content-Encoding": "gzip"})[0], 415)

    def test_garbage_octets_and_closed_connections(self):
        at = urllib.parse.urlsplit(self.gateway.shep)
        for octets in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"POST /bip-sync/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<a>", b""):
            with socket.create_connection((at.hostname, at.port), timeout=10) as s:
                s.sendall(octets)
                s.shutdown(socket.SHUT_WR)
                while s.recv(65536):
                    pass
        self.assertEqual(self.gateway.post(self.good)[0], 200)

    def test_A20_no_password_and_no_key_leaves(self):
        self.refused(self.gateway.sign(request(password="guess-canary", payload=COMPANY)), "SIM102")
        log = (self.gateway.folder / "log").read_text(encoding="utf-8")
        for secret in ("pep-test-password", "guess-canary", "shepsim-test", "BEGIN PRIVATE KEY"):
            self.assertNotIn(secret, log)
            self.assertNotIn(secret, self.gateway.get(self.gateway.admin + "/metrics"))


if __name__ == "__main__":
    unittest.main()
