"""The NCANode-shaped service and the test PKI's responders: revocation, time stamps, Kazakh keys, archived signatures."""
import base64
import json
import unittest

from gateway import Gateway, request
from ncanode import CERTS, Service, base64_of, der_of, key_of

DOCUMENT = "<a><b>текст</b></a>"
DATA = base64_of("текст".encode())


def setUpModule():
    """One program is the authority, another one the service that asks it."""
    global pki, service, certs
    pki = Gateway(init=["--pki", "both"])
    pki.start()
    certs = pki.root / "certs"
    urls = [f'"{pki.admin}/pki/crl/{f}issuing.crl", "{pki.admin}/pki/crl/{f}root.crl"' for f in ("", "gost2015/", "gost2004/")]
    service = Service(trust=certs, settings={"trust": f"""ocsp_urls = ["{pki.admin}/pki/ocsp"]
crl_urls = [{", ".join(urls)}]
tsp_urls = ["{pki.admin}/pki/tsp"]
"""})
    service.start()


def tearDownModule():
    assert service.stop() == 0
    assert pki.stop() == 0


def key(name, family=""):
    return key_of(name, "keys", certs / family)


def tell(name, state):
    status, told = pki.admin_json(f"/__admin/pki/certificates/{name}/status", "PUT", state)
    assert status == 200, told


def misbehave(responder, state):
    status, told = pki.admin_json(f"/__admin/pki/responders/{responder}/status", "PUT", {"state": state})
    assert status == 200, told


def info(name, check, family=""):
    return service.ask("/x509/info", {"certs": [base64_of(der_of(f"known/{name}.pem", certs / family))], "revocationCheck": check})


class Revocation(unittest.TestCase):
    def tearDown(self):
        for responder in ("ocsp", "crl", "tsp"):
            misbehave(responder, "good")
        for name in ("bank", "mobile"):
            tell(name, {"state": "good"})

    def test_good_by_both(self):
        told = info("citizen", ["OCSP", "CRL"])
        self.assertTrue(told["valid"], told)
        self.assertEqual([(r["by"], r["revoked"], r["reason"]) for r in told["signers"][0]["revocations"]], [("CRL", False, "OK"), ("OCSP", False, "OK")])

    def test_good_by_both_for_kazakh_keys(self):
        for family in ("gost2015",):
            told = info("citizen", ["OCSP", "CRL"], family)
            self.assertTrue(told["valid"], told["shepsim"])

    def test_a_revoked_signer_in_every_endpoint(self):
        xml = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key("bank")]})["xml"]
        cms = service.ask("/cms/sign", {"data": DATA, "signers": [key("bank")]})["cms"]
        wsse = service.ask("/wsse/sign", {"xml": request(), **key("bank")})["xml"]
        raw = service.ask("/x509/sign", {"data": "x", "signer": key("bank")})
        asked = [("/xml/verify", {"xml": xml}), ("/cms/verify", {"cms": cms}), ("/wsse/verify", {"xml": wsse}), ("/pkcs12/info", {"keys": [key("bank")]}),
                 ("/x509/verify", {"data": "x", "certificate": raw["certificate"], "signature": raw["signature"]})]
        tell("bank", {"state": "revoked", "at": "2026-01-02T03:04:05Z", "reason": "keyCompromise"})
        for path, body in asked:
            self.assertTrue(service.ask(path, body)["valid"], path)
            told = service.ask(path, {**body, "revocationCheck": ["OCSP"]})
            self.assertEqual((told["valid"], told["shepsim"]["subIndication"]), (False, "REVOKED"), path)
            one = told["signers"][0]
            one = one["certificates"][0] if "certificates" in one else one
            self.assertEqual(one["revocations"], [{"revoked": True, "by": "OCSP", "revocationTime": "2026-01-02T03:04:05.000+00:00", "reason": "keyCompromise"}])

    def test_C08_answers_that_prove_nothing_are_neither_good_nor_revoked(self):
        # Another certificate each: good answers are kept for a while.
        names = iter(("gateway", "pep", "gbdfl", "gbdul", "mobile"))
        for state in ("wrong_signer", "stale", "malformed", "try_later", "unknown"):
            name = next(names)
            if state == "unknown":
                misbehave("ocsp", "good")
                tell(name, {"state": state})
            else:
                misbehave("ocsp", state)
            told = info(name, ["OCSP"])
            self.assertFalse(told["valid"], state)
            self.assertEqual(told["shepsim"]["subIndication"], "TRY_LATER", state)
            self.assertEqual([(r["revoked"], r["revocationTime"]) for r in told["signers"][0]["revocations"]], [(False, None)], state)
            self.assertNotEqual(told["signers"][0]["revocations"][0]["reason"], "OK")


