"""What one request reports, the next one about the same person or plate knows of; over the wire, and with requests that come at once."""
import os
import re
import signal
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

from gateway import Gateway, request

SPACE = "urn:shepsim:contract:{}:v1"
LEARNER, OTHER = "970806091403", "000317091157"


def code(text):
    return re.search(r"<status><code>([^<]*)</code><nameRu>", text).group(1)


class Memory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.gateway.start()

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def setUp(self):
        self.assertEqual(self.gateway.admin_json("/__admin/scenarios/reset", "POST")[0], 200)

    def signed(self, service, root, space, fields):
        space = space if ":" in space else SPACE.format(space)
        return self.gateway.sign(request(service=service, payload=f'<r:{root} xmlns:r="{space}">{fields}</r:{root}>'))

    def answer(self, *what):
        status, text = self.gateway.post(self.signed(*what))
        self.assertEqual(status, 200, text)
        return text

    def ask(self, *what):
        return code(self.answer(*what))

    def exam(self, service, root, kind, iin=LEARNER):
        rest = f"<kind>{kind}</kind>" if root == "ResultRequest" else f"<kind>{kind}</kind><date>2026-12-15</date>"
        number = "" if root == "ResultRequest" else "<requestNumber>97900000000041</requestNumber>"
        return self.ask(service, root, "driving-exam", f"{number}<iin>{iin}</iin>{rest}")

    def duty(self, iin=LEARNER):
        return self.ask("rpdrn-egov-duty-get-information", "DutyRequest", "state-duty", f"<iin>{iin}</iin>")

    def payment(self, iin=LEARNER):
        return self.signed("rpdrn-egov-duty-register-payment", "PaymentRequest", "state-duty",
                           f"<number>ТБ-{iin}</number><amount>4915</amount><payerIin>{iin}</payerIin><reference>ТЕСТ-1</reference>"
                           "<paid>2026-11-20T09:30:00+05:00</paid>")

    def card(self):
        return self.ask("PRINT_LICENCE_STATUS", "JobRequest", "licence-printing", f"<iin>{LEARNER}</iin>")

    def licence(self):
        return self.ask("FORWARD_DRIVER_LICENSE_SYNC", "DriverCardRequest", "http://MVD.ProxyServices/mvd/DriverCardInfo/VUInfoService",
                        f"<iin>{LEARNER}</iin>")

    def test_a_first_driving_licence_from_the_examinations_to_the_card(self):
        self.assertEqual(self.licence(), "0")
        self.assertEqual(self.exam("MIA_EXAM_BOOKING", "BookingRequest", "practice"), "6")
        for kind in ("theory", "practice"):
            self.assertEqual(self.exam("MIA_EXAM_RESULT", "ResultRequest", kind), "3")
            self.assertEqual(self.exam("MIA_EXAM_BOOKING", "BookingRequest", kind), "1")
            self.assertEqual(self.exam("MIA_EXAM_BOOKING", "BookingRequest", kind), "4")
            self.assertEqual(self.exam("MIA_EXAM_RESULT", "ResultRequest", kind), "1")
        order = ("PRINT_LICENCE_ORDER", "OrderRequest", "licence-printing", f"<requestNumber>97900000000041</requestNumber><iin>{LEARNER}</iin>")
        self.assertEqual((self.duty(), self.ask(*order)), ("1", "2"))
        self.assertEqual(code(self.gateway.post(self.payment())[1]), "1")
        decision = ("MIA_UAP_DECISION", "DecisionRequest", "administrative-police", f"<requestNumber>97900000000041</requestNumber><iin>{LEARNER}</iin>")
        self.assertEqual((self.duty(), self.ask(*decision), self.ask(*decision), self.ask(*order), self.ask(*order)), ("2", "1", "1", "1", "3"))
        self.assertEqual([self.card() for _ in range(5)], ["1", "2", "3", "4", "4"])
        self.assertEqual(self.licence(), "1")
        self.assertEqual(self.duty(OTHER), "1", "another's conversation")

    def test_payments_that_come_at_once_pay_once(self):
        message = self.payment()
        with ThreadPoolExecutor(16) as many:
            answers = list(many.map(lambda _: code(self.gateway.post(message)[1]), range(64)))
        self.assertEqual((answers.count("1"), answers.count("2")), (1, 63), answers)

    def test_the_admin_api_shows_the_conversation_and_resets_it(self):
        self.gateway.post(self.payment())
        _, shown = self.gateway.admin_json("/__admin/scenarios")
        scenario = next(s for s in shown["scenarios"] if s["name"] == "duty and card")
        self.assertEqual([(c["key"], c["state"]) for c in scenario["conversations"]], [(LEARNER, "Paid")])
        self.assertEqual(self.duty(), "2")
        self.gateway.admin_json("/__admin/scenarios/reset", "POST")
        self.assertEqual(self.duty(), "1")

    def test_a_reload_keeps_what_was_paid_and_a_restart_does_not(self):
        log, said = self.gateway.folder / "log", "reloaded mappings"
        self.assertEqual(code(self.gateway.post(self.payment())[1]), "1")
        before = log.read_text(encoding="utf-8").count(said)
        os.kill(self.gateway.process.pid, signal.SIGHUP)
        until = time.monotonic() + 60
        while log.read_text(encoding="utf-8").count(said) == before:
            self.assertLess(time.monotonic(), until, "no reload")
            time.sleep(0.02)
        self.assertEqual(self.duty(), "2")
        self.assertEqual(self.gateway.stop(), 0)
        self.gateway.start()
        self.assertEqual(self.duty(), "1")

    def test_an_arrest_is_shown_until_it_is_removed(self):
        def limits(plate):
            return self.ask("MIA_AISSC_VEHICLE_LIMITS_INFO", "VehicleLimitsRequest", "vehicles", f"<srnp>{plate}</srnp>")

        def arrest(what):
            return self.ask(f"MIA_AISSC_VEHICLE_{what}_ARREST", f"{what.title()}ArrestRequest", "vehicles",
                            "<srnp>901TST90</srnp><authority>a</authority><document>d</document><date>2026-11-20</date>")

        self.assertEqual((limits("901TST90"), arrest("REMOVE"), arrest("SET"), arrest("SET")), ("1", "3", "1", "3"))
        self.assertEqual((limits("901TST90"), limits("903TST90")), ("2", "1"))
        self.assertEqual((arrest("REMOVE"), limits("901TST90")), ("1", "1"))


if __name__ == "__main__":
    unittest.main()
