"""curl as people use it: content types, SOAPAction in every form, Expect, chunks, keep-alive, a byte order mark, GET."""
import shutil
import subprocess
import unittest

from gateway import Gateway, request

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'


@unittest.skipUnless(shutil.which("curl"), "skipped: curl is not installed")
class Curl(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.gateway.start()
        cls.message = cls.gateway.folder / "message.xml"
        cls.message.write_text(cls.gateway.sign(request(payload=COMPANY)), encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def curl(self, *arguments):
        done = subprocess.run(["curl", "-sS", "-o", "-", "-w", "\n%{http_code} %{num_connects}", *map(str, arguments)],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        body, _, tail = done.stdout.rpartition("\n")
        status, connects = tail.split()
        return int(status), body, int(connects)

    def posted(self, *arguments, path="/bip-sync-wss-gost/"):
        return self.curl("--data-binary", f"@{self.message}", *arguments, self.gateway.shep + path)

    def answered(self, *arguments, **how):
        status, body, _ = self.posted(*arguments, **how)
        self.assertEqual(status, 200, body)
        self.assertIn("<code>SCSS001</code>", body)

    def test_every_content_type_that_clients_send(self):
        for kind in ("text/xml;charset=utf-8", "text/xml", "application/xml", "text/plain", "application/soap+xml; charset=UTF-8", ""):
            self.answered("-H", f"Content-Type: {kind}" if kind else "Content-Type;")

    def test_soap_action_in_every_form(self):
        for action in ('SOAPAction: ""', "SOAPAction: SendMessage", 'SOAPAction: "urn:wrong"', "SOAPAction;"):
            self.answered("-H", "Content-Type: text/xml", "-H", action)

    def test_expect_and_chunks(self):
        self.answered("-H", "Content-Type: text/xml", "-H", "Expect: 100-continue")
        self.answered("-H", "Content-Type: text/xml", "-H", "Transfer-Encoding: chunked")

    def test_every_path_with_and_without_the_trailing_slash(self):
        for path in ("/bip-sync-wss-gost/", "/bip-sync-wss-gost", "/bip-sync/", "/bip-sync"):
            self.answered("-H", "Content-Type: text/xml", path=path)

    def test_one_connection_carries_many_requests(self):
        urls = [self.gateway.endpoint] * 20
        done = subprocess.run(["curl", "-sS", "-H", "Content-Type: text/xml", "--data-binary", f"@{self.message}", "-o", "/dev/null",
                               "-w", "%{http_code} %{num_connects}\n", *sum((["-o", "/dev/null", u] for u in urls), [])[2:]],
                              capture_output=True, text=True, timeout=60, check=False)
        lines = done.stdout.split("\n")[:-1]
        self.assertEqual(sum(int(line.split()[1]) for line in lines), 1, done.stdout)
        self.assertTrue(all(line.startswith("200") for line in lines), done.stdout)

    def test_a_byte_order_mark_and_an_xml_declaration_are_accepted(self):
        text = self.message.read_text(encoding="utf-8")
        with_bom = self.gateway.folder / "bom.xml"
        with_bom.write_bytes(b"\xef\xbb\xbf" + ('<?xml version="1.0" encoding="UTF-8"?>\n' + text).encode())
        status, body, _ = self.curl("-H", "Content-Type: text/xml", "--data-binary", f"@{with_bom}", self.gateway.endpoint)
        self.assertEqual(status, 200, body)

    def test_get_is_friendly(self):
        status, body, _ = self.curl(self.gateway.shep + "/")
        self.assertEqual(status, 200)
        self.assertIn("?wsdl", body)
        for name in ("wsdl", "wsdl=ISyncChannel.wsdl", "xsd=SyncChannelTypes.xsd", "xsd=CommonTypes.xsd"):
            status, body, _ = self.curl(f"{self.gateway.endpoint}?{name}")
            self.assertEqual(status, 200)
            self.assertNotIn("localhost:8080", body)
        self.assertEqual(self.curl(f"{self.gateway.endpoint}?xsd=../../kdp/v1/getUserDataRequest.xsd")[0], 404)
        self.assertEqual(self.curl("-X", "PUT", self.gateway.endpoint)[0], 405)


if __name__ == "__main__":
    unittest.main()
