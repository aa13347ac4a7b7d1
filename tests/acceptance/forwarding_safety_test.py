"""A07, A08: nobody outside the configuration decides whom the gateway asks, or what stands in the head of what it sends."""
import os
import re
import unittest

import raw_http
from gateway import Gateway, request
from misbehaving import SAID, Misbehaving, http

SENT = {"host", "content-type", "soapaction", "shepsim-hops", "content-length", "connection"}


def route(service, target, more=""):
    return (f'\n[[route]]\nservice = "{service}"\nadapter = "forward"\ntarget = "{target}"\nrequest_form = "as-received"\nanswer_signature = "ignored"\n{more}\n')


def fault_of(answer):
    found = re.search(r"<faultcode>(.*?)</faultcode>", answer)
    return found.group(1) if found else None


def ask(g, service, **how):
    return g.post(g.sign(request(service=service, payload="<x/>")), **how)


class A07(unittest.TestCase):
    def assert_not_asked(self, g, service):
        status, answer = ask(g, service)
        self.assertEqual((status, fault_of(answer)), (500, "SIM121"), answer)
        self.assertIn("may not be asked", g.newest()["shep"]["problemDetail"])

    def test_a07_a_name_that_stands_for_another_address_the_second_time(self):
        forbidden = ("169.254.169.254", "0.0.0.0", "::ffff:169.254.169.254", "::", "64:ff9b::a9fe:a9fe", "fe80::1", "100.100.100.200")
        with Misbehaving() as m:
            g = Gateway("\n[forward]\nbreaker_failures = 0\n" + route("REBOUND", m.url.replace("127.0.0.1", "rebound.changing.test") + "/good"))
            names, log = g.folder / "names", g.folder / "looked-up"
            names.write_text("rebound.changing.test 127.0.0.1 " + " ".join(forbidden) + " 127.0.0.1\n", encoding="utf-8")
            g.environment |= {"LD_PRELOAD": os.environ["SHEPSIM_CHANGING_NAMES"], "SHEPSIM_NAMES_FILE": str(names), "SHEPSIM_NAMES_LOG": str(log),
                              "ASAN_OPTIONS": "verify_asan_link_order=0"}
            with g:
                self.assertEqual(ask(g, "REBOUND")[0], 200)
                for address in forbidden:
                    with self.subTest(address):
                        self.assert_not_asked(g, "REBOUND")
                self.assertEqual(ask(g, "REBOUND")[0], 200)
                looked_up = log.read_text(encoding="utf-8").splitlines()
                self.assertEqual(looked_up, [f"rebound.changing.test {a}" for a in ("127.0.0.1", *forbidden, "127.0.0.1")],
                                 "one look-up a request: what was checked is what is connected to")
                self.assertEqual(len(m.seen), 2)

    def test_a07_own_ports_under_a_name(self):
        with Gateway() as g:
            with open(g.root / "shepsim.toml", "a", encoding="utf-8") as toml:
                for service, port in (("SHEP", g.shep), ("ADMIN", g.admin)):
                    toml.write(route(service, port.replace("127.0.0.1", "localhost") + "/"))
            self.assertEqual(g.admin_json("/__admin/mappings/reset", "POST")[0], 200)
            for service in ("SHEP", "ADMIN"):
                self.assert_not_asked(g, service)

    def test_a07_no_redirect_is_followed(self):
        with Misbehaving() as m:
            statuses = ("301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect")
            with Gateway("\n[forward]\nbreaker_failures = 0\n" + "".join(route("R" + s[:3], m.url + "/" + s[:3]) for s in statuses)) as g:
                for status in statuses:
                    for where in (m.url + "/elsewhere", g.admin + "/__admin/health", "http://169.254.169.254/", m.url + "/" + status[:3], "//127.0.0.1/", "file:///etc/passwd"):
                        SAID["/" + status[:3]] = http(status, "", f"Location: {where}\r\n")
                        _, answer = ask(g, "R" + status[:3])
                        self.assertEqual(fault_of(answer), "SIM122", answer)
                        self.assertIn("redirects are not followed", g.newest()["shep"]["problemDetail"])
                self.assertEqual({path for path, _, _ in m.seen}, {"/" + s[:3] for s in statuses})
                self.assertEqual(len(m.seen), 30, "one request each")

    def test_a07_hops_cannot_be_forged_into_something_else(self):
        with Misbehaving() as m, Gateway(route("GOOD", m.url + "/good")) as g:
            for hops, code in (("a, b", None), (", ".join("abcdefgh"), "SIM121"), ("a b", "SCE001"), ("a,,b", "SCE001"), ("x" * 65, "SCE001"), ("a\tb", "SCE001")):
                with self.subTest(hops):
                    self.assertEqual(fault_of(ask(g, "GOOD", headers={"Shepsim-Hops": hops})[1]), code)
            own = re.search(r"Shepsim-Hops: a, b, (\S+)", m.seen[0][1]).group(1)
            self.assertEqual(fault_of(ask(g, "GOOD", headers={"Shepsim-Hops": own})[1]), "SIM121", "it was here before")
            self.assertEqual(len(m.seen), 1)


class A08(unittest.TestCase):
    def assert_heads_are_ours(self, m):
        for _, head, _ in m.seen:
            fields = [line.split(":")[0].lower() for line in head.split("\r\n")[1:]]
            self.assertEqual(sorted(fields), sorted(SENT), head)
            self.assertNotIn("evil", head.lower())

    def test_a08_line_ends_in_values_of_the_message_reach_no_head(self):
        evil = "&#13;&#10;X-Evil: 1&#13;&#10;&#13;&#10;GET /evil HTTP/1.1"
        signed = 'request_form = "signed-again"\n'
        with Misbehaving() as m, Gateway(route("EXACT", m.url + "/good") +
                                         route("AGAIN", m.url + "/good").replace('request_form = "as-received"\n', signed)) as g:
            for service in ("EXACT", "AGAIN"):
                for field in ("messageId", "messageDate", "serviceId", "senderId"):
                    text = re.sub(f"</{field}>", f"{evil}</{field}>", request(service=service, payload="<x/>"), count=1)
                    g.post(g.sign(text))
                g.post(g.sign(request(service=service, payload=f"<x a='{evil}'>{evil}</x>")))
            self.assertGreaterEqual(len(m.seen), 2, "the business data at least went on")
            self.assert_heads_are_ours(m)

    def test_a08_hostile_heads_of_the_client_reach_no_head(self):
        with Misbehaving() as m, Gateway(route("EXACT", m.url + "/good")) as g:
            message = g.sign(request(service="EXACT", payload="<x/>")).encode()
            types = ("text/xml; charset=utf-8", 'text/xml; charset="utf-8\\"; x-evil=1"', "text/xml; charset=utf-8; x-evil=1", 'text/xml; charset="utf-8; x-evil: 1"',
                     "text/xml; charset=utf-8\rX-Evil: 1", "text/xml; charset=utf-8\nX-Evil: 1", "text/xml; charset=utf-8\r\n X-Evil: 1",
                     "text/xml; charset=\x01evil")
            for content_type in types:
                for more in ({}, {"SOAPAction": '"evil"'}, {"X-Evil": "1"}, {"Host": "evil.example"}, {"Cookie": "evil"}, {"X-Forwarded-Host": "evil"}):
                    with self.subTest(content_type=content_type, more=more):
                        raw_http.post(g.shep, "/bip-sync-wss-gost/", message, {"Content-Type": content_type, **more})
            self.assertGreaterEqual(len(m.seen), 4, "the harmless ones went on")
            self.assert_heads_are_ours(m)


if __name__ == "__main__":
    unittest.main()
