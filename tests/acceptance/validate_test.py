"""A fresh root is valid and small; each planted mistake is found by `shepsim validate`, with its place and a hint; all of them at once too."""
import pathlib
import re
import shutil
import tempfile
import unittest

from gateway import shepsim


def edit(file, old, new, count=1):
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def append(file, text):
    with open(file, "a", encoding="utf-8") as f:
        f.write(text)


def mapping(root, name, **changes):
    """A mapping file of its own, good unless something is changed."""
    request = changes.get("request", '{"shep": {"serviceId": {"equalTo": "GbdulInfoByBin_v2"}}, "bodyPatterns": [{"matchesXPath": "//PLANTED"}]}')
    response = changes.get("response", '{"body": "<a/>"}')
    head = changes.get("head", "")
    (root / "mappings" / f"zz-{name}.json").write_text(
        f'{{\n  {head}"name": "planted {name}", "priority": {changes.get("priority", 1)},\n  "request": {request},\n  "response": {response}\n}}\n', encoding="utf-8")


TOML = r"shepsim\.toml:\d+"

# name: how it is planted, what is said, where.
MISTAKES = {
    "unknown key": (lambda r: edit(r / "shepsim.toml", 'zone = "+05:00"', 'zone = "+05:00"\nzones = 1'), "gateway.zones: no such key", TOML),
    "missing key file": (lambda r: edit(r / "shepsim.toml", 'key = "certs/keys/gbdul.p12"', 'key = "certs/keys/absent.p12"'), "absent.p12' cannot be read", TOML + " route.GbdulInfoByBin_v2.key"),
    "missing certificate": (lambda r: edit(r / "shepsim.toml", '["certs/known/mobile.pem"]', '["certs/known/absent.pem"]'), "absent", TOML + " sender.mobile.certificates"),
    "missing body file": (lambda r: mapping(r, "body", response='{"bodyFileName": "gbdul/absent.xml"}'), "gbdul/absent.xml", r"mappings/zz-body\.json:4"),
    "bad XPath": (lambda r: mapping(r, "xpath", request='{"shep": {"serviceId": {"equalTo": "KDP_SERVICE"}}, "bodyPatterns": [{"matchesXPath": "//a["}]}'), "xml.xpath", r"mappings/zz-xpath\.json:3"),
    "bad XPath of a route": (lambda r: edit(r / "shepsim.toml", 'service = "MON_NEDB"', 'service = "MON_NEDB"\nbusiness_signature = "required"\nsigner_iin = "//iin["'), "", TOML + " route.MON_NEDB.signer_iin"),
    "bad template": (lambda r: mapping(r, "template", response='{"body": "<a>{{#if x}}</a>", "transformers": ["response-template"]}'), "mocks.template", r"mappings/zz-template\.json:4"),
    "duplicate id": (lambda r: [mapping(r, n, head='"id": "00000000-0000-4000-8000-0000000000d1", ', request='{"shep": {"serviceId": {"equalTo": "KDP_SERVICE"}}, "bodyPatterns": [{"matchesXPath": "//%s"}]}' % n)
                                for n in ("first", "second")], "00000000-0000-4000-8000-0000000000d1", r"mappings/zz-second\.json:\d"),
    "unreachable mapping": (lambda r: [mapping(r, "broad", priority=1, request='{"shep": {"serviceId": {"equalTo": "MON_NEDB"}}, "bodyPatterns": [{"matchesXPath": "//PLANTED"}]}'),
                                       mapping(r, "narrow", priority=2, request='{"shep": {"serviceId": "MON_NEDB"}, "bodyPatterns": [{"matchesXPath": "//OTHER"}, {"matchesXPath": "//PLANTED"}]}')],
                            "'planted narrow' can never answer", r"mappings/zz-narrow\.json:2"),
    "unknown serviceId": (lambda r: mapping(r, "service", request='{"shep": {"serviceId": {"equalTo": "GbdulInfoByBin_v3"}}}'), "'GbdulInfoByBin_v3', which has no route", r"mappings/zz-service\.json:2"),
    "schema not found": (lambda r: edit(r / "shepsim.toml", 'service = "GbdulInfoByBin_v2"\nsystem', 'service = "GbdulInfoByBin_v2"\nschema = "gbdul/v9/GbdulInfoByBin_v2.xsd"\nsystem'), "gbdul/v9", TOML + " route.GbdulInfoByBin_v2.schema"),
    "schema does not compile": (lambda r: [(r / "schemas").mkdir(exist_ok=True), (r / "schemas/own.xsd").write_text("<a/>"),
                                           edit(r / "shepsim.toml", 'service = "MON_DIPLOMA_DUPLICATE"', 'service = "MON_DIPLOMA_DUPLICATE"\nschema = "own.xsd"')], "own.xsd", TOML + " route.MON_DIPLOMA_DUPLICATE.schema"),
    "bad key password": (lambda r: [(r / "wrong").write_text("guess\n"), edit(r / "shepsim.toml", 'key = "certs/keys/kdp.p12"\npassword_file = "certs/keys/password"', 'key = "certs/keys/kdp.p12"\npassword_file = "wrong"')],
                         "password", TOML + " route.KDP_SERVICE.key"),
    "expired gateway certificate": (lambda r: edit(r / "shepsim.toml", 'key = "certs/keys/gateway.p12"', 'key = "certs/keys/expired.p12"'), "ended at", TOML + " signing.key"),
    "unknown adapter": (lambda r: edit(r / "shepsim.toml", 'service = "ZAGS_BIRTH_INFO"\nsystem = "S20"\n', 'service = "ZAGS_BIRTH_INFO"\nsystem = "S20"\nadapter = "mokc"\n'), "mokc", TOML + " route.ZAGS_BIRTH_INFO.adapter"),
    "unknown channel": (lambda r: edit(r / "shepsim.toml", 'channels = ["sync"]', 'channels = ["snyc"]'), "snyc", TOML + " sender.bank2.channels"),
    "duplicate sender": (lambda r: append(r / "shepsim.toml", '\n[[sender]]\nid = "bank"\n'), "a second sender", TOML),
    "enforce without a schema": (lambda r: append(r / "shepsim.toml", '\n[[route]]\nservice = "OWN_SERVICE"\ncontract = "enforce"\n'), "nothing can be enforced", TOML + " route.OWN_SERVICE.contract"),
    "unknown register": (lambda r: mapping(r, "register", request='{"shep": {"serviceId": "KDP_SERVICE", "record": {"registry": "drivingSchol", "key": "//iin"}}, "bodyPatterns": [{"matchesXPath": "//REGISTER"}]}'), "no register 'drivingSchol'", r"mappings/zz-register\.json:2"),
    "unknown register in a template": (lambda r: mapping(r, "lookup", response='{"body": "<a>{{#with (registry \'licenses\' \'1\') as |l|}}{{l.number}}{{/with}}</a>", "transformers": ["response-template"]}'), "no register 'licenses'", r"mappings/zz-lookup\.json:2"),
    "unknown member": (lambda r: mapping(r, "member", response='{"body": "<a>{{#with (person iin=(xPath \'//iin\')) as |p|}}{{#if p.name}}{{p.sirname}}{{/if}}{{/with}}</a>", "transformers": ["response-template"]}'), "a person has no member 'sirname'", r"mappings/zz-member\.json:2"),
    "unknown sender of a mapping": (lambda r: mapping(r, "sender", request='{"shep": {"serviceId": "KDP_SERVICE", "senderId": {"equalTo": "bnak"}}, "bodyPatterns": [{"matchesXPath": "//SENDER"}]}'), "the sender 'bnak' only", r"mappings/zz-sender\.json:2"),
    "unknown service of a sender": (lambda r: edit(r / "shepsim.toml", '"GbdulInfoByBin_v2", "KDP_SERVICE"]', '"GbdulInfoByBin_v2", "KDP_SERVCE"]'), "'KDP_SERVCE', which has no route", TOML + " sender.bank.services"),
    "IIN that is none": (lambda r: edit(r / "shepsim.toml", 'certificates = ["certs/known/pep.pem"]', 'certificates = ["certs/known/pep.pem"]\niin = "780130090055"'), "is no IIN", TOML + " sender.pep.iin"),
    "certificate of somebody else": (lambda r: edit(r / "shepsim.toml", 'bin = "200190990149"', 'bin = "200190990159"'), "does not name its BIN", TOML + " sender.con.certificates"),
    "sender with blanks": (lambda r: append(r / "shepsim.toml", '\n[[sender]]\nid = "blank "\nservices = ["*"]\n'), "white space in", TOML),
    "unknown sender of a route": (lambda r: append(r / "shepsim.toml", '\n[[route]]\nservice = "KDP_SERVICE"\nsender = "nobody"\n'), "the sender 'nobody'", r"route\.KDP_SERVICE\.sender"),
    "one port for two": (lambda r: edit(r / "shepsim.toml", "admin_port = 8081", "admin_port = 8080"), "want the port 8080", TOML + " listen.admin_port"),
    "recordings in a file": (lambda r: [(r / "taken").write_text("x"), append(r / "shepsim.toml", '\n[forward]\nrecord_folder = "taken"\n')], "for recordings is a file", TOML + " forward.record_folder"),
    "journal that is none": (lambda r: edit(r / "shepsim.toml", 'file = "data/journal.db"', 'file = "shepsim.toml"'), "is no journal", TOML + " journal.file"),
}

