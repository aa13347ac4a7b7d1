"""Faults on purpose: who may ask for them, and how."""
import json
import shutil
import unittest

import raw_http
from faulty_gateway import COMPANY, SERVICE, FaultyGateway, value
from gateway import Gateway, request, shepsim


class Orders(FaultyGateway):
    def test_others_ask_in_vain(self):
        message = self.gateway.sign(request(payload=COMPANY)).encode()
        wire = self.ask("EMPTY_RESPONSE", message)
        self.assert_whole(wire)
        self.assertNotIn("injectedFault", self.gateway.newest()["trace"] or {})
        unsigned = request(payload=COMPANY, sender="tester", password="tester").encode()
        self.assertEqual(self.ask("EMPTY_RESPONSE", unsigned).status, 500, "a message that is not admitted gets its fault")

    def test_A10_a_header_that_is_not_understood_is_told(self):
        for text in ("EMPTY_RESPONS", "STALL; milliseconds=x", "STALL; milliseconds=9999999", "x" * 4000):
            wire = self.ask(text, self.message)
            self.assertEqual(wire.status, 500)
            self.assertIn(value(wire.text, "errorCode"), ("SCE001",), text)
            self.assertIn("X-Shepsim-Fault", value(wire.text, "errorData"))

    def test_a_soap_fault_is_left_as_it_is_and_the_trace_says_why(self):
        self.addCleanup(self.gateway.admin_json, "/__admin/faults", "DELETE")
        self.addCleanup(self.gateway.admin_json, "/__admin/mappings/reset", "POST")
        self.assertEqual(self.gateway.admin_json("/__admin/faults", "PUT", {"fault": "TWO_PAYLOADS"})[0], 200)
        self.assertEqual(self.gateway.admin_json("/__admin/mappings", "DELETE")[0], 200)
        self.assertEqual(value(self.ask().text, "errorCode"), "SIM104")
        told = self.gateway.newest()["trace"]["injectedFault"]
        self.assertEqual((told["name"], told["applied"], told["askedBy"]), ("TWO_PAYLOADS", False, "admin"))
        self.assertTrue(told["why"])

    def test_a_mapping_asks(self):
        self.addCleanup(self.gateway.admin_json, "/__admin/mappings/reset", "POST")
        for name, response, wanted in (("EMPTY_RESPONSE", {"fault": "EMPTY_RESPONSE"}, 0), ("HTTP_429", {"shep": {"fault": "HTTP_429"}}, 429),
                                       ("WRONG_CORRELATION_ID", {"body": "<a/>", "shep": {"fault": "WRONG_CORRELATION_ID"}}, 200)):
            status, told = self.gateway.admin_json("/__admin/mappings", "POST", {
                "request": {"shep": {"serviceId": SERVICE}}, "priority": 1, "response": response})
            self.assertEqual(status, 201, told)
            self.assertEqual(self.ask().status, wanted)
            injected = self.gateway.newest()["trace"]["injectedFault"]
            self.assertEqual((injected["name"], injected["askedBy"], injected["applied"]), (name, "mapping", True))
            self.assertEqual(self.ask("HTTP_404").status, 404, "the header outranks a mapping")

    def test_a_mapping_asks_with_parameters(self):
        self.addCleanup(self.gateway.admin_json, "/__admin/mappings/reset", "POST")

        def added(fault, **more):
            return self.gateway.admin_json("/__admin/mappings", "POST", {
                "request": {"shep": {"serviceId": SERVICE}}, "priority": 1, "response": {"body": "<a/>", "shep": {"fault": fault}, **more}})

        self.assertEqual(added({"name": "STALL", "milliseconds": 200})[0], 201)
        wire = self.ask()
        self.assertEqual((wire.status, wire.end, len(wire.body)), (200, "fin", wire.announced // 2))
        self.assertEqual(added({"name": "STALL", "milliseconds": 60000})[0], 201)
        self.assertEqual(self.ask(patience=1).end, "silence")
        texts = {"name": "FAULT_ERRORINFO", "code": "SCE015", "message": "ended for {{request.senderId}}", "data": "d"}
        self.assertEqual(added(texts, transformers=["response-template"])[0], 201)
        told = self.ask().text
        self.assertEqual((value(told, "errorCode"), value(told, "errorMessage")), ("SCE015", "ended for tester"))
        self.assertEqual(self.gateway.newest()["trace"]["injectedFault"]["name"], "FAULT_ERRORINFO")
        for fault, place in (({"name": "STALL", "millis": 1}, "/response/shep/fault/millis"), ({"name": "STAL"}, "/response/shep/fault/name"),
                             ({"name": "STALL", "code": "x"}, "/response/shep/fault"), ({"name": "STALL", "milliseconds": -1}, "/response/shep/fault/milliseconds")):
            status, told = added(fault)
            self.assertEqual(status, 422, told)
            self.assertTrue(told["pointer"].endswith(" " + place), told)

    def test_an_added_mapping_is_asked_for_the_key_of_its_fault(self):
        self.addCleanup(self.gateway.admin_json, "/__admin/mappings/reset", "POST")
        mapping = {"id": "11111111-2222-4333-8444-00000000cafe", "request": {"shep": {"serviceId": SERVICE}}, "priority": 1,
                   "response": {"body": "<a/>", "shep": {"fault": "CERT_UNKNOWN_CA"}}}
        self.assertEqual(self.gateway.admin_json("/__admin/mappings", "POST", mapping)[0], 201)
        before = self.gateway.admin_json("/__admin/mappings")[1]["meta"]["total"]
        self.gateway.revoke_nobody()
        mapping["response"]["shep"]["fault"] = {"name": "CERT_REVOKED"}
        for path, method in (("", "POST"), ("/" + mapping["id"], "PUT")):
            status, told = self.gateway.admin_json("/__admin/mappings" + path, method, {**mapping, "id": mapping["id"] if path else None} if path else
                                                   {k: v for k, v in mapping.items() if k != "id"})
            self.assertEqual((status, told["code"]), (422, "faults.key"), told)
            self.assertTrue(told["pointer"].endswith(" /response/shep/fault"), told)
            self.assertIn("shepsim pki revoke", told["hint"])
        self.assertEqual(self.gateway.admin_json("/__admin/mappings")[1]["meta"]["total"], before)
        self.assertEqual(self.gateway.admin_json("/__admin/mappings/" + mapping["id"])[1]["response"]["shep"]["fault"], "CERT_UNKNOWN_CA")

    def test_validate_asks_for_the_key_of_a_mappings_fault(self):
        root = Gateway()
        self.addCleanup(shutil.rmtree, root.folder)
        root.revoke_nobody()
        (root.root / "mappings").mkdir(exist_ok=True)
        (root.root / "mappings/revoked.json").write_text(
            json.dumps({"request": {"shep": {"serviceId": SERVICE}}, "response": {"shep": {"fault": "CERT_REVOKED"}}}), encoding="utf-8")
        told = shepsim("validate", root.root)
        self.assertEqual(told.returncode, 2, told.stdout)
        self.assertIn("mappings/revoked.json", told.stderr)
        self.assertIn("shepsim pki revoke", told.stderr)

    def test_orders_of_the_admin_api(self):
        self.addCleanup(self.gateway.admin_json, "/__admin/faults", "DELETE")
        status, told = self.gateway.admin_json("/__admin/faults/" + SERVICE, "PUT", {"fault": "HTTP_503", "count": 2})
        self.assertEqual((status, told["fault"]["name"], told["left"], told["probability"]), (200, "HTTP_503", 2, 1))
        self.assertEqual([self.ask().status for _ in range(3)], [503, 503, 200])
        _, told = self.gateway.admin_json("/__admin/faults/" + SERVICE)
        self.assertEqual((told["left"], told["injected"]), (0, 2))
        self.assertEqual(self.ask("HTTP_404").status, 404, "the header outranks an order")
        self.assertEqual(self.gateway.admin_json("/__admin/faults/" + SERVICE, "DELETE")[0], 200)
        self.assertEqual(self.gateway.admin_json("/__admin/faults/" + SERVICE, "DELETE")[0], 404)
        self.assertEqual(self.gateway.admin_json("/__admin/faults/" + SERVICE)[0], 404)
        self.gateway.admin_json("/__admin/faults", "PUT", {"fault": {"name": "FAULT_ERRORINFO", "code": "SCE015"}})
        self.assertEqual(value(self.ask().text, "errorCode"), "SCE015")
        self.gateway.admin_json("/__admin/faults", "PUT", {"fault": "STALL", "probability": 0})
        self.assertEqual(self.ask().status, 200)
        self.assertEqual(self.gateway.admin_json("/__admin/faults", "DELETE")[0], 200)
        self.assertEqual(self.gateway.admin_json("/__admin/faults")[1]["faults"], [])

    def test_A10_bad_orders_are_problems(self):
        deep = "[" * 100_000 + "]" * 100_000
        for body, status, pointer in (({"fault": "NO_SUCH"}, 422, "/fault"), ({}, 422, "/fault"), ({"fault": 7}, 422, "/fault"),
                                      ({"fault": "STALL", "count": 0}, 422, "/count"), ({"fault": "STALL", "count": "2"}, 422, "/count"),
                                      ({"fault": "STALL", "probability": 1.5}, 422, "/probability"),
                                      ({"fault": "STALL", "milliseconds": 5}, 422, "/milliseconds"),
                                      ({"fault": {"name": "STALL", "milliseconds": 60001}}, 422, "/fault/milliseconds"),
                                      ({"fault": {"name": "STALL", "code": "x"}}, 422, "/fault"),
                                      ({"fault": {"nam": "STALL"}}, 422, "/fault/name"),
                                      ({"fault": "STALL", "serviceId": "NoSuchService"}, 422, "/serviceId"),
                                      ({"fault": "STALL", "serviceId": ""}, 422, "/serviceId"),
                                      ("[]", 400, None), ("{", 400, None), ("", 400, None), (deep, 400, None), ('{"fault":"STALL","fault":"STALL"}', 400, None),
                                      ('{"fault":"\\ud800"}', 400, None)):
            text = body if isinstance(body, str) else json.dumps(body)
            got, told = self.put_text("/__admin/faults", text)
            self.assertEqual((got, told["status"]), (status, status), (text[:100], told))
            if pointer:
                self.assertEqual(told["pointer"], pointer, told)
        self.assertEqual(self.gateway.admin_json("/__admin/faults")[1]["faults"], [])

    def put_text(self, path, text):
        wire = raw_http.post(self.gateway.admin, path, text.encode(), {}, method="PUT")
        self.assertEqual(wire.header("Content-Type"), "application/problem+json")
        return wire.status, json.loads(wire.body)

    def test_send_says_what_is_wrong_with_an_answer(self):
        message = self.gateway.folder / "message.xml"
        message.write_bytes(self.message)
        sending = ("send", message, "--target", self.gateway.endpoint, *self.gateway.trust())
        good = shepsim(*sending)
        self.assertEqual(good.returncode, 0, good.stdout + good.stderr)
        self.assertNotIn("wrong: ", good.stdout)
        for kind, sentence in (("WRONG_CORRELATION_ID", "it answers the message"), ("SIGNATURE_MISSING", "no transport signature"),
                               ("TWO_PAYLOADS", "more than one document"), ("WRONG_CONTENT_TYPE", "Content-Type is"), ("GZIP_LIE", "Content-Encoding is"),
                               ("MISSING_STATUS", "no responseInfo/status/code"), ("HTTP_503", "HTTP 503 with text/html"), ("HTTP_429", "Retry-After: 5")):
            with self.subTest(kind):
                self.gateway.admin_json("/__admin/faults", "PUT", {"fault": kind})
                told = shepsim(*sending)
                self.assertEqual(told.returncode, 1, told.stdout + told.stderr)
                self.assertIn(sentence, told.stdout)
        self.gateway.admin_json("/__admin/faults", "DELETE")

    def test_metrics_count_what_was_done(self):
        self.ask("GZIP_LIE")
        metrics = self.gateway.get(self.gateway.admin + "/metrics")
        self.assertRegex(metrics, r'shepsim_faults_injected_total\{kind="GZIP_LIE"\} [1-9]')
        self.assertIn("# TYPE shepsim_faults_injected_total counter", metrics)


del FaultyGateway  # a base, no test of its own

if __name__ == "__main__":
    unittest.main()
