"""The admin API over HTTP: journal, mappings, metrics, and who may ask."""
import http.client
import unittest
import urllib.parse

from gateway import Gateway, request

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'


class Admin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        cls.gateway.start()
        cls.message = cls.gateway.sign(request(payload=COMPANY, message_id="admin-1"))
        assert cls.gateway.post(cls.message)[0] == 200
        assert cls.gateway.post(request(payload=COMPANY, message_id="admin-2"))[0] == 500

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def raw(self, method, path, headers):
        at = urllib.parse.urlsplit(self.gateway.admin)
        connection = http.client.HTTPConnection(at.hostname, at.port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        status = connection.getresponse().status
        connection.close()
        return status

    def test_health(self):
        status, told = self.gateway.admin_json("/__admin/health")
        self.assertEqual((status, told["status"]), (200, "healthy"))

    def test_requests_are_listed_newest_first_found_and_shown_octet_for_octet(self):
        _, page = self.gateway.admin_json("/__admin/requests")
        self.assertEqual([r["shep"]["messageId"] for r in page["requests"]], ["admin-2", "admin-1"])
        _, found = self.gateway.admin_json("/__admin/requests/find", "POST", {"shep": {"messageId": "admin-1"}})
        self.assertEqual(len(found["requests"]), 1)
        entry = found["requests"][0]
        self.assertEqual(self.gateway.get(f"{self.gateway.admin}/__admin/requests/{entry['id']}/raw"), self.message)
        _, trace = self.gateway.admin_json(f"/__admin/requests/{entry['id']}/trace")
        self.assertEqual(trace["assurance"], "signature")
        self.assertEqual(trace["carrier"], "child_element")

    def test_unknown_fields_and_things_are_problem_documents(self):
        status, told = self.gateway.admin_json("/__admin/requests/find", "POST", {"shep": {"servceId": "x"}})
        self.assertEqual((status, told["pointer"]), (422, "/shep/servceId"))
        self.assertEqual(self.gateway.admin_json("/__admin/requests/none")[0], 404)
        self.assertEqual(self.gateway.admin_json("/__admin/nothing")[0], 404)
        self.assertEqual(self.gateway.admin_json("/__admin/health", "DELETE")[0], 405)
        self.assertEqual(self.gateway.admin_json("/__admin/requests?limit=x")[0], 400)

    def test_mappings_are_listed_with_where_they_came_from(self):
        _, told = self.gateway.admin_json("/__admin/mappings")
        self.assertEqual(told["meta"]["total"], len(told["mappings"]))
        one = told["mappings"][0]
        self.assertTrue(one["metadata"]["file"].endswith(".json"))
        self.assertEqual(self.gateway.admin_json("/__admin/mappings/" + one["id"])[1]["name"], one["name"])

    def test_metrics_speak_prometheus(self):
        text = self.gateway.get(self.gateway.admin + "/metrics")
        self.assertIn('shepsim_requests_total{channel="sync",operation="SendMessage",service="GbdulInfoByBin_v2",outcome="answered"} 1', text)
        self.assertIn('shepsim_signature_verifications_total{layer="transport",indication="TOTAL_PASSED",sub_indication=""} 1', text)
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) |[a-z_]+(\{[^}]*\})? [0-9.e+-]+$)')

    def test_A02_another_site_is_refused(self):
        port = urllib.parse.urlsplit(self.gateway.admin).port
        self.assertEqual(self.raw("GET", "/__admin/health", {"Host": f"localhost:{port}"}), 200)
        self.assertEqual(self.raw("GET", "/__admin/health", {"Host": "evil.example"}), 403)
        self.assertEqual(self.raw("POST", "/__admin/requests/reset", {"Host": f"localhost:{port}", "Origin": "http://evil.example", "Content-Length": "0"}), 403)

    def test_A11_paths_are_taken_whole(self):
        for path in ("/__admin//health", "/__admin/health/", "/__admin/x/../health", "/__ADMIN/health", "/__admin%2fhealth/x"):
            self.assertEqual(self.raw("GET", path, {"Host": "localhost"}), 404, path)


if __name__ == "__main__":
    unittest.main()