# Mistakes that do not go together with the others.
ALONE = {
    "nobody is trusted": (lambda r: edit(r / "shepsim.toml", 'anchors = ["certs/trusted/root.pem"]', "anchors = []"), "nobody is trusted", TOML + " trust.anchors"),
    "journal among the mappings": (lambda r: edit(r / "shepsim.toml", "data/journal.db", "mappings/journal.db"), "among the mappings", TOML + " journal.file"),
}

# The root is valid all the same: a word on standard error.
WARNINGS = {
    "state that nobody sets": (lambda r: mapping(r, "state", head='"scenarioName": "planted", "requiredScenarioState": "Nowhere", '), "the state 'Nowhere'", r"mappings/zz-state\.json:2"),
    "two kinds of key": (lambda r: [mapping(r, n, head='"scenarioName": "planted", "scenarioKey": %s, ' % key, request='{"shep": {"serviceId": "KDP_SERVICE"}, "bodyPatterns": [{"matchesXPath": "//%s"}]}' % n)
                                    for n, key in (("one", '{"part": "sessionId"}'), ("two", '{"part": "senderId"}'))], "another scenarioKey", r"mappings/zz-two\.json:2"),
    "template that is none": (lambda r: mapping(r, "plain", response='{"body": "<a>{{now}}</a>"}'), "sends {{…}} as it stands", r"mappings/zz-plain\.json:2"),
    "delay that nobody waits for": (lambda r: mapping(r, "late", response='{"body": "<a/>", "fixedDelayMilliseconds": 70000}'), "waits 70000 ms", r"mappings/zz-late\.json:2"),
    "sender without services": (lambda r: append(r / "shepsim.toml", '\n[[sender]]\nid = "idle"\n'), "may call no service", TOML + r" sender\.idle\.services"),
    "route without a mapping": (lambda r: append(r / "shepsim.toml", '\n[[route]]\nservice = "EMPTY_SERVICE"\n'), "no mapping answers the service 'EMPTY_SERVICE'", TOML + r" route\.EMPTY_SERVICE"),
    "anchor that is no authority": (lambda r: edit(r / "shepsim.toml", '["certs/trusted/root.pem"]', '["certs/trusted/root.pem", "certs/known/bank.pem"]'), "no certificate of an authority", TOML + r" trust\.anchors"),
    "demo row without a request": (lambda r: (r / "demo/gbdfl/by-iin.xml").unlink(), "demo/gbdfl/by-iin.xml' is not there", r"demo/demo\.tsv:\d+"),
    "another letter case": (lambda r: (r / "mappings/extra.JSON").write_text("{}"), "not loaded", r"mappings/extra\.JSON"),
    "linked folder": (lambda r: (r / "mappings/linked").symlink_to("kdp", target_is_directory=True), "not loaded", r"mappings/linked"),
}


