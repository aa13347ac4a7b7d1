"""F08: endpoints that answer no SYN, never end, fall silent or hang up at any point are given up, and nobody else waits for them."""
import re
import threading
import unittest

from gateway import Gateway, request
from stubborn import ENDLESS, RESET, SILENT, WHOLE, BlackHole, Stubborn


def route(service, target):
    return f'\n[[route]]\nservice = "{service}"\nadapter = "forward"\ntarget = "{target}"\nrequest_form = "as-received"\nanswer_signature = "ignored"\n'


def limits(**values):
    return "\n[forward]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())


def fault_of(answer):
    found = re.search(r"<faultcode>(.*?)</faultcode>", answer)
    return found.group(1) if found else None


def ask(g, service):
    return fault_of(g.post(g.sign(request(service=service, payload="<x/>")))[1])


class F08(unittest.TestCase):
    def expect(self, paths, code, **forward):
        with Stubborn() as m, Gateway(limits(breaker_failures=0, **forward) + "".join(route("S" + p.replace("/", "-"), m.url + p) for p in (*paths, "/good"))) as g:
            for path in paths:
                with self.subTest(path):
                    self.assertEqual(ask(g, "S" + path.replace("/", "-")), code, g.newest()["shep"])
            self.assertIsNone(ask(g, "S-good"))

    def test_f08_what_never_ends_is_cut_off_by_size_long_before_the_deadline(self):
        self.expect(ENDLESS, "SIM122", total_timeout='"1m"')

    def test_f08_silence_at_any_point_ends_with_the_deadline(self):
        self.expect(SILENT, "SIM105", total_timeout='"1s"')

    def test_f08_a_reset_at_any_point_is_no_answer(self):
        self.expect(RESET, "SIM121")

    def test_f08_gzip_and_wrong_lengths_are_no_answer(self):
        self.expect([p for p in WHOLE], "SIM122")

    def test_f08_a_black_hole_ends_with_the_connect_deadline_and_opens_the_breaker(self):
        with BlackHole() as hole, Stubborn() as m:
            toml = limits(connect_timeout='"300ms"', total_timeout='"1m"', breaker_failures=2, breaker_pause='"1h"')
            with Gateway(toml + route("HOLE", f"http://127.0.0.1:{hole.port}/") + route("GOOD", m.url + "/good")) as g:
                for _ in range(2):
                    self.assertEqual(ask(g, "HOLE"), "SIM105")
                    self.assertIn("connecting took too long", g.newest()["shep"]["problemDetail"])
                self.assertEqual(ask(g, "HOLE"), "SIM121")
                self.assertIn("left alone", g.newest()["shep"]["problemDetail"])
                self.assertIsNone(ask(g, "GOOD"))

    def test_f08_who_waits_for_a_black_hole_waits_alone(self):
        with BlackHole() as hole, Stubborn() as m:
            toml = limits(connect_timeout='"1m"', total_timeout='"1m"', concurrent=4, waiting=0, breaker_failures=0)
            with Gateway(toml + route("HOLE", f"http://127.0.0.1:{hole.port}/") + route("GOOD", m.url + "/good"), flags=["--threads", "1"]) as g:
                ended = []
                waiting = [threading.Thread(target=lambda: ended.append(ask(g, "HOLE"))) for _ in range(4)]
                for one in waiting:
                    one.start()
                hole.wait_for(4)
                self.assertEqual(ask(g, "HOLE"), "SIM121", "the four have all places")
                self.assertIsNone(ask(g, "GOOD"))
                self.assertEqual(ended, [], "others were answered while these wait")
                hole.let_go()
                for one in waiting:
                    one.join()
                self.assertEqual(ended, ["SIM121"] * 4)


if __name__ == "__main__":
    unittest.main()
