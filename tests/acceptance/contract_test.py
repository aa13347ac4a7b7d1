"""`contract lint` and `contract test` name planted violations; a good root and a good provider are clean; enforce and rights by code."""
import json
import re
import unittest
import xml.etree.ElementTree as ET

from enforcing_gateway import EnforcingGateway
from gateway import Gateway, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'
LICENCE = '<r:DriverCardRequest xmlns:r="http://MVD.ProxyServices/mvd/DriverCardInfo/VUInfoService">{}</r:DriverCardRequest>'


def fault(text):
    return re.search(r"<faultcode>([^<]*)</faultcode>", text).group(1)


class Contract(EnforcingGateway):
    enforced = "FORWARD_DRIVER_LICENSE_SYNC"

    def test_a_shipped_root_is_clean(self):
        done = shepsim("contract", "lint", self.gateway.root, timeout=240)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        counts = re.search(r"lint: (\d+) answers checked, (\d+) violations, (\d+) faults, (\d+) not checked, (\d+) mappings not reached", done.stdout)
        self.assertTrue(counts, done.stdout)
        self.assertGreater(int(counts.group(1)), 200)
        self.assertEqual(counts.group(2), "0")
        self.assertEqual(counts.group(5), "0", done.stdout)

    def test_a_planted_violation_is_found_and_named(self):
        with Gateway() as other:
            other.stop()
            body = other.root / "__files/gbdul/not-found.xml"
            text = body.read_text(encoding="utf-8")
            body.write_text(text.replace("<Status>", "<Statos>").replace("</Status>", "</Statos>"), encoding="utf-8")
            done = shepsim("contract", "lint", other.root, timeout=240)
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            line = next(l for l in done.stdout.splitlines() if "Statos" in l)
            self.assertIn("demo/gbdul/not-found.xml", line)
            self.assertIn("mappings/gbdul/info-by-bin.json", line)
            self.assertRegex(line, r"/Statos\[1\], line \d+: cvc-complex-type\.2\.4")

    def test_a_root_that_is_broken_is_usage(self):
        done = shepsim("contract", "lint", self.gateway.folder)
        self.assertNotIn(done.returncode, (0, 1))

    def test_a_provider_that_keeps_to_its_contract_passes(self):
        report, junit = self.gateway.folder / "report.json", self.gateway.folder / "report.xml"
        done = shepsim("contract", "test", "--root", self.gateway.root, "--target", self.gateway.endpoint, "--report", f"json={report}", timeout=240)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        summary = json.loads(report.read_text(encoding="utf-8"))
        self.assertEqual(summary["failed"], 0)
        self.assertGreater(summary["passed"], 100)
        self.assertTrue(all(a["indication"] == "TOTAL_PASSED" and a["channel"] == "ok" for a in summary["answers"]))
        self.assertTrue(all(a["schema"] == "ok" for a in summary["answers"]), [a for a in summary["answers"] if a["schema"] != "ok"][:3])
        done = shepsim("contract", "test", "--root", self.gateway.root, "--target", self.gateway.endpoint, "--report", f"junit={junit}", timeout=240)
        suite = ET.parse(junit).getroot()
        self.assertEqual((suite.get("failures"), suite.get("tests")), ("0", str(summary["passed"])))
        self.assertEqual(shepsim("contract", "test", "--root", self.gateway.root, "--target", self.gateway.endpoint, "--report", "pdf").returncode, 2)

    def test_a_provider_that_departs_is_told_where(self):
        with Gateway() as other:
            other.stop()
            body = other.root / "__files/gbdul/not-found.xml"
            text = body.read_text(encoding="utf-8")
            body.write_text(text.replace("<Status>", "<Statos>").replace("</Status>", "</Statos>"), encoding="utf-8")
            other.start()
            done = shepsim("contract", "test", "--root", other.root, "--target", other.endpoint, timeout=240)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertRegex(done.stdout, r"gbdul/not-found\.xml +GbdulInfoByBin_v2 .*FAILED\n +business: \S+/Statos\[1\], line \d+: cvc-complex-type\.2\.4")

    def test_a_provider_that_is_not_there_fails_each_row(self):
        done = shepsim("contract", "test", "--root", self.gateway.root, "--target", "http://127.0.0.1:1/", timeout=240)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(" 0 passed", done.stdout)

    def test_enforce_refuses_by_sce001_and_the_journal_tells_all(self):
        good = self.gateway.sign(request(service="FORWARD_DRIVER_LICENSE_SYNC", payload=LICENCE.format("<iin>850315090015</iin>")))
        self.assertEqual(self.gateway.post(good)[0], 200)
        planted = LICENCE.format("<nii>850315090015</nii>")
        for payload in (planted, f"<![CDATA[{planted}]]>"):
            status, text = self.gateway.post(self.gateway.sign(request(service="FORWARD_DRIVER_LICENSE_SYNC", payload=payload)))
            self.assertEqual((status, fault(text)), (500, "SCE001"), text)
            trace = self.gateway.newest()["trace"]["requestContract"]
            self.assertEqual(trace["schema"], "driver-licence/v1/VUInfoService.xsd")
            first = trace["violations"][0]
            self.assertEqual((first["layer"], first["rule"], first["value"]), ("business", "cvc-complex-type.2.4", "850315090015"))
            self.assertTrue(first["where"].endswith("/nii[1]"), first)
        log = (self.gateway.folder / "log").read_text(encoding="utf-8")
        self.assertIn("protocol.contract_violation", log)
        self.assertNotIn("850315090015", log)

    def test_enforce_refuses_what_could_not_be_checked(self):
        good = LICENCE.format("<iin>850315090015</iin>")
        for name, payload in {"two documents": good + good, "text": "hello", "escaped twice": good.replace("&", "&amp;").replace("<", "&amp;lt;"),
                              "fields without a type": "<iin>850315090015</iin><EVIL/>", "nothing": ""}.items():
            with self.subTest(name):
                status, text = self.gateway.post(self.gateway.sign(request(service="FORWARD_DRIVER_LICENSE_SYNC", payload=payload)))
                self.assertEqual((status, fault(text)), (500, "SCE001"), text)

    def test_warn_is_the_default_and_changes_no_answer(self):
        status, text = self.gateway.post(self.gateway.sign(request(payload=COMPANY.replace("RequestorBIN", "RequesterBIN"))))
        self.assertEqual(status, 200, text)
        self.assertGreater(self.gateway.newest()["trace"]["requestContract"]["total"], 0)

    # ---- rights

    def rights(self, sender, service, key, password=None):
        text = request(service=service, sender=sender, password=password or f"{sender}-test-password", payload=COMPANY)
        status, answer = self.gateway.post(self.gateway.sign(text, key))
        return "answered" if status == 200 else fault(answer)

    def test_rights_of_each_sender(self):
        school, printing = "MIA_AISAS_GetSchoolInfo", "PRINT_LICENCE_STATUS"
        duty, login = "rpdrn-egov-duty-get-information", "PORTAL_LOGIN"
        for sender, service, key, expected in (
                ("school", school, "director", "answered"), ("school", school, "employee", "answered"),
                ("school", school, "pep", "SIM103"), ("school", printing, "director", "SIM103"),
                ("con", printing, "con", "answered"), ("con", school, "con", "SIM103"), ("con", printing, "mobile", "SIM103"),
                ("con", "IISCON_CHANGE_STATUS", "con", "answered"), ("con", "ELICENSE_APPLICATION", "con", "answered"), ("con", login, "con", "SIM103"),
                ("bank2", duty, "bank2", "answered"), ("bank2", "GbdulInfoByBin_v2", "bank2", "SIM103"), ("bank2", duty, "bank", "SIM103"),
                ("mobile", login, "mobile", "answered"), ("mobile", "VERIFYPHONE", "mobile", "answered"), ("mobile", duty, "mobile", "SIM103"),
                ("pep", login, "pep", "answered"), ("pep", login, "mobile", "SIM103"),
                ("bank", "GbdulInfoByBin_v2", "bank", "answered"), ("bank", printing, "bank", "SIM103"),
                ("mobile", "GbdulInfoByBin_v2", "mobile", "SIM103"), ("pep", "GbdulInfoByBin_v2", "pep", "answered"),
                ("nobody", school, "pep", "SIM101")):
            with self.subTest(f"{sender} {service} {key}"):
                self.assertEqual(self.rights(sender, service, key), expected)
        self.assertEqual(self.rights("con", printing, "con", "guess"), "SIM102")

    def test_channels_and_C11_the_certificate_names_the_sender(self):
        extra = ('\n[[sender]]\nid = "async-only"\npassword = "async-only-test-password"\nservices = ["*"]\nchannels = ["async"]\n'
                 '\n[[sender]]\nid = "by-bin"\npassword = "by-bin-test-password"\nservices = ["*"]\nbin = "200190990028"\n'
                 '\n[[sender]]\nid = "by-iin"\npassword = "by-iin-test-password"\nservices = ["*"]\niin = "880101099010"\n')
        with Gateway(extra) as other:
            def told(sender, key):
                status, text = other.post(other.sign(request(sender=sender, password=f"{sender}-test-password", payload=COMPANY), key))
                return "answered" if status == 200 else fault(text)
            self.assertEqual(told("async-only", "pep"), "SIM103")
            for sender in ("by-bin", "by-iin"):
                self.assertEqual(told(sender, "bank"), "answered")
                self.assertEqual(told(sender, "pep"), "SIM109")
                self.assertEqual(told(sender, "director"), "SIM109")


if __name__ == "__main__":
    unittest.main()
