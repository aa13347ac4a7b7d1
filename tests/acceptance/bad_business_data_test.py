"""Business data that are wrong: the answer that each service's README documents, by status and inner code."""
import re
import unittest

from enforcing_gateway import EnforcingGateway
from gateway import request

GBDFL = '<m:{kind} xmlns:m="http://message.persistence.interactive.nat"><messageId>{id}</messageId><messageDate>2030-01-02T03:04:05+05:00</messageDate><senderCode>PEP</senderCode>{fields}</m:{kind}>'
GBDUL = '<g:Request xmlns:g="{space}"><RequestorBIN>{requestor}</RequestorBIN><BIN>{bin}</BIN></g:Request>'
GBDUL_SPACE = "http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"
MARRIAGE = '<k:MarriageRequest xmlns:k="{}"><iin>850315090015</iin></k:MarriageRequest>'
CONSENT = ('<k:getUserDataRequest xmlns:k="http://service.2fa-chain.kz/ns/kdp"><uin>{iin}</uin><company>c</company><company_bin>250190900013</company_bin>'
           '<company_responsible>r</company_responsible><employee_name>e</employee_name><access_name>GBDFLUniversal_token</access_name>'
           '<personal_data_name>p</personal_data_name><expiresIn>{ms}</expiresIn></k:getUserDataRequest>')


def values(text, tag):
    return re.findall(rf"<(?:\w+:)?{tag}>([^<]*)</(?:\w+:)?{tag}>", text)


class BadBusinessData(EnforcingGateway):
    enforced = "ZAGS_BIRTH_INFO"

    def ask(self, service, payload):
        return self.gateway.post(self.gateway.sign(request(service=service, payload=payload)))

    def answered(self, service, payload, status, inner, tag="code"):
        """HTTP 200 with this responseInfo/status/code, and this code inside the business data."""
        http, text = self.ask(service, payload)
        self.assertEqual(http, 200, text)
        outer = re.search(r"<status><code>([^<]*)</code>", text).group(1)
        self.assertEqual(outer, status, text)
        body = text[text.index("<responseData>"):]
        self.assertEqual(values(body.split("messageResult>")[1] if "messageResult>" in body else body, tag)[0], inner, text)
        return text

    def person(self, fields, kind="Request", message_id="00000000-0000-4000-9000-0000000000aa"):
        return GBDFL.format(kind=kind, id=message_id, fields=fields)

    def company(self, number, space=GBDUL_SPACE):
        return GBDUL.format(space=space, requestor="200190990041", bin=number)

    def token(self, iin, ms=600000):
        text = self.ask("KDP_SERVICE", CONSENT.format(iin=iin, ms=ms))[1]
        self.assertEqual(values(text, "status"), ["VALID"], text)
        return f"<kdpToken>{values(text, 'code')[-1]}</kdpToken><publicKey>{values(text, 'public-key')[0]}</publicKey>"

    def test_unknown_iin(self):
        file = (self.gateway.root / "demo/gbdfl/not-found.xml").read_text(encoding="utf-8")
        nobody = re.search(r"<iin>(\d{12})</iin>|&lt;iin&gt;(\d{12})", file)
        number = next(n for n in nobody.groups() if n)
        self.answered("GBDFL_UniversalServiceSync", self.person(f"<iin>{number}</iin>"), "SCSE001", "90004")

    def test_invalid_check_digit(self):
        for number in ("850315090016", "85031509001", "", "8503150900155", "85031509001X"):
            expected = "90001" if number else "90002"
            self.answered("GBDFL_UniversalServiceSync", self.person(f"<iin>{number}</iin>"), "SCSS001", expected)

    def test_wrong_bin(self):
        for number in ("250290900028", "2502909000", "", "25029090002X"):
            self.answered("GbdulInfoByBin_v2", self.company(number), "SCSS001", "901", "Code")
        self.answered("GbdulInfoByBin_v2", GBDUL.format(space=GBDUL_SPACE, requestor="1", bin="250290900027"), "SCSS001", "902", "Code")

    def test_absent_consent(self):
        for fields in ("<iin>850315090015</iin>", "<iin>850315090015</iin><kdpToken></kdpToken><publicKey/>"):
            self.answered("GBDFLUniversal_token", self.person(fields, "RequestToken"), "SCSS001", "90101")

    def test_forged_and_foreign_consent(self):
        self.answered("GBDFLUniversal_token", self.person("<iin>850315090015</iin><kdpToken>a.b.c</kdpToken><publicKey>k</publicKey>", "RequestToken"), "SCSS001", "90102")
        token = self.token("850315090015")
        self.answered("GBDFLUniversal_token", self.person("<iin>850315090015</iin>" + token, "RequestToken"), "SCSS001", "00000")
        self.answered("GBDFLUniversal_token", self.person("<iin>870821090027</iin>" + token, "RequestToken"), "SCSS001", "90104")

    def test_expired_token(self):
        token = self.token("870821090027", 0)
        self.answered("GBDFLUniversal_token", self.person("<iin>870821090027</iin>" + token, "RequestToken"), "SCSS001", "90103")

    def test_payload_in_the_wrong_namespace(self):
        self.answered("ZAGS_MARRIAGE_INFO", MARRIAGE.format("http://birth.info.zags.kz"), "SCSS001", "1")
        self.answered("ZAGS_MARRIAGE_INFO", MARRIAGE.format("urn:wrong"), "SCSS001", "904")
        trace = self.gateway.newest()["trace"]["requestContract"]
        self.assertEqual(trace["violations"][0]["rule"], "cvc-elt.1", trace)

    def test_two_payloads(self):
        good = MARRIAGE.format("http://birth.info.zags.kz")
        self.answered("ZAGS_MARRIAGE_INFO", good + good, "SCSS001", "904")
        status, text = self.ask("ZAGS_MARRIAGE_INFO", f"<![CDATA[{good}{good}]]>")
        self.assertEqual((status, "<faultcode>SCE001</faultcode>" in text), (500, True), text)

    def test_enforce_refuses_what_the_service_would_have_refused_itself(self):
        birth = '<r:BirthAktRequest xmlns:r="{}"><iin>850315090015</iin></r:BirthAktRequest>'
        self.assertEqual(self.ask("ZAGS_BIRTH_INFO", birth.format("http://birth.info.zags.kz"))[0], 200)
        for payload in (birth.format("urn:wrong"), birth.format("http://birth.info.zags.kz").replace("iin", "nii")):
            status, text = self.ask("ZAGS_BIRTH_INFO", payload)
            self.assertEqual((status, "<faultcode>SCE001</faultcode>" in text), (500, True), text)

    def test_hostile_template_input_is_text(self):
        for hostile in ("{{now}}", "{{#each x}}", "{{{randomValue type='UUID'}}}", "{{xPath '//*'}}", "&lt;evil/&gt;&amp;amp;", "${7*7}", "]]&gt;", "{{" * 500):
            with self.subTest(hostile[:20]):
                text = self.answered("GBDFL_UniversalServiceSync", self.person("<iin>850315090016</iin>", message_id=hostile), "SCSS001", "90001")
                self.assertNotIn("<evil", text)
                self.assertEqual(values(text, "requestId"), [hostile], "comes back as it came")


if __name__ == "__main__":
    unittest.main()
