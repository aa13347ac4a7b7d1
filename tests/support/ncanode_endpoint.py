"""What holds for every endpoint of the NCANode-shaped service; the classes of tests/acceptance/ncanode_*_test.py derive from these."""
from ncanode import Service


class Running:
    """The one service of a test program: setUpModule = running.start, tearDownModule = running.stop."""

    def start(self):
        self.service = Service()
        self.service.start()

    def stop(self):
        assert self.service.stop() == 0

    def __getattr__(self, name):
        return getattr(self.service, name)


service = Running()


class Endpoint:
    """What holds for every endpoint that takes JSON. To be mixed into a unittest.TestCase."""

    path = None
    good = {}
    required = ()

    def refused(self, body, where, status=400):
        told = service.ask(self.path, body, status)
        self.assertEqual(told["shepsim"]["where"], where)
        return told

    def test_bad_json_is_refused(self):
        for body in (b"", b"{", b"[]", b'"x"', b"{}{}", b'{"a": 1, "a": 2}', b"[" * 100, b'{"x": "\xff"}', b"{'a':1}"):
            status, told = service.exchange(self.path, body)
            self.assertEqual((status, told["shepsim"]["code"]), (400, "ncanode.json"), body)

    def test_a_missing_field_is_named(self):
        for field in self.required:
            body = {k: v for k, v in self.good.items() if k != field}
            self.assertTrue(self.refused(body, field)["message"].startswith(field + ": "))
            self.refused({**self.good, field: None}, field)

    def test_a_field_of_another_type_is_named(self):
        for field in self.required:
            self.refused({**self.good, field: 7}, field)

    def test_what_nobody_knows_is_left_alone(self):
        service.ask(self.path, {**self.good, "unknown": {"x": [1]}})

    def test_other_methods_and_media_types_are_refused(self):
        self.assertEqual(service.exchange(self.path, method="GET")[0], 405)
        self.assertEqual(service.exchange(self.path, b"{}", headers={"Content-Type": "text/plain"})[0], 415)


class Verification(Endpoint):
    """What holds for the endpoints that look at revocation."""

    def test_an_unknown_source_of_revocation_is_refused(self):
        self.refused({**self.good, "revocationCheck": ["OCPS"]}, "revocationCheck")
        self.refused({**self.good, "revocationCheck": "OCSP"}, "revocationCheck")

    def test_revocation_that_nobody_can_tell_makes_the_answer_not_valid(self):
        told = service.ask(self.path, {**self.good, "revocationCheck": ["OCSP", "CRL"]})
        self.assertFalse(told["valid"])
        self.assertEqual((told["shepsim"]["indication"], told["shepsim"]["subIndication"]), ("INDETERMINATE", "TRY_LATER"))
        one = told["signers"][0]
        one = one["certificates"][0] if "certificates" in one else one
        self.assertFalse(one["valid"])
        self.assertEqual([(r["by"], r["revoked"], r["revocationTime"]) for r in one["revocations"]], [("CRL", False, None), ("OCSP", False, None)])
        self.assertTrue(all(r["reason"] != "OK" for r in one["revocations"]))

    def test_without_the_wish_nobody_is_asked(self):
        one = service.ask(self.path, {**self.good, "revocationCheck": []})
        self.assertTrue(one["valid"])
