"""A gateway with a sender that may ask for faults, and what its answers are held against."""
import json
import re
import unittest

import raw_http
from gateway import Gateway, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'
SERVICE = "GbdulInfoByBin_v2"
MESSAGE_ID = "00000000-0000-4000-8000-0000000000aa"
TESTER = '\n[[sender]]\nid = "tester"\npassword = "tester"\nservices = ["*"]\nfaults = true\n'


def value(text, name):
    return re.search(f"<{name}>([^<]*)</{name}>", text).group(1)


class FaultyGateway(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway(TESTER)
        cls.gateway.start()
        cls.message = cls.gateway.sign(request(payload=COMPANY, sender="tester", password="tester", message_id=MESSAGE_ID)).encode()
        cls.seen = set()

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def ask(self, fault=None, message=None, patience=20):
        """Posts a message whose sender asks for the fault; the journal must name it."""
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        if fault:
            headers["X-Shepsim-Fault"] = fault
        wire = raw_http.post(self.gateway.shep, "/bip-sync-wss-gost/", message or self.message, headers, patience)
        if fault and message is None:
            name = fault.split(";")[0]
            told = self.gateway.newest()["trace"]["injectedFault"]
            self.assertEqual((told["name"], told["askedBy"], told["applied"]), (name, "header", True), told)
            self.seen.add(name)
        return wire

    def verdict(self, wire, *flags, trust=True):
        done = shepsim("verify", "-", *(self.gateway.trust() if trust else ()), "--report", "json", *flags, stdin=wire.text)
        report = json.loads(done.stdout)
        return report["indication"], report["subIndication"] or ""

    def assert_whole(self, wire, status=200):
        """The framing is right, whatever stands in the body."""
        self.assertEqual((wire.status, wire.end), (status, "fin"), wire.octets)
        self.assertEqual(wire.announced, len(wire.body))
