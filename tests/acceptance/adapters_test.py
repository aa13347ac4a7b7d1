"""forward, record, spy and replay: a second shepsim as the real endpoint."""
import json
import re
import shutil
import threading
import unittest

from gateway import Gateway, request, shepsim

ROUTE = """
[[route]]
service = "{service}"
adapter = "{adapter}"
target = "{target}"
target_key = "certs/keys/pep.p12"
target_password_file = "certs/keys/password"
{more}
"""
OWN_ROUTE = '\n[[route]]\nservice = "REMOTE"\n\n[[route]]\nservice = "EXACT"\n\n[[route]]\nservice = "CIRCLE"\n\n[[route]]\nservice = "NAMED"\n\n[[route]]\nservice = "OTHERS"\n'
ECHO = {"name": "remote echo", "request": {"shep": {"serviceId": {"matches": "REMOTE|EXACT|NAMED|OTHERS"}}},
        "response": {"body": "<r:echo xmlns:r='urn:remote'><number>{{xPath '//number'}}</number><by>remote</by></r:echo>", "transformers": ["response-template"],
                     "shep": {"statusCode": "SCSS001", "statusMessage": "from the real endpoint"}}}
REFUSED = {"name": "remote fault", "priority": 1,
           "request": {"shep": {"serviceId": "REMOTE"}, "bodyPatterns": [{"matchesXPath": {"expression": "//number", "equalTo": "13"}}]},
           "response": {"shep": {"fault": {"code": "SCE015", "message": "unlucky", "data": "thirteen"}}}}
SPIED = {"name": "spied", "request": {"shep": {"serviceId": "REMOTE"}, "bodyPatterns": [{"matchesXPath": {"expression": "//number", "equalTo": "7"}}]},
         "response": {"body": "<local/>", "shep": {"statusCode": "SCSS001", "statusMessage": "mocked here"}}}


def asking(number, service="REMOTE", message_id="00000000-0000-4000-8000-0000000000aa"):
    return request(service=service, payload=f'<q:ask xmlns:q="urn:q"><number>{number}</number></q:ask>', message_id=message_id)


def status_of(answer):
    found = re.search(r"<(?:\w+:)?status><code>(.*?)</code><message>(.*?)</message>", answer)
    return found.groups() if found else None


def fault_of(answer):
    found = re.search(r"<faultcode>(.*?)</faultcode>", answer)
    return found.group(1) if found else None


