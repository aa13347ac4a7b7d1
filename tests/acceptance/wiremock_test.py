"""Mappings that ask about HTTP, as WireMock's do, on a running gateway; and questions to the journal in WireMock's request patterns."""
import unittest

from gateway import Gateway, request

ID = "22222222-3333-4444-8555-666666666666"


def plain(**more):
    """A mapping of WireMock's own kind: nothing of SHEP in it."""
    return {"id": ID, "name": "plain", "priority": 1,
            "request": {"method": "POST", "urlPath": "/bip-sync/", "headers": {"X-Branch": {"equalTo": "north"}},
                        "bodyPatterns": [{"matchesXPath": "/Envelope/Body//probe"}]},
            "response": {"status": 202, "headers": {"X-From": "plain"}, "body": "as it stands"}, **more}


class WireMock(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.gateway.start()
        cls.signed = cls.gateway.sign(request(payload="<probe/>"))

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def setUp(self):
        for path in ("/__admin/mappings", "/__admin/requests"):
            self.assertEqual(self.api(path, "DELETE")[0], 200)

    def api(self, path, method="GET", body=None):
        return self.gateway.admin_json(path, method, body)

    def added(self, mapping):
        status, told = self.api("/__admin/mappings", "POST", mapping)
        self.assertEqual(status, 201, told)

    def ask(self, path="/bip-sync/", **headers):
        return self.gateway.post(self.signed, path, {name.replace("_", "-"): value for name, value in headers.items()})

    def missed(self, told):
        """Names of the criteria of the nearest mapping that do not hold."""
        nearest = told["nearMisses"][0]
        return [c["name"] for c in nearest["matchResult"]["criteria"] if not c["exactMatch"]]

    def test_path_and_header_decide_which_request_is_answered(self):
        self.added(plain())
        self.assertEqual(self.ask(x_branch="north"), (202, "as it stands"))
        self.assertEqual(self.gateway.newest()["shep"]["mappingId"], ID)
        self.assertEqual(self.ask("/bip-sync/?a=b", X_Branch="north"), (202, "as it stands"))
        for path, headers in (("/bip-sync/", {"X_Branch": "south"}), ("/bip-sync/", {}), ("/bip-sync-wss-gost/", {"X_Branch": "north"})):
            status, text = self.ask(path, **headers)
            self.assertEqual(status, 500)
            self.assertIn("SIM104", text)
        self.added(plain(id=None) | {"id": ID.replace("2", "7"), "name": "whole address", "request": {"url": "/bip-sync/?a=b"}})
        self.assertEqual(self.ask("/bip-sync/?a=b")[0], 202)
        self.assertEqual(self.ask("/bip-sync/?a=c")[0], 500)

    def test_the_near_miss_names_the_header(self):
        self.added(plain())
        self.ask(X_Branch="south")
        entry = self.gateway.newest()
        self.assertIn("headers.X-Branch, expected equalTo 'north', actual south", entry["shep"]["problemDetail"])
        for told in (self.api("/__admin/near-misses/request", "POST", {"id": entry["id"]})[1], self.api("/__admin/requests/unmatched/near-misses")[1]):
            self.assertEqual(self.missed(told), ["headers.X-Branch"])
            self.assertEqual(told["nearMisses"][0]["firstDifference"], "headers.X-Branch")

    def test_near_misses_of_a_request_that_is_only_described(self):
        self.added(plain())
        asked = {"body": self.signed, "url": "/bip-sync/?x=1", "method": "POST", "headers": {"x-branch": ["west", "south"]}}
        for change, missed in (({}, ["headers.X-Branch"]), ({"headers": {"X-Branch": "north"}}, []),
                               ({"url": "/other", "headers": {"X-Branch": "north"}}, ["urlPath"]),
                               ({"method": "PUT", "headers": {"X-Branch": "north"}}, ["method"])):
            status, told = self.api("/__admin/near-misses/request", "POST", {**asked, **change})
            self.assertEqual((status, self.missed(told)), (200, missed), told)
        for change, pointer in (({"headers": {"X Y": "a"}}, "/headers/X Y"), ({"headers": {"X": "a\r\nY: b"}}, "/headers/X"), ({"headers": {"X": 1}}, "/headers/X"),
                                ({"headers": []}, "/headers"), ({"url": 1}, "/url"), ({"uri": "/"}, "/uri")):
            status, told = self.api("/__admin/near-misses/request", "POST", {**asked, **change})
            self.assertEqual((status, told["pointer"]), (422, pointer), told)
        self.ask()
        status, told = self.api("/__admin/near-misses/request", "POST", {"id": self.gateway.newest()["id"], "url": "/"})
        self.assertEqual((status, told["pointer"]), (422, "/url"))

    def test_A20_no_credential_stands_in_a_report(self):
        secret = plain()
        secret["request"]["headers"] = {"Authorization": {"equalTo": "Bearer wanted-secret"}}
        self.added(secret)
        self.assertEqual(self.ask(Authorization="Bearer wanted-secret")[0], 202)
        status, text = self.ask(Authorization="Bearer other-secret")
        self.assertEqual(status, 500)
        entry = self.gateway.newest()
        self.assertIn("headers.Authorization", entry["shep"]["problemDetail"])
        told = self.api("/__admin/near-misses/request", "POST", {"id": entry["id"]})[1]
        criteria = {c["name"]: c for c in told["nearMisses"][0]["matchResult"]["criteria"]}
        self.assertEqual(criteria["headers.Authorization"]["actual"], "(not shown)")
        shown = [text, entry["shep"]["problemDetail"], str(criteria)]
        for one in shown:
            self.assertNotIn("secret", one)

    def test_the_journal_is_asked_with_request_patterns(self):
        self.added(plain())
        self.ask(X_Branch="north")
        self.ask(X_Branch="south")
        self.ask("/bip-sync-wss-gost/", X_Branch="north")
        other = self.gateway.sign(request(payload="<other/>", message_id="00000000-0000-4000-8000-0000000000bb"))
        self.gateway.post(other, "/bip-sync/", {"X-Branch": "north"})
        self.gateway.post("not XML", "/bip-sync/", {"X-Branch": "north"})
        self.gateway.newest()
        for pattern, number in (({}, 5), ({"method": "ANY"}, 5), ({"method": "POST"}, 5), ({"method": "GET"}, 0), ({"urlPath": "/bip-sync/"}, 4),
                                ({"headers": {"X-Branch": {"equalTo": "north"}}}, 4), ({"headers": {"X-Branch": {"absent": True}}}, 0),
                                ({"urlPath": "/bip-sync/", "headers": {"X-Branch": {"matches": "n.*"}}}, 3),
                                ({"bodyPatterns": [{"matchesXPath": "//probe"}]}, 3),
                                ({"bodyPatterns": [{"contains": "other"}]}, 1),
                                ({"urlPath": "/bip-sync/", "bodyPatterns": [{"matchesXPath": "//probe"}]}, 2),
                                ({"shep": {"serviceId": "GbdulInfoByBin_v2"}}, 4), ({"shep": {"serviceId": {"matches": "Gbdul.*"}}}, 4),
                                ({"shep": {"senderId": "pep", "outcome": "answered"}}, 1), ({"shep": {"messageId": "00000000-0000-4000-8000-0000000000bb"}}, 1),
                                ({"shep": {"signature": {"indication": "TOTAL_PASSED"}}}, 4), ({"shep": {"serviceId": "none"}}, 0)):
            status, told = self.api("/__admin/requests/count", "POST", pattern)
            self.assertEqual((status, told["count"], told["requestJournalDisabled"]), (200, number, False), pattern)
            status, told = self.api("/__admin/requests/find", "POST", pattern)
            self.assertEqual((status, len(told["requests"])), (200, number), pattern)
            self.assertTrue(told["meta"]["complete"])
        self.assertEqual(len(self.api("/__admin/requests/find", "POST", {"limit": 2})[1]["requests"]), 2)
        self.assertEqual(len(self.api("/__admin/requests/unmatched")[1]["requests"]), 3)

    def test_the_requests_closest_to_a_pattern(self):
        self.ask(X_Branch="north")
        far = self.gateway.newest()["id"]
        self.ask(X_Branch="south-west")
        near = self.gateway.newest()["id"]
        status, told = self.api("/__admin/near-misses/request-pattern", "POST", {"method": "POST", "headers": {"X-Branch": {"equalTo": "south-east"}}})
        self.assertEqual(status, 200, told)
        self.assertEqual([miss["request"]["id"] for miss in told["nearMisses"]], [near, far])
        self.assertEqual(told["nearMisses"][0]["firstDifference"], "headers.X-Branch")
        self.assertEqual(told["nearMisses"][0]["requestPattern"]["method"], "POST")

    def test_A10_patterns_are_read_strictly(self):
        for body, status, pointer in (({"urlpath": "/"}, 422, "/urlpath"), ({"shep": {"servceId": "x"}}, 422, "/shep/servceId"), ({"limit": 0}, 422, "/limit"),
                                      ({"limit": "many"}, 422, "/limit"), ({"shep": {"messageId": {"contains": "x"}}}, 422, "/shep/messageId"),
                                      ({"bodyPatterns": [{"matches": "("}]}, 422, "/bodyPatterns/0/matches"), ({"shep": 1}, 422, "/shep"),
                                      ({"queryParameters": {}}, 422, "/queryParameters")):
            for path in ("requests/find", "requests/count", "near-misses/request-pattern"):
                got, told = self.api("/__admin/" + path, "POST", body)
                self.assertEqual((got, told.get("pointer")), (status, pointer), (path, body, told))


if __name__ == "__main__":
    unittest.main()