class TimeStamps(unittest.TestCase):
    def tearDown(self):
        misbehave("tsp", "good")

    def test_each_signer_is_stamped(self):
        for policy, oid, name in (("TSA_GOST_POLICY", "1.2.398.3.3.2.6.1", "GOST34311"), ("TSA_GOST2015_POLICY", "1.2.398.3.3.2.6.4", None)):
            cms = service.ask("/cms/sign", {"data": DATA, "signers": [key("citizen"), key("citizen", "gost2015")], "withTsp": True, "tsaPolicy": policy})["cms"]
            told = service.ask("/cms/verify", {"cms": cms})
            self.assertTrue(told["valid"], told["shepsim"])
            self.assertEqual([s["tsp"]["policy"] for s in told["signers"]], [oid, oid])
            self.assertTrue(all(told["shepsim"]["provenTimes"]))
            if name:
                self.assertEqual(told["signers"][0]["tsp"]["tspHashAlgorithm"], name)

    def test_the_second_signer_is_stamped_and_the_first_left_alone(self):
        first = service.ask("/cms/sign", {"data": DATA, "signers": [key("citizen")]})["cms"]
        both = service.ask("/cms/sign/add", {"cms": first, "signers": [key("bank")], "withTsp": True, "tsaPolicy": "TSA_GOST2015_POLICY"})["cms"]
        told = service.ask("/cms/verify", {"cms": both})
        self.assertTrue(told["valid"])
        self.assertEqual(["tsp" in s for s in told["signers"]], [False, True])

    def test_an_authority_that_misbehaves_is_not_believed(self):
        for state in ("wrong_signer", "stale", "malformed", "try_later"):
            misbehave("tsp", state)
            status, told = service.exchange("/cms/sign", json.dumps({"data": DATA, "signers": [key("citizen")], "withTsp": True, "tsaPolicy": "TSA_GOST2015_POLICY"}).encode())
            if state == "stale":
                continue  # an old time is a time: what it proves is judged by who verifies
            self.assertEqual((status, told["shepsim"]["code"]), (502, "ncanode.time_stamp"), state)

    def test_a_token_over_another_signature_makes_the_answer_not_valid(self):
        one, other = (service.ask("/cms/sign", {"data": DATA, "signers": [key(k)], "withTsp": True, "tsaPolicy": "TSA_GOST2015_POLICY"})["cms"] for k in ("citizen", "bank"))
        # The signature value is what the token stamps: put the other signer's token in its place.
        forged = _with_token_of(base64.b64decode(one), base64.b64decode(other))
        told = service.ask("/cms/verify", {"cms": base64_of(forged)})
        self.assertFalse(told["valid"])
        self.assertNotIn("tsp", told["signers"][0])