class SecondSimulator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.remote = Gateway(OWN_ROUTE)
        for name, mapping in (("echo", ECHO), ("refused", REFUSED)):
            (cls.remote.root / f"mappings/{name}.json").write_text(json.dumps(mapping), encoding="utf-8")
        cls.remote.start()
        cls.near = Gateway()
        shutil.rmtree(cls.near.root / "certs")
        shutil.copytree(cls.remote.root / "certs", cls.near.root / "certs")
        (cls.near.root / "mappings/spied.json").write_text(json.dumps(SPIED), encoding="utf-8")
        with open(cls.near.root / "shepsim.toml", "a", encoding="utf-8") as toml:
            target = cls.remote.shep + "/bip-sync-wss-gost/"
            toml.write(ROUTE.format(service="REMOTE", adapter="forward", target=target, more=""))
            toml.write(ROUTE.format(service="CIRCLE", adapter="forward", target=target, more=""))
            for service, signer in (("NAMED", "gateway"), ("OTHERS", "bank")):
                toml.write(ROUTE.format(service=service, adapter="forward", target=target, more=f'target_certificates = ["certs/known/{signer}.pem"]'))
            toml.write(f'\n[[route]]\nservice = "EXACT"\nadapter = "forward"\ntarget = "{target}"\nrequest_form = "as-received"\nanswer_form = "as-received"\n')
        cls.near.start()

    @classmethod
    def tearDownClass(cls):
        for g in (cls.near, cls.remote):
            g.__exit__()

    def mode(self, mode, service="REMOTE"):
        status, told = self.near.admin_json(f"/__admin/adapters/{service}/mode", "PUT", {"mode": mode})
        self.assertEqual((status, told.get("mode")), (200, mode), told)

    def ask(self, number, **other):
        return self.near.post(self.near.sign(asking(number, **other)))

    def raw(self, gateway, part=""):
        return gateway.get(gateway.admin + "/__admin/requests/" + gateway.newest()["id"] + "/raw" + part)

    def setUp(self):
        self.mode("forward")

    def test_forward_signs_again_and_answers_in_the_gateways_name(self):
        status, answer = self.ask(5)
        self.assertEqual((status, status_of(answer)), (200, ("SCSS001", "from the real endpoint")), answer)
        self.assertIn("<number>5</number><by>remote</by>", answer)
        self.assertIn("<correlationId>00000000-0000-4000-8000-0000000000aa</correlationId>", answer)
        self.assertEqual(shepsim("verify", "-", *self.near.trust(), stdin=answer).returncode, 0)
        self.assertEqual(self.remote.newest()["shep"]["messageId"], "00000000-0000-4000-8000-0000000000aa")
        self.assertEqual(self.near.newest()["shep"]["adapter"], "forward")

    def test_r07_only_the_named_certificates_may_sign_an_answer(self):
        status, answer = self.ask(5, service="NAMED")
        self.assertEqual((status, status_of(answer)), (200, ("SCSS001", "from the real endpoint")), answer)
        status, answer = self.ask(5, service="OTHERS")
        self.assertEqual((status, fault_of(answer)), (500, "SIM122"), answer)
        self.assertIn("target_certificates", json.dumps(self.near.newest()))

    def test_a_fault_of_the_endpoint_is_passed_on(self):
        status, answer = self.ask(13)
        self.assertEqual((status, fault_of(answer)), (500, "SCE015"), answer)
        self.assertIn("thirteen", answer)

    def test_as_received_passes_the_exact_octets_both_ways(self):
        message = self.near.sign(asking(5, service="EXACT"))
        _, answer = self.near.post(message)
        self.assertEqual(status_of(answer), ("SCSS001", "from the real endpoint"), answer)
        self.assertEqual(self.raw(self.remote), message)
        self.assertEqual(self.raw(self.remote, "?part=response"), answer)

    def test_record_keeps_what_replay_and_mock_answer_from(self):
        self.mode("record")
        message = self.near.sign(asking(21))
        _, recorded = self.near.post(message)
        self.assertEqual(status_of(recorded), ("SCSS001", "from the real endpoint"), recorded)
        _, faulted = self.ask(13)
        self.assertEqual(fault_of(faulted), "SCE015")
        exchange = [r["id"] for r in self.near.admin_json("/__admin/requests?limit=2")[1]["requests"]][1]
        fixture = self.near.root / "recordings" / f"REMOTE-{exchange}"
        self.assertEqual((fixture / "request.xml").read_text(encoding="utf-8"), message)
        self.assertIn("remote", (fixture / "response.xml").read_text(encoding="utf-8"))
        self.assertEqual(json.loads((fixture / "fixture.json").read_text(encoding="utf-8"))["serviceId"], "REMOTE")
        for path in (fixture, fixture / "request.xml"):
            self.assertEqual(path.stat().st_mode & 0o077, 0, "it holds the sender's password")

        asked_before = self.remote.admin_json("/__admin/requests")[1]["meta"]["total"]
        self.mode("replay")
        other_prefix = request(service="REMOTE", payload='<z:ask xmlns:z="urn:q">\n  <number>21</number></z:ask>', message_id="replayed")
        status, answer = self.near.post(self.near.sign(other_prefix))
        self.assertEqual((status, status_of(answer)), (200, ("SCSS001", "from the real endpoint")), answer)
        self.assertIn("<correlationId>replayed</correlationId>", answer)
        self.assertIn("<number>21</number>", answer)
        self.assertEqual(fault_of(self.ask(13)[1]), "SCE015")
        self.assertEqual(fault_of(self.ask(22)[1]), "SIM104")

        for folder in ("mappings", "__files"):
            shutil.copytree(fixture / folder, self.near.root / folder, dirs_exist_ok=True)
        status, told = self.near.admin_json("/__admin/mappings/reset", "POST")
        self.assertEqual(status, 200, told)
        self.mode("mock")
        _, mocked = self.ask(21)
        self.assertEqual(status_of(mocked), ("SCSS001", "from the real endpoint"), mocked)
        self.assertIn("<number>21</number>", mocked)
        self.assertEqual(fault_of(self.ask(22)[1]), "SIM104")
        self.assertEqual(self.remote.admin_json("/__admin/requests")[1]["meta"]["total"], asked_before, "the endpoint was asked")
        self.mode("replay")
        self.assertEqual(status_of(self.ask(21)[1]), ("SCSS001", "from the real endpoint"), "a reload reads the fixtures again")

    def test_a_recording_that_cannot_be_written_is_told(self):
        folder, aside = self.near.root / "recordings", self.near.root / "aside"
        if folder.exists():
            folder.rename(aside)
        folder.write_text("a file where the folder should be", encoding="utf-8")
        self.mode("record")
        before = self.metric("shepsim_recordings_lost_total")
        _, answer = self.ask(5)
        self.assertEqual(status_of(answer), ("SCSS001", "from the real endpoint"), answer)
        self.assertEqual(self.metric("shepsim_recordings_lost_total"), before + 1)
        self.assertIn("recordings", json.dumps(self.near.newest()["trace"]["notRecorded"]))
        folder.unlink()
        if aside.exists():
            aside.rename(folder)

    def test_questions_to_adapters_are_counted(self):
        sample = 'shepsim_adapter_calls_total{adapter="REMOTE",mode="forward",outcome="%s"}'
        before = self.metric(sample % "answered"), self.metric(sample % "fault")
        self.ask(5)
        self.ask(13)
        self.assertEqual((self.metric(sample % "answered"), self.metric(sample % "fault")), (before[0] + 1, before[1] + 1))

    def metric(self, sample):
        text = self.near.get(self.near.admin + "/metrics")
        return next((int(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(sample + " ")), 0)

    def test_spy_mocks_where_a_mapping_matches_and_forwards_the_rest(self):
        self.mode("spy")
        self.assertEqual(status_of(self.ask(7)[1]), ("SCSS001", "mocked here"))
        self.assertEqual(status_of(self.ask(8)[1]), ("SCSS001", "from the real endpoint"))

    def test_a07_a_circle_of_targets_ends(self):
        with open(self.remote.root / "shepsim.toml", encoding="utf-8") as toml:
            text = toml.read()
        text = text.replace('[[route]]\nservice = "CIRCLE"\n', ROUTE.format(service="CIRCLE", adapter="forward", target=self.near.shep + "/bip-sync-wss-gost/", more=""))
        (self.remote.root / "shepsim.toml").write_text(text, encoding="utf-8")
        self.assertEqual(self.remote.admin_json("/__admin/mappings/reset", "POST")[0], 200)
        status, answer = self.ask(1, service="CIRCLE")
        self.assertEqual((status, fault_of(answer)), (500, "SIM121"), answer)
        codes = [r["shep"].get("problemCode") for r in self.near.admin_json("/__admin/requests?limit=2")[1]["requests"]]
        self.assertIn("gateway.recipient_unavailable", codes)

    def test_modes_are_listed_and_wrong_ones_refused(self):
        status, listed = self.near.admin_json("/__admin/adapters")
        self.assertEqual(status, 200)
        modes = {a["serviceId"]: a["modes"] for a in listed["adapters"]}
        self.assertEqual(modes["REMOTE"], ["forward", "mock", "record", "replay", "spy", "state"])
        self.assertEqual(modes["KDP_SERVICE"], ["mock", "replay", "state"])
        self.assertEqual(self.near.admin_json("/__admin/adapters/REMOTE/mode")[1]["mode"], "forward")
        for service, body, expected in (("NOBODY", {"mode": "mock"}, 404), ("REMOTE", {"mode": "mok"}, 422), ("REMOTE", {"mod": "mock"}, 422),
                                        ("REMOTE", [], 422), ("REMOTE", {"mode": 1}, 422), ("KDP_SERVICE", {"mode": "forward"}, 422)):
            status, told = self.near.admin_json(f"/__admin/adapters/{service}/mode", "PUT", body)
            self.assertEqual(status, expected, (service, body, told))
            self.assertTrue(told["hint"], told)
        self.assertEqual(self.near.admin_json("/__admin/adapters/REMOTE/mode")[1]["mode"], "forward")

    def test_f16_switching_under_load_loses_no_request(self):
        self.ask(21)
        self.mode("record")
        self.ask(7)
        messages = [self.near.sign(asking(7, message_id=f"load-{n}")) for n in range(4)]
        switching = threading.Event()
        switching.set()
        answers, answered = [], threading.Condition()

        def client(message):
            while switching.is_set():
                answer = self.near.post(message)
                with answered:
                    answers.append(answer)
                    answered.notify_all()

        clients = [threading.Thread(target=client, args=(m,)) for m in messages]
        for c in clients:
            c.start()
        try:
            for mode in ("mock", "forward", "spy", "replay", "state", "record") * 2:
                self.mode(mode)
                # Each client has one request under way: of the next eight answers, four were asked for after the switch.
                with answered:
                    before = len(answers)
                    self.assertTrue(answered.wait_for(lambda: len(answers) >= before + 8, 60), f"no answers in mode {mode}")
                newest = self.near.admin_json("/__admin/requests?serviceId=REMOTE&outcome=answered&limit=12")[1]["requests"]
                self.assertIn(mode, {r["shep"]["adapter"] for r in newest})
        finally:
            switching.clear()
            for c in clients:
                c.join()
        for status, answer in answers:
            self.assertEqual((status, status_of(answer)[0]), (200, "SCSS001"), answer)
        self.assertEqual({status_of(a)[1] for _, a in answers}, {"mocked here", "from the real endpoint"})


class Targets(unittest.TestCase):
    BAD = {"userinfo": "http://good@127.0.0.1:9/", "decimal": "http://2130706433/", "hex": "http://0x7f000001:9/", "octal": "http://0177.0.0.1/",
           "short": "http://127.1/", "mapped": "http://[::ffff:127.0.0.1]:9/", "metadata": "http://169.254.169.254/", "any": "http://0.0.0.0:9/",
           "any6": "http://[::]:9/", "file": "file:///etc/passwd", "gopher": "gopher://127.0.0.1/",
           "percent": "http://127%2e0.0.1/", "own": "http://127.0.0.1:18080/bip-sync/", "own_name": "http://LOCALHOST:18080/", "own_admin": "http://127.0.0.1:18081/",
           "fragment": "http://a/#b", "dot": "http://127.0.0.1./", "nothing": "http:///x", "link_local6": "http://[fe80::1]/"}

    def test_a07_targets_that_are_no_recipients_are_refused_by_validate(self):
        gateway = Gateway("".join(ROUTE.format(service="T-" + name, adapter="forward", target=url, more="") for name, url in self.BAD.items()) +
                          '\n[[route]]\nservice = "T-none"\nadapter = "spy"\n')
        toml = gateway.root / "shepsim.toml"
        text = toml.read_text(encoding="utf-8").replace("port = 8080 ", "port = 18080 ").replace("admin_port = 8081", "admin_port = 18081")
        toml.write_text(text, encoding="utf-8")
        done = shepsim("validate", gateway.root)
        self.assertEqual(done.returncode, 2, done.stderr)
        for name in [*self.BAD, "none"]:
            self.assertIn(f"route.T-{name}.target", done.stderr, name)
        self.assertIn("own ports", done.stderr)
        shutil.rmtree(gateway.folder)

    def test_a07_a_port_that_turns_out_to_be_our_own_is_not_asked(self):
        with Gateway() as g:
            for port in (g.shep, g.admin):
                with open(g.root / "shepsim.toml", "a", encoding="utf-8") as toml:
                    toml.write(ROUTE.format(service="OWN" + port[-4:], adapter="forward", target=port + "/bip-sync/", more=""))
                self.assertEqual(g.admin_json("/__admin/mappings/reset", "POST")[0], 200)
                _, answer = g.post(g.sign(request(service="OWN" + port[-4:], payload="<x/>")))
                self.assertEqual(fault_of(answer), "SIM121", answer)
                self.assertIn("may not be asked", g.newest()["shep"]["problemDetail"])


if __name__ == "__main__":
    unittest.main()
