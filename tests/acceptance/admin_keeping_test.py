"""What becomes of mappings added at run time: imported, found by metadata, saved as files, kept over a reload, gone with a reset."""
import json
import os
import re
import signal
import time
import unittest

from gateway import Gateway, request

SERVICE = "GbdulInfoByBin_v2"


def mapping(number, answer=None, **more):
    return {"id": f"33333333-4444-4555-8666-{number:012d}", "name": f"m{number}", "priority": 1,
            "request": {"shep": {"serviceId": SERVICE}, "bodyPatterns": [{"matchesXPath": f"//probe{number}"}]},
            "response": {"body": f"<answer>{answer or number}</answer>"}, **more}


class Keeping(unittest.TestCase):
    def setUp(self):
        self.gateway = Gateway()
        self.gateway.start()
        self.signed = {}

    def tearDown(self):
        self.gateway.__exit__()

    def api(self, path, method="POST", body=None, status=200):
        got, told = self.gateway.admin_json("/__admin/" + path, method, body)
        self.assertEqual(got, status, told)
        return told

    def total(self):
        return self.api("mappings", "GET")["meta"]["total"]

    def answer(self, number=1):
        if number not in self.signed:
            self.signed[number] = self.gateway.sign(request(payload=f"<probe{number}/>"))
        status, text = self.gateway.post(self.signed[number])
        found = re.search("<answer>([^<]*)</answer>", text)
        return found.group(1) if status == 200 and found else None  # None: a mapping of the root answers, or none

    def reload(self, said="reloaded mappings"):
        """SIGHUP, and the log's word for what came of it."""
        before = (self.gateway.folder / "log").read_text(encoding="utf-8").count(said)
        os.kill(self.gateway.process.pid, signal.SIGHUP)
        until = time.monotonic() + 60
        while (self.gateway.folder / "log").read_text(encoding="utf-8").count(said) == before:
            self.assertLess(time.monotonic(), until, "no reload")
            time.sleep(0.02)

    def restart(self):
        self.assertEqual(self.gateway.stop(), 0)
        self.gateway.start()

    def test_a_reload_keeps_what_was_added_and_a_reset_does_not(self):
        files = self.total()
        self.api("mappings", body=mapping(1), status=201)
        own = self.api("mappings", "GET")["mappings"][0]
        self.api("mappings/" + own["id"], "PUT", {k: v for k, v in own.items() if k != "metadata"} | {"name": "replaced"})
        (self.gateway.root / "mappings/late.json").write_text(json.dumps(mapping(2)), encoding="utf-8")
        self.reload()
        self.assertEqual((self.answer(1), self.answer(2)), ("1", "2"))
        self.assertEqual(self.api("mappings/" + own["id"], "GET")["name"], "replaced")
        self.assertEqual(self.total(), files + 2)
        self.api("mappings", "DELETE")
        self.reload()
        self.assertEqual(self.total(), files + 1, "the files are read again")
        self.api("mappings", body=mapping(1), status=201)
        self.api("mappings/reset")
        self.assertEqual((self.answer(1), self.answer(2), self.total()), (None, "2", files + 1))

    def test_a_reload_that_cannot_keep_what_was_added_changes_nothing(self):
        body = self.gateway.root / "__files/late.xml"
        body.write_text("<answer>file</answer>", encoding="utf-8")
        self.api("mappings", body=mapping(1, response={"bodyFileName": "late.xml"}), status=201)
        self.assertEqual(self.answer(1), "file")
        body.write_text("<answer>changed</answer>", encoding="utf-8")
        self.reload()
        self.assertEqual(self.answer(1), "changed")
        body.unlink()
        self.reload("not reloaded")
        self.assertEqual(self.answer(1), "changed")

    def test_a_reload_keeps_conversations_whose_states_still_exist(self):
        for number, required, following in ((1, "Started", "Paid"), (2, "Paid", "Sent"), (3, "Sent", None)):
            step = mapping(number, scenarioName="fee", requiredScenarioState=required)
            if following:
                step["newScenarioState"] = following
            (self.gateway.root / f"mappings/late-fee{number}.json").write_text(json.dumps(step), encoding="utf-8")
        self.reload()
        self.assertEqual((self.answer(1), self.answer(1)), ("1", None))
        self.reload()
        self.assertEqual((self.answer(1), self.answer(2)), (None, "2"), "the conversation stands where it stood")
        (self.gateway.root / "mappings/late-fee3.json").unlink()
        (self.gateway.root / "mappings/late-fee2.json").write_text(json.dumps(mapping(2, scenarioName="fee", requiredScenarioState="Paid")), encoding="utf-8")
        self.reload()
        self.assertEqual(self.answer(1), "1", "there is no state Sent any more: it begins anew")
        self.api("mappings/reset")
        self.assertEqual(self.answer(1), "1")

    def test_reset_brings_everything_back(self):
        files = self.total()
        self.api("mappings", body=mapping(1, scenarioName="once", newScenarioState="Done"), status=201)
        self.api("faults/" + SERVICE, "PUT", {"fault": "HTTP_404"})
        self.answer(1)
        self.assertEqual(self.api("requests/count", body={})["count"], 1)
        self.api("reset")
        self.assertEqual((self.total(), self.api("requests/count", body={})["count"], self.api("faults", "GET")["faults"]), (files, 0, []))
        self.assertNotIn("once", [s["name"] for s in self.api("scenarios", "GET")["scenarios"]])

    def test_import_takes_all_or_nothing(self):
        files = self.total()
        self.api("mappings", body=mapping(1), status=201)
        told = self.api("mappings/import", body={"mappings": [mapping(1, "new"), mapping(2)], "importOptions": {"duplicatePolicy": "IGNORE"}})
        self.assertEqual((told, self.answer(1), self.answer(2)), ({"added": 1, "replaced": 0, "ignored": 1, "removed": 0}, "1", "2"))
        told = self.api("mappings/import", body={"mappings": [mapping(1, "new"), mapping(3)], "meta": {"total": 2}})
        self.assertEqual((told["added"], told["replaced"], self.answer(1), self.total()), (1, 1, "new", files + 3))
        nameless = {k: v for k, v in mapping(4).items() if k != "id"}
        self.api("mappings/import", body={"mappings": [nameless]})
        self.api("mappings/import", body={"mappings": [nameless]})
        self.assertEqual(self.total(), files + 5)
        told = self.api("mappings/import", body={"mappings": [mapping(1)], "importOptions": {"deleteAllNotInImport": True}})
        self.assertEqual((told["removed"], self.total(), self.answer(1)), (files + 4, 1, "1"))
        whole = self.api("mappings", "GET")
        self.assertEqual(self.api("mappings/import", body=whole)["replaced"], 1, "what GET gives can be imported")

    def test_A10_import_and_metadata_patterns_are_read_strictly(self):
        before = self.total()
        self.gateway.revoke_nobody()
        bad = mapping(2, response={"shep": {"fault": "CERT_REVOKED"}})
        for path, body, pointer in (("import", {}, "/mappings"), ("import", {"mappings": {}}, "/mappings"), ("import", {"mappings": [], "more": 1}, "/more"),
                                    ("import", {"mappings": [], "importOptions": {"duplicatePolicy": "MERGE"}}, "/importOptions/duplicatePolicy"),
                                    ("import", {"mappings": [], "importOptions": {"deleteAll": True}}, "/importOptions/deleteAll"),
                                    ("import", {"mappings": [mapping(1), mapping(2, unknown=1)]}, " /mappings/1/unknown"),
                                    ("import", {"mappings": [mapping(1), mapping(1)]}, " /mappings/1"), ("import", {"mappings": [mapping(1), bad]}, " /response/shep/fault"),
                                    ("find-by-metadata", {}, ""), ("find-by-metadata", {"matchesJsonPath": "$[?(@.x)]"}, " /matchesJsonPath"),
                                    ("find-by-metadata", {"matchesJsonPath": {"expression": "$.a", "equlTo": 1}}, " /matchesJsonPath/equlTo"),
                                    ("remove-by-metadata", {"matchesJsonPath": "$..a"}, " /matchesJsonPath"), ("remove-by-metadata", {"contains": "x"}, " /contains"),
                                    ("remove-by-metadata", {"matchesJsonPath": "$.a", "equalToJson": {}}, "")):
            told = self.api("mappings/" + path, body=body, status=422)
            self.assertTrue(told["pointer"].endswith(pointer), (path, body, told))
        self.assertEqual(self.total(), before)

    def test_mappings_are_found_and_removed_by_metadata(self):
        for number, metadata in ((1, {"team": "north", "tags": ["a", "b"]}), (2, {"team": "South", "tags": ["b"], "x y": {"n": 7}}), (3, None)):
            self.api("mappings", body=mapping(number, **({"metadata": metadata} if metadata else {})), status=201)

        def found(pattern, path="find-by-metadata"):
            return [m["name"] for m in self.api("mappings/" + path, body=pattern)["mappings"]]

        for pattern, wanted in (({"matchesJsonPath": "$.team"}, ["m1", "m2"]), ({"matchesJsonPath": {"expression": "$.team", "equalTo": "north"}}, ["m1"]),
                                ({"matchesJsonPath": {"expression": "$.team", "equalTo": "south", "caseInsensitive": True}}, ["m2"]),
                                ({"matchesJsonPath": {"expression": "$.tags[*]", "equalTo": "b"}}, ["m1", "m2"]), ({"matchesJsonPath": {"expression": "$.tags[1]", "equalTo": "b"}}, ["m1"]),
                                ({"matchesJsonPath": {"expression": "$['x y'].n", "equalTo": "7"}}, ["m2"]), ({"matchesJsonPath": {"expression": "$.team", "matches": "[a-z]+"}}, ["m1"]),
                                ({"equalToJson": {"team": "north", "tags": ["b", "a"]}}, []), ({"equalToJson": {"team": "north", "tags": ["b", "a"]}, "ignoreArrayOrder": True}, ["m1"]),
                                ({"equalToJson": '{"team": "South"}', "ignoreExtraElements": True}, ["m2"])):
            self.assertEqual(found(pattern), wanted, pattern)
        self.assertEqual(found({"matchesJsonPath": {"expression": "$.tags[*]", "equalTo": "a"}}, "remove-by-metadata"), ["m1"])
        self.assertEqual((self.answer(1), self.answer(2), found({"matchesJsonPath": "$.tags"})), (None, "2", ["m2"]))

    def test_saved_mappings_are_files_and_keep_their_order(self):
        files = self.total()
        for number in (2, 1):
            self.api("mappings", body=mapping(number), status=201)
        again = mapping(1, "later") | {"id": mapping(9)["id"]}
        self.api("mappings", body=again, status=201)
        alone = self.gateway.root / "mappings/late.json"
        alone.write_text("// a note\n" + json.dumps(mapping(5)), encoding="utf-8")
        self.reload()
        self.api("mappings/" + mapping(5)["id"], "PUT", mapping(5, "five"))
        saved = self.api("mappings/save")["mappings"]
        self.assertEqual(sorted(m["name"] for m in saved), ["m1", "m1", "m2", "m5"])
        folder = self.gateway.root / "mappings/zz-saved"
        names = sorted(f.name for f in folder.iterdir())
        self.assertEqual(names, [f"00000{i + 1}-{m['id']}.json" for i, m in enumerate((mapping(2), mapping(1), again))])
        self.assertEqual(json.loads((folder / names[0]).read_text(encoding="utf-8")), mapping(2))
        self.assertEqual(json.loads(alone.read_text(encoding="utf-8"))["response"]["body"], "<answer>five</answer>")
        self.assertEqual(self.api("mappings/save")["mappings"], [], "they are files now")
        self.api("mappings/reset")
        self.assertEqual((self.answer(1), self.answer(2), self.answer(5), self.total()), ("later", "2", "five", files + 4))
        self.restart()
        self.assertEqual((self.answer(1), self.total()), ("later", files + 4))
        self.api("mappings", body=mapping(7), status=201)
        self.api("mappings/save")
        self.assertIn(f"000004-{mapping(7)['id']}.json", [f.name for f in folder.iterdir()])

    def test_A05_nothing_is_saved_outside_of_the_root(self):
        elsewhere = self.gateway.folder / "elsewhere"
        elsewhere.mkdir()
        (self.gateway.root / "mappings/zz-saved").symlink_to(elsewhere)
        self.api("mappings", body=mapping(1, name="../../../name"), status=201)
        self.assertIn("zz-saved", self.api("mappings/save", status=409)["pointer"])
        self.assertEqual(list(elsewhere.iterdir()), [])
        (self.gateway.root / "mappings/zz-saved").unlink()
        self.api("mappings/save")
        self.assertEqual([f.name for f in (self.gateway.root / "mappings/zz-saved").iterdir()], [f"000001-{mapping(1)['id']}.json"])

    def test_a_mapping_of_a_shared_file_is_not_saved_over_it(self):
        shared = self.gateway.root / "mappings/shared.json"
        shared.write_text(json.dumps({"mappings": [mapping(1), mapping(2)]}), encoding="utf-8")
        self.reload()
        before = shared.read_text(encoding="utf-8")
        self.api("mappings/" + mapping(1)["id"], "PUT", mapping(1, "changed"))
        self.assertEqual(self.api("mappings/save", status=409)["pointer"], "mappings/shared.json")
        self.assertEqual(shared.read_text(encoding="utf-8"), before)


if __name__ == "__main__":
    unittest.main()
