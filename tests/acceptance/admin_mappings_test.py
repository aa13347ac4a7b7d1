"""Mappings, scenarios and near misses changed and asked for over the admin API while the gateway answers."""
import json
import re
import unittest

import raw_http
from gateway import Gateway, fetch, request

SERVICE = "GbdulInfoByBin_v2"
ID = "11111111-2222-4333-8444-555555555555"


def mapping(**more):
    return {"request": {"shep": {"serviceId": SERVICE, "senderId": "pep"}, "bodyPatterns": [{"matchesXPath": "//probe"}]},
            "response": {"body": "<answer>one</answer>", "shep": {"sign": "transport"}}, "priority": 1, **more}


class AdminMappings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.gateway.start()

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def setUp(self):
        self.assertEqual(self.api("/__admin/mappings/reset", "POST")[0], 200)

    def only(self, *wanted):
        """These mappings and no others."""
        self.assertEqual(self.api("/__admin/mappings", "DELETE")[0], 200)
        for one in wanted:
            status, told = self.api("/__admin/mappings", "POST", one)
            self.assertEqual(status, 201, told)

    def api(self, path, method="GET", body=None):
        return self.gateway.admin_json(path, method, body)

    def ask(self, payload="<probe/>"):
        return self.gateway.post(self.gateway.sign(request(payload=payload)))

    def answer(self):
        status, text = self.ask()
        return re.search("<answer>([^<]*)</answer>", text).group(1) if status == 200 else status

    def test_a_mapping_is_added_replaced_and_removed(self):
        self.only()
        total = 0
        self.assertEqual(self.answer(), 500)
        status, made = self.api("/__admin/mappings", "POST", mapping(id=ID, name="probe"))
        self.assertEqual((status, made["id"], made["name"]), (201, ID, "probe"))
        self.assertEqual(made["request"], mapping()["request"])
        self.assertEqual(self.answer(), "one")
        self.assertEqual(self.gateway.newest()["shep"]["mappingId"], ID)
        self.assertEqual(self.api("/__admin/mappings")[1]["meta"]["total"], total + 1)
        changed = mapping(response={"body": "<answer>two</answer>"})
        status, told = self.api("/__admin/mappings/" + ID, "PUT", changed)
        self.assertEqual((status, told["id"]), (200, ID))
        self.assertEqual(self.answer(), "two")
        self.assertEqual(self.api("/__admin/mappings/" + ID)[1]["response"], changed["response"])
        self.assertEqual(self.api("/__admin/mappings/" + ID, "DELETE")[0], 200)
        self.assertEqual(self.answer(), 500)
        for method in ("GET", "DELETE"):
            self.assertEqual(self.api("/__admin/mappings/" + ID, method)[0], 404)
        self.assertEqual(self.api("/__admin/mappings/" + ID, "PUT", mapping())[0], 404)

    def test_a_mapping_without_an_id_gets_one_and_all_can_be_removed(self):
        status, made = self.api("/__admin/mappings", "POST", mapping())
        self.assertEqual(status, 201)
        self.assertRegex(made["id"], "^[0-9a-f-]{36}$")
        self.assertEqual(self.api("/__admin/mappings", "DELETE")[0], 200)
        self.assertEqual(self.api("/__admin/mappings")[1], {"mappings": [], "meta": {"total": 0}})
        self.assertEqual(self.api("/__admin/mappings/reset", "POST")[0], 200)
        self.assertGreater(self.api("/__admin/mappings")[1]["meta"]["total"], 10)

    def test_the_list_of_mappings_comes_in_pages(self):
        self.only(*(mapping(name=f"page {n}") for n in range(5)))
        def names(query):
            return [m["name"] for m in self.api("/__admin/mappings" + query)[1]["mappings"]]
        self.assertEqual(names("?limit=2&offset=1"), names("")[1:3])
        self.assertEqual((names("?offset=9"), len(names("?limit=99")), self.api("/__admin/mappings?limit=0")[1]["meta"]["total"]), ([], 5, 5))
        self.assertEqual(self.api("/__admin/mappings?limit=many")[0], 400)

    def test_A10_bad_mappings_are_problems_and_change_nothing(self):
        before = self.api("/__admin/mappings")[1]["meta"]["total"]
        self.assertEqual(self.api("/__admin/mappings", "POST", mapping(id=ID))[0], 201)
        deep = "[" * 100_000
        for text, status in (("", 400), ("{", 400), ("[]", 422), ("null", 422), ('"x"', 422), (deep, 400), ('{"request":{},"request":{},"response":{}}', 400),
                             ('{"request":{"body":"\\ud800"},"response":{}}', 400), ("\xff", 400), ("{}", 422),
                             (json.dumps(mapping(unknown=1)), 422), (json.dumps(mapping(priority="high")), 422), (json.dumps(mapping(priority=0)), 422),
                             (json.dumps(mapping(id="not a uuid")), 422), (json.dumps(mapping(id=ID)), 422),
                             (json.dumps(mapping(response={"bodyFileName": "../../shepsim.toml"})), 422),
                             (json.dumps(mapping(response={"body": "{{#if x}}", "transformers": ["response-template"]})), 422),
                             (json.dumps(mapping(request={"bodyPatterns": [{"matchesXPath": "//["}]})), 422),
                             (json.dumps(mapping(request={"bodyPatterns": [{"matches": "("}]})), 422)):
            wire = raw_http.post(self.gateway.admin, "/__admin/mappings", text.encode("latin-1"), {})
            self.assertEqual((wire.status, wire.header("Content-Type")), (status, "application/problem+json"), (text[:120], wire.octets))
            told = json.loads(wire.body)
            self.assertTrue(told["code"] and told["detail"] and told["pointer"], told)
        self.assertEqual(self.api("/__admin/mappings")[1]["meta"]["total"], before + 1)

    def test_scenarios(self):
        for state, following, text in (("Started", "Paid", "first"), ("Paid", None, "second")):
            body = mapping(scenarioName="fee", requiredScenarioState=state, response={"body": f"<answer>{text}</answer>"})
            if following:
                body["newScenarioState"] = following
            status, told = self.api("/__admin/mappings", "POST", body)
            self.assertEqual(status, 201, told)
        self.assertEqual([self.answer() for _ in range(3)], ["first", "second", "second"])
        told = next(s for s in self.api("/__admin/scenarios")[1]["scenarios"] if s["name"] == "fee")
        self.assertEqual((told["state"], told["possibleStates"]), ("Paid", ["Paid", "Started"]))
        self.assertEqual(self.api("/__admin/scenarios/fee/state", "PUT")[0], 200)
        self.assertEqual(self.answer(), "first")
        self.assertEqual(self.api("/__admin/scenarios/fee/state", "PUT", {"state": "Started"})[0], 200)
        self.assertEqual(self.answer(), "first")
        self.assertEqual(self.api("/__admin/scenarios/reset", "POST")[0], 200)
        self.assertEqual(self.answer(), "first")
        self.assertEqual(self.api("/__admin/scenarios/none/state", "PUT", {"state": "Paid"})[0], 404)
        for body, pointer in (({"state": "Nowhere"}, "/state"), ({"state": 1}, "/state"), ({"stat": "Paid"}, "/stat")):
            status, told = self.api("/__admin/scenarios/fee/state", "PUT", body)
            self.assertEqual((status, told["pointer"]), (422, pointer))

    def test_near_misses(self):
        wanted = mapping(id=ID, name="almost")
        wanted["request"]["bodyPatterns"] = [{"matchesXPath": {"expression": "//probe", "equalTo": "yes"}}]
        self.only(wanted)
        status, _ = self.ask("<probe>no</probe>")
        self.assertEqual(status, 500)
        entry = self.gateway.newest()
        status, told = self.api("/__admin/near-misses/request", "POST", {"id": entry["id"]})
        self.assertEqual(status, 200, told)
        nearest = told["nearMisses"][0]
        self.assertEqual((nearest["stubMapping"]["id"], nearest["stubMapping"]["name"]), (ID, "almost"))
        failed = [c for c in nearest["matchResult"]["criteria"] if not c["exactMatch"]]
        self.assertEqual(len(failed), 1, nearest)
        self.assertIn("no", failed[0]["actual"])
        self.assertEqual(nearest["firstDifference"], failed[0]["name"])
        self.assertTrue(0 < nearest["matchResult"]["distance"] < 1)
        distances = [miss["matchResult"]["distance"] for miss in told["nearMisses"]]
        self.assertEqual(distances, sorted(distances))
        status, told = self.api("/__admin/near-misses/request", "POST", {"body": self.gateway.sign(request(payload="<probe>no</probe>"))})
        self.assertEqual((status, told["nearMisses"][0]["stubMapping"]["id"]), (200, ID))
        status, told = self.api("/__admin/requests/unmatched/near-misses")
        self.assertEqual(status, 200)
        self.assertIn(entry["id"], [miss["request"]["id"] for miss in told["nearMisses"]])

    def test_near_misses_read_only_what_is_rightly_signed(self):
        signed = self.gateway.sign(request(payload="<probe>no</probe>"))
        for body, status in (({}, 422), ({"id": "x", "body": "y"}, 422), ({"id": 7}, 422), ({"id": "no-such-entry"}, 404), ({"body": "not XML"}, 422),
                             ({"body": signed.replace(">no<", ">on<")}, 422), ({"body": request()}, 422)):
            got, told = self.api("/__admin/near-misses/request", "POST", body)
            self.assertEqual(got, status, (body, told))
            self.assertTrue(told["code"])

    def test_the_api_describes_itself(self):
        status, media, octets = fetch(self.gateway.admin + "/__admin/docs/openapi.yaml")
        self.assertEqual((status, media), (200, "application/yaml"))
        self.assertTrue(octets.startswith(b"openapi: 3.1.0\n"))
        try:
            import yaml
        except ImportError:
            self.skipTest("no YAML reader for Python here")
        described = yaml.safe_load(octets)
        self.assertEqual(set(described["paths"]["/__admin/mappings/{id}"]), {"get", "put", "delete"})
        self.assertIn("201", described["paths"]["/__admin/mappings"]["post"]["responses"])
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                named = {p["name"] for p in operation.get("parameters", [])}
                self.assertEqual(named, set(re.findall(r"{(\w+)}", path)), (method, path))


if __name__ == "__main__":
    unittest.main()