class KazakhKeys(unittest.TestCase):
    def test_every_endpoint_signs_and_verifies_with_gost_of_2015(self):
        k = key("citizen", "gost2015")
        xml = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [k]})["xml"]
        self.assertIn("gostr34102015-gostr34112015-512", xml)
        told = service.ask("/xml/verify", {"xml": xml})
        self.assertTrue(told["valid"])
        self.assertEqual(told["signers"][0]["signAlg"], "ECGOST3410-2015-512")
        self.assertTrue(service.ask("/wsse/verify", {"xml": service.ask("/wsse/sign", {"xml": request(), **key("pep", "gost2015")})["xml"]})["valid"])
        for detached in (False, True):
            cms = service.ask("/cms/sign", {"data": DATA, "signers": [k], "detached": detached})["cms"]
            self.assertTrue(service.ask("/cms/verify", {"cms": cms, "data": DATA})["valid"])
        self.assertTrue(service.ask("/x509/verify", {**_signature(service.ask("/x509/sign", {"data": "т", "signer": k})), "data": "т"})["valid"])
        self.assertTrue(service.ask("/pkcs12/info", {"keys": [k]})["valid"])
        self.assertEqual(service.ask("/pkcs12/aliases", {"keys": [k]})["aliases"], [["citizen"]])

    def test_rsa_and_gost_sign_one_document(self):
        xml = service.ask("/xml/sign", {"xml": DOCUMENT, "signers": [key("citizen"), key("citizen", "gost2015")]})["xml"]
        told = service.ask("/xml/verify", {"xml": xml})
        self.assertTrue(told["valid"])
        self.assertEqual([s["signAlg"] for s in told["signers"]], ["ECGOST3410-2015-512", "SHA256WithRSAEncryption"])

    def test_gost_of_2004_is_accepted_and_told_as_weak_or_refused(self):
        k = key_of("citizen", "keys", CERTS / "gost2004")
        with Service() as accepting, Service(settings={"ncanode": "gost2004 = false"}) as refusing:
            xml = accepting.ask("/xml/sign", {"xml": DOCUMENT, "signers": [k]})["xml"]
            cms = accepting.ask("/cms/sign", {"data": DATA, "signers": [k]})["cms"]
            for path, body in (("/xml/verify", {"xml": xml}), ("/cms/verify", {"cms": cms}), ("/pkcs12/info", {"keys": [k]})):
                told = accepting.ask(path, body)
                self.assertTrue(told["valid"], (path, told["shepsim"]))
                self.assertIn("warning", [f["severity"] for f in told["shepsim"]["findings"]], path)
                self.assertFalse(refusing.ask(path, body)["valid"], path)


def _signature(told):
    return {"certificate": told["certificate"], "signature": told["signature"]}


def _elements(der, at, end):
    """(tag, start, content, end) of each DER element between two offsets."""
    while at < end:
        length, head = der[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, head = int.from_bytes(der[head:head + count], "big"), head + count
        yield der[at], at, head, head + length
        at = head + length


def _wrap(tag, content):
    n = len(content)
    length = bytes([n]) if n < 128 else (lambda b: bytes([0x80 | len(b)]) + b)(n.to_bytes((n.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + length + content


def _signer_parts(der):
    """Paths of elements down to the one SignerInfo: [(tag, start, content, end)…] from ContentInfo to SignerInfo."""
    path = [next(_elements(der, 0, len(der)))]
    for choose in (lambda e: [x for x in e if x[0] == 0xA0][0], lambda e: e[0], lambda e: [x for x in e if x[0] == 0x31][-1], lambda e: e[0]):
        path.append(choose(list(_elements(der, path[-1][2], path[-1][3]))))
    return path


def _with_token_of(one, other):
    """The first SignedData with the unsigned attributes of the second one's signer."""
    path, theirs = _signer_parts(one), _signer_parts(other)
    unsigned = [other[e[1]:e[3]] for e in _elements(other, theirs[-1][2], theirs[-1][3]) if e[0] == 0xA1][0]
    inner = b"".join(one[e[1]:e[3]] for e in _elements(one, path[-1][2], path[-1][3]) if e[0] != 0xA1) + unsigned
    for level in range(len(path) - 1, 0, -1):
        outer = path[level - 1]
        inner = one[outer[2]:path[level][1]] + _wrap(path[level][0], inner) + one[path[level][3]:outer[3]]
    return _wrap(path[0][0], inner)


if __name__ == "__main__":
    unittest.main()
