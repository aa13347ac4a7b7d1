"""Start, reload, drain: what an operator does to the process."""
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

from gateway import BINARY, Gateway, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'
SLOW = {"name": "slow", "priority": 1, "request": {"shep": {"serviceId": {"equalTo": "KDP_SERVICE"}}},
        "response": {"body": "<a/>", "fixedDelayMilliseconds": 1500, "shep": {"statusCode": "SCSS001", "statusMessage": "slow"}}}


class Lifecycle(unittest.TestCase):
    def setUp(self):
        self.gateway = Gateway()

    def test_F17_sigterm_lets_a_running_request_finish_and_exits_zero(self):
        (self.gateway.root / "mappings/slow.json").write_text(json.dumps(SLOW), encoding="utf-8")
        with self.gateway as g:
            message = g.sign(request(service="KDP_SERVICE", payload="<x/>"))
            answers = []
            arrived_before = g.admin_json("/__admin/requests")[1]["meta"]["total"]
            client = threading.Thread(target=lambda: answers.append(g.post(message)))
            client.start()
            while g.admin_json("/__admin/requests")[1]["meta"]["total"] == arrived_before:
                pass
            self.assertEqual(g.stop(), 0)
            client.join()
            self.assertEqual(answers[0][0], 200, answers)
            listed = shepsim("journal", "list", "--root", g.root, "--json")
            self.assertEqual(json.loads(listed.stdout.splitlines()[0])["outcome"], "answered", listed.stdout)

    def test_F16_a_wrong_reload_keeps_the_old_set_and_a_right_one_replaces_it(self):
        with self.gateway as g:
            message = g.sign(request(service="KDP_SERVICE", payload="<x/>"))
            before = g.post(message)[1]
            bad = g.root / "mappings/bad.json"
            bad.write_text('{"request": {}, "respnse": {}}', encoding="utf-8")
            status, told = g.admin_json("/__admin/mappings/reset", "POST")
            self.assertEqual(status, 422)
            self.assertIn("bad.json", json.dumps(told))
            self.assertIn("<ns2:status>", before)
            self.assertIn("<ns2:status>", g.post(message)[1])
            bad.unlink()
            (g.root / "mappings/new.json").write_text(json.dumps({**SLOW, "response": {**SLOW["response"], "fixedDelayMilliseconds": 0}}), encoding="utf-8")
            g.process.send_signal(signal.SIGHUP)
            while "<message>slow</message>" not in g.post(message)[1]:
                pass

    def test_F16_a_root_that_was_written_half_is_not_taken(self):
        with self.gateway as g:
            message = g.sign(request(service="KDP_SERVICE", payload="<x/>"))
            toml = g.root / "shepsim.toml"
            whole = toml.read_bytes()
            half = whole[:whole.index(b"\n", len(whole) * 3 // 4)]
            for name, octets in (("0 octets", b""), ("without routes", whole[:whole.index(b"[[route]]")]), ("half of the routes", half[:half.rindex(b"[[route]]")])):
                with self.subTest(name):
                    toml.write_bytes(octets)
                    status, told = g.admin_json("/__admin/mappings/reset", "POST")
                    self.assertEqual(status, 422, told)
                    self.assertIn("<ns2:status>", g.post(message)[1])
            toml.write_bytes(whole)
            (g.root / "mappings").rename(g.root / "elsewhere")
            status, told = g.admin_json("/__admin/mappings/reset", "POST")
            self.assertEqual(status, 422, told)
            self.assertIn("<ns2:status>", g.post(message)[1])
            (g.root / "elsewhere").rename(g.root / "mappings")
            toml.write_bytes(whole.replace(b"[journal]\nfile = \"data/journal.db\"", b"[journal]\nfile = \"data/other.db\""))
            self.assertEqual(g.admin_json("/__admin/mappings/reset", "POST")[0], 200)
            metrics = g.get(g.admin + "/metrics")
            for taken, count in (("refused", 4), ("applied", 1)):
                self.assertIn(f'shepsim_reloads_total{{outcome="{taken}"}} {count}\n', metrics)
            self.assertIn("journal.file", (g.folder / "log").read_text(encoding="utf-8"))

    def test_F16_random_corruptions_under_load_fail_no_request(self):
        """SHEPSIM_CORRUPTIONS: how many (40)."""
        chance = random.Random(16)
        with self.gateway as g:
            message = g.sign(request(service="KDP_SERVICE", payload="<x/>"))
            toml = g.root / "shepsim.toml"
            whole = toml.read_bytes()
            answers, over = [], threading.Event()

            def load():
                while not over.is_set():
                    answers.append(g.post(message)[1])

            client = threading.Thread(target=load)
            client.start()
            refused = 0
            for _ in range(int(os.environ.get("SHEPSIM_CORRUPTIONS", "40"))):
                at = chance.randrange(len(whole))
                toml.write_bytes(chance.choice([whole[:at], whole[:at] + b"\0" + whole[at:], whole[:at] + b'\n"' + whole[at:],
                                                whole[:at] + b"\n[lisen]\n" + whole[at:]]))
                status, told = g.admin_json("/__admin/mappings/reset", "POST")
                self.assertIn(status, (200, 422), told)
                refused += status == 422
            over.set()
            client.join()
            toml.write_bytes(whole)
            self.assertEqual(g.admin_json("/__admin/mappings/reset", "POST")[0], 200)
        self.assertGreater(refused, 10)
        self.assertGreater(len(answers), 10)
        self.assertEqual([a for a in answers if "<ns2:status>" not in a], [])

    def test_F05_a_second_instance_on_the_same_journal_is_told_so(self):
        with self.gateway as g:
            second = shepsim("serve", "--root", g.root, "--port", "0", "--admin-port", "0")
            self.assertEqual(second.returncode, 3, second.stderr)
            self.assertIn("journal", second.stderr)
            self.assertEqual(second.stdout, "")

    def test_what_was_answered_is_in_the_journal_after_a_kill(self):
        with self.gateway as g:
            ids = []
            for n in range(5):
                status, _ = g.post(g.sign(request(payload=COMPANY, message_id=f"kill-{n}")))
                self.assertEqual(status, 200)
                ids.append(f"kill-{n}")
            g.stop(signal.SIGKILL)
            listed = [json.loads(line)["messageId"] for line in shepsim("journal", "list", "--root", g.root, "--json").stdout.splitlines()]
            self.assertEqual(sorted(listed), ids)
            g.start()
            self.assertEqual(g.admin_json("/__admin/requests")[1]["meta"]["total"], 5)

    def test_A01_an_admin_port_open_to_the_network_asks_for_a_token(self):
        self.gateway.flags = ["--admin-address", "0.0.0.0"]
        with self.gateway as g:
            port = g.admin.rsplit(":", 1)[1]
            token = (g.folder / "log").read_text(encoding="utf-8").split("told only now: ")[1].split()[0]
            for headers, status in (({}, 401), ({"Authorization": "Bearer wrong"}, 401), ({"Authorization": "Bearer " + token}, 200)):
                try:
                    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/__admin/health", headers=headers), timeout=10) as answer:
                        self.assertEqual(answer.status, status)
                except urllib.error.HTTPError as refused:
                    self.assertEqual(refused.code, status)
                    refused.close()

    def test_A24_the_journal_and_keys_are_for_their_owner_only(self):
        with self.gateway as g:
            for path in (g.root / "data/journal.db", g.root / "certs/keys/gateway.p12"):
                self.assertEqual(path.stat().st_mode & 0o077, 0, path)


class CommandLine(unittest.TestCase):
    """Exit codes and streams of interfaces.md section 3."""

    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.good = cls.gateway.sign(request(payload=COMPANY))

    def verify(self, text, *flags):
        return shepsim("verify", "-", "--report", "json", *flags, stdin=text)

    def test_verify_passes_fails_and_is_undecided(self):
        self.assertEqual(self.verify(self.good, *self.gateway.trust()).returncode, 0)
        self.assertEqual(self.verify(self.good).returncode, 4)
        changed = self.verify(self.good.replace("<soap:Body", "<soap:Body").replace("<request>", "<request>\n  "), *self.gateway.trust())
        self.assertEqual(changed.returncode, 1)
        report = json.loads(changed.stdout)
        self.assertEqual((report["indication"], report["subIndication"]), ("TOTAL_FAILED", "HASH_FAILURE"))
        reference = report["signatures"][0]["references"][0]
        self.assertTrue(reference["uri"].startswith("#id-"))
        self.assertEqual(reference["target"]["line"], 1)

    def test_usage_and_environment_have_their_codes_and_data_stays_on_stdout(self):
        for arguments, code in (([], 2), (["nonsense"], 2), (["verify"], 2), (["verify", "/no/such/file"], 3),
                                (["serve", "--root", "/no/such/folder"], 3), (["config", "--root", str(self.gateway.root), "--port", "99999"], 2)):
            done = shepsim(*arguments)
            self.assertEqual(done.returncode, code, (arguments, done.stderr))
            self.assertNotEqual(done.stderr, "", arguments)
        self.assertEqual(shepsim("version").returncode, 0)

    def test_validate_tells_every_mistake_with_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / "root"
            self.assertEqual(shepsim("init", root).returncode, 0)
            self.assertEqual(shepsim("validate", root).returncode, 0)
            with open(root / "shepsim.toml", "a", encoding="utf-8") as toml:
                toml.write('\n[[route]]\nservice = "X"\nadaptr = "mock"\n')
            done = shepsim("validate", root)
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, r"shepsim\.toml:\d+")
            self.assertIn("adapter", done.stderr)

    def test_init_does_not_touch_what_is_there(self):
        done = shepsim("init", self.gateway.root)
        self.assertEqual(done.returncode, 3)

    def test_the_environment_sets_what_flags_do_not(self):
        environment = {**os.environ, "SHEPSIM_LISTEN_PORT": "1234", "SHEPSIM_JOBS": "2"}
        done = subprocess.run([BINARY, "config", "--root", str(self.gateway.root)], env=environment, capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"listen\.port = 1234 .*SHEPSIM_LISTEN_PORT")

    def test_a_reader_that_closes_early_is_an_error_not_a_crash(self):
        done = subprocess.run(f"{BINARY} config --root {self.gateway.root} | head -1", shell=True, capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
