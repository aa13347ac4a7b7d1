"""F08, R07: what an endpoint can do wrong ends in a documented fault, in bounded time, and stays with that endpoint."""
import re
import threading
import unittest

from gateway import Gateway, request
from misbehaving import ANSWER, FAULT, SAID, Misbehaving, closed_port, http

# path → the fault, or None where the answer passes. Decision 0008 says why.
EXPECTED = {"/good": None, "/fault": "E42", "/fault-200": "E42", "/answer-500": "SIM122", "/short": "SIM122", "/long": "SIM122", "/two-lengths": "SIM122",
            "/mid-body": "SIM122", "/garbage": "SIM122", "/not-xml": "SIM122", "/other-xml": "SIM122", "/doctype": "SIM122", "/no-status": "SIM122",
            "/other-message": "SIM122", "/bad-chunk": "SIM122", "/gzip": "SIM122", "/redirect": "SIM122", "/not-found": "SIM122", "/busy": "SIM121",
            "/empty": "SIM122", "/large": "SIM122", "/interim": "SIM122", "/headers": "SIM122", "/reset": "SIM121", "/hang": "SIM105", "/half-head": "SIM105",
            "/drip": "SIM105", "/endless": "SIM122"}
COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'


def route(service, url, adapter="forward", signature="ignored", more=""):
    return (f'\n[[route]]\nservice = "{service}"\nadapter = "{adapter}"\ntarget = "{url}"\nrequest_form = "as-received"\nanswer_signature = "{signature}"\n{more}\n')


def fault_of(answer):
    found = re.search(r"<faultcode>(.*?)</faultcode>", answer)
    return found.group(1) if found else None


def limits(**values):
    return "\n[forward]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())


class F08(unittest.TestCase):
    def ask(self, g, service):
        return g.post(g.sign(request(service=service, payload="<x/>")))

    def test_f08_every_way_to_fail_has_its_fault_and_ends(self):
        with Misbehaving() as m:
            toml = limits(total_timeout='"2s"', breaker_failures=0)
            toml += "".join(route("S" + path.replace("/", "-"), m.url + path) for path in EXPECTED)
            toml += route("S-refuses", f"http://127.0.0.1:{closed_port()}/") + route("S-no-name", "http://nobody.invalid/")
            with Gateway(toml) as g:
                for path, code in {**EXPECTED, "/refuses": "SIM121", "/no-name": "SIM121"}.items():
                    with self.subTest(path):
                        status, answer = self.ask(g, "S" + path.replace("/", "-"))
                        self.assertEqual((status, fault_of(answer)), (500 if code else 200, code), answer)
                        self.assertNotIn(m.url.split("//")[1], answer, "the endpoint's address is nobody's business")
                        if code and code.startswith("SIM"):
                            self.assertIn("report ", answer)
                self.assertNotIn("169.254", (g.folder / "log").read_text(encoding="utf-8"), "a redirect was followed")

    def test_r07_an_answer_that_is_not_signed_as_asked_is_refused(self):
        with Misbehaving() as m, Gateway(route("REQUIRED", m.url + "/good", signature="required") + route("OPTIONAL", m.url + "/good", signature="optional") +
                                         route("BROKEN", m.url + "/signed", signature="optional")) as g:
            self.assertEqual(fault_of(self.ask(g, "REQUIRED")[1]), "SIM122")
            self.assertEqual(fault_of(self.ask(g, "OPTIONAL")[1]), None)
            signed = g.sign(ANSWER, "gateway")
            SAID["/signed"] = http(body=signed)
            self.assertEqual(fault_of(self.ask(g, "BROKEN")[1]), None)
            SAID["/signed"] = http(body=signed.replace("from the endpoint", "from somebody else"))
            self.assertEqual(fault_of(self.ask(g, "BROKEN")[1]), "SIM122")
            self.assertIn("hash_failure", g.newest()["shep"]["problemDetail"])

    def test_r07_an_answer_to_another_message_is_not_passed_on_as_received(self):
        with Misbehaving() as m:
            m.now["/stale"] = "/other-message"
            with Gateway(route("STALE", m.url + "/stale", more='answer_form = "as-received"') + route("WORDY", m.url + "/wordy")) as g:
                self.assertEqual(fault_of(self.ask(g, "STALE")[1]), "SIM122")
                self.assertIn("of-somebody-else", g.newest()["shep"]["problemDetail"])
                SAID["/wordy"] = http("500 Internal Server Error", FAULT.replace("not today", "no " * 50_000))
                status, answer = self.ask(g, "WORDY")
                self.assertEqual((status, fault_of(answer)), (500, "E42"))
                self.assertLess(len(answer), 20_000, "what a recipient says in a fault is cut")

    def test_f08_the_breaker_opens_and_one_request_tries_again(self):
        with Misbehaving() as m, Gateway(limits(breaker_failures=2, breaker_pause='"1ms"') + route("S", m.url + "/way")) as g:
            m.now["/way"] = "/busy"
            for _ in range(4):
                self.assertEqual(fault_of(self.ask(g, "S")[1]), "SIM121")
            m.now["/way"] = "/good"
            self.assertEqual(fault_of(self.ask(g, "S")[1]), None)
        with Misbehaving() as m, Gateway(limits(breaker_failures=2, breaker_pause='"1h"') + route("S", m.url + "/way")) as g:
            m.now["/way"] = "/busy"
            for _ in range(5):
                self.assertEqual(fault_of(self.ask(g, "S")[1]), "SIM121")
            self.assertEqual(len(m.seen), 2, "an open breaker asks nobody")

    def test_f08_a_hanging_endpoint_takes_its_own_places_only(self):
        toml = limits(concurrent=1, waiting=0, breaker_failures=0)
        with Misbehaving() as m, Gateway(toml + route("HANGS", m.url + "/hang") + route("GOOD", m.url + "/good")) as g:
            ended = []
            hanging = threading.Thread(target=lambda: ended.append(self.ask(g, "HANGS")))
            hanging.start()
            m.wait_for("/hang")
            self.assertEqual(fault_of(self.ask(g, "HANGS")[1]), "SIM121", "the place is taken and nobody may wait")
            self.assertEqual(fault_of(self.ask(g, "GOOD")[1]), None)
            self.assertEqual(g.post(g.sign(request(payload=COMPANY)))[0], 200)
            self.assertEqual(ended, [], "the first still hangs while others were answered")
            m.let_go()
            hanging.join()
            self.assertEqual(ended[0][0], 500)


if __name__ == "__main__":
    unittest.main()