class Validate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="shepsim-validate-"))
        made = shepsim("init", cls.folder / "good")
        assert made.returncode == 0, made.stderr

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def broken(self, name):
        root = self.folder / re.sub(r"\W", "-", name)
        shutil.copytree(self.folder / "good", root)
        return root

    def found(self, said, detail, where):
        """A line of the answer that names the mistake and its place, and says what to do."""
        for line in said.splitlines():
            if detail in line and re.search(where, line):
                self.assertRegex(line, r"; .{5,}$", "no hint")
                return
        self.fail(f"nothing says {detail!r} at {where}:\n{said}")

    def test_a_fresh_root_is_valid(self):
        done = shepsim("validate", self.folder / "good")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"valid: \d+ routes, \d+ senders, \d+ mappings")

    def test_a_fresh_root_is_small_and_readable(self):
        root = self.folder / "good"
        files = [f for f in root.rglob("*") if f.is_file() and "certs" not in f.parts]
        self.assertLess(sum(f.stat().st_size for f in files), 1 << 20)
        toml = (root / "shepsim.toml").read_text(encoding="utf-8")
        self.assertLess(len(toml.splitlines()), 400)
        self.assertLess(max(map(len, toml.splitlines())), 160)
        for section in ("listen", "gateway", "signing", "trust", "pki", "journal", "sender", "route"):
            self.assertIn(f"[{section}]", toml)
        for f in files:
            self.assertRegex(f.name, r"^[a-z0-9][a-z0-9.-]*$", f)

    def test_each_planted_mistake_is_found(self):
        for name, (plant, detail, where) in (MISTAKES | ALONE).items():
            with self.subTest(name):
                root = self.broken(name)
                plant(root)
                done = shepsim("validate", root)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.found(done.stderr, detail, where)

    def test_what_is_doubtful_is_told_and_valid(self):
        for name, (plant, detail, where) in WARNINGS.items():
            with self.subTest(name):
                root = self.broken(name)
                plant(root)
                done = shepsim("validate", root)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertEqual([line for line in done.stderr.splitlines() if not line.startswith("shepsim: warning: ")], [])
                self.found(done.stderr, detail, where)

    def test_a_root_that_says_nothing_is_one_mistake(self):
        for name, plant in (("absent", lambda f: f.unlink()), ("empty", lambda f: f.write_text("")), ("a folder", lambda f: (f.unlink(), f.mkdir()))):
            with self.subTest(name):
                root = self.broken(f"toml {name}")
                plant(root / "shepsim.toml")
                done = shepsim("validate", root)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.found(done.stderr, "", r"shepsim\.toml")

    def test_all_planted_mistakes_are_found_at_once(self):
        root = self.broken("all")
        # Mappings that cannot be read hide nothing of those that can.
        for name, (plant, _, _) in MISTAKES.items():
            plant(root)
        done = shepsim("validate", root)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        for name, (_, detail, where) in MISTAKES.items():
            with self.subTest(name):
                self.found(done.stderr, detail, where)


if __name__ == "__main__":
    unittest.main()
