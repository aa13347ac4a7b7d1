"""Debian's zeep imports ?wsdl as it is and calls the gateway: an answer, a declared fault, and a message signed by us."""
import datetime
import unittest

from open_route import PASSWORD, SENDER, open_gateway

try:
    import zeep
    import zeep.exceptions
    from lxml import etree
except ImportError:
    zeep = None

NS = "http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"


@unittest.skipIf(zeep is None, "skipped: python3-zeep is not installed")
class Zeep(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = open_gateway()
        cls.gateway.start()
        cls.client = zeep.Client(cls.gateway.shep + "/bip-sync-wss-gost/?wsdl")

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def info(self, service):
        return {"messageId": "zeep-1", "serviceId": service, "messageDate": datetime.datetime.now(datetime.timezone.utc),
                "sender": {"senderId": SENDER, "password": PASSWORD}}

    @staticmethod
    def company(bin_):
        return f'<g:Request xmlns:g="{NS}"><RequestorBIN>200190990041</RequestorBIN><BIN>{bin_}</BIN></g:Request>'

    def call(self, service="GbdulInfoByBin_v2", bin_="250290900027"):
        return self.client.service.SendMessage(request={"requestInfo": self.info(service), "requestData": {"data": self.company(bin_)}})

    def test_the_wsdl_leads_back_to_the_host_that_was_asked(self):
        binding = next(iter(self.client.wsdl.services.values())).ports["SyncChannelHttpPort"]
        self.assertEqual(binding.binding_options["address"], self.gateway.shep + "/bip-sync-wss-gost/")

    def test_it_reads_an_answer(self):
        answer = self.call()
        self.assertEqual(answer.responseInfo.status.code, "SCSS001")
        self.assertEqual(answer.responseInfo.correlationId, "zeep-1")
        self.assertRegex(answer.responseInfo.sessionId, r"^\{[0-9a-f-]{36}\}$")

    def test_it_reads_the_declared_fault(self):
        with self.assertRaises(zeep.exceptions.Fault) as raised:
            self.call(service="NO_SUCH_SERVICE")
        self.assertEqual(raised.exception.code, "SCE004")
        detail = raised.exception.detail[0]
        self.assertEqual(detail.tag, "{http://bip.bee.kz/SyncChannel/v10/Types}SendMessageFault1_SendMessageFault")
        self.assertEqual(detail.findtext("errorCode"), "SCE004")

    def test_a_message_it_composed_and_we_signed_is_answered_signed(self):
        message = self.client.create_message(self.client.service, "SendMessage",
                                             request={"requestInfo": dict(self.info("GbdulInfoByBin_v2"), sender={"senderId": "pep", "password": "pep-test-password"}),
                                                      "requestData": {"data": self.company("250290900027")}})
        status, text = self.gateway.post(self.gateway.sign(etree.tostring(message, encoding="unicode")))
        self.assertEqual(status, 200, text)
        self.assertIn("wsse:Security", text)
        body = etree.fromstring(text.encode()).find("{http://schemas.xmlsoap.org/soap/envelope/}Body")
        self.assertEqual(body[0].tag, "{http://bip.bee.kz/SyncChannel/v10/Types}SendMessageResponse")


if __name__ == "__main__":
    unittest.main()
