#!/usr/bin/env python3
"""Checks the contracts in schemas/ with tools that share no code with the gateway.

Needs xmllint (Debian: libxml2-utils); uses zeep when it can be imported (Debian: python3-zeep).
The last line printed is "N passed, N failed, N skipped"; exit code 1 when a check failed.
"""

import http.server
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

try:
    import zeep
except ImportError:
    zeep = None

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "schemas"
XS = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
TYPES = "{http://bip.bee.kz/SyncChannel/v10/Types}"

# Folder under samples/ -> the schema its documents are validated with.
SAMPLES = {
    "shep-sync": "shep-sync/v10/SyncChannelTypes.xsd",
    "gbdfl": "gbdfl/v1/message.xsd",
    "gbdul": "gbdul/v2/GbdulInfoByBin_v2.xsd",
    "kdp-request": "kdp/v1/getUserDataRequest.xsd",
    "kdp-response": "kdp/v1/getUserDataResponse.xsd",
    "elicense": "elicense/v1/EgovLicenseSearchService.xsd",
    "elicense-application": "elicense/v1/Application.xsd",
    "driver-licence": "driver-licence/v1/VUInfoService.xsd",
    "admin-police": "admin-police/v1/AdministrativePolice.xsd",
    "vehicles": "vehicles/v1/Vehicles.xsd",
    "medical-certificate": "medical-certificate/v1/MedicalCertificate.xsd",
    "erdb": "erdb/v1/Rdb.xsd",
    "driving-school": "driving-school/v1/DrivingSchool.xsd",
    "driving-exam": "driving-exam/v1/DrivingExam.xsd",
    "state-duty": "state-duty/v1/StateDuty.xsd",
    "social-protection": "social-protection/v1/SocialStatus.xsd",
    "civil-records": "civil-records/v1/BirthInfo.xsd",
    "guardianship": "guardianship/v1/Guardianship.xsd",
    "education": "education/v1/Education.xsd",
    "producers": "producers/v1/Producers.xsd",
    "egov-notification": "egov-notification/v2/notification.xsd",
    "portal": "portal/v1/Portal.xsd",
    "contact-centre": "contact-centre/v1/ContactCentre.xsd",
    "service-monitoring": "service-monitoring/v1/Monitoring.xsd",
    "iiscon": "iiscon/v1/bus.xsd",
    "licence-printing": "licence-printing/v1/Printing.xsd",
    "eds-temp-files": "eds-temp-files/v2/tempstorage.xsd",
    "gbdfl-family": "gbdfl-family/v1/family.xsd",
    "gbdul-search": "gbdul-search/v1/GbdulSearchData.xsd",
    "gbdul-reports-report3007": "gbdul-reports/v1/Report3007.xsd",
    "gbdul-reports-report3005": "gbdul-reports/v1/Report3005.xsd",
    "gbdul-reports-affilface": "gbdul-reports/v1/AffilFace.xsd",
    "xmldsig": "xmldsig/xmldsig.xsd",
}

# Folders where two files may share a target namespace: alternatives that are never loaded together.
ALTERNATIVES = {"kdp/v1"}

# Exit codes of xmllint.
VALID, INVALID, INVALID_INTERNAL, BAD_SCHEMA = 0, 3, 4, 5


class Tally:
    passed = failed = skipped = 0

    def check(self, name, problem):
        """problem: None when the check passed, else a sentence."""
        if problem is None:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: {problem}")

    def skip(self, name, why):
        self.skipped += 1
        print(f"SKIP {name}: {why}")


def xmllint(schema, document):
    """document: a path, or bytes."""
    inline = isinstance(document, bytes)
    run = subprocess.run(
        ["xmllint", "--nonet", "--noout", "--schema", str(schema), "-" if inline else str(document)],
        input=document if inline else None, capture_output=True, timeout=60)
    return run.returncode, run.stderr.decode("utf-8", "replace").strip()


def relative(path):
    return path.relative_to(SCHEMAS).as_posix()


def validate(name, schema, document, tally):
    code, text = xmllint(schema, document)
    tally.check(name, None if code == VALID else f"must be valid (xmllint {code}): {text}")


# ---- the schema files themselves

def compiles(xsd):
    code, text = xmllint(xsd, b"<not-declared/>")
    # The document must be refused; the schema must not be. Anything printed besides that refusal is a complaint.
    noise = [line for line in text.splitlines() if "not-declared" not in line and "fails to validate" not in line]
    if code != INVALID or noise:
        return f"xmllint {code}: {text}"
    return None


def imports_are_sound(file):
    seen = set()
    for node in ET.parse(file).iter():
        if node.tag in (XS + "import", XS + "include", WSDL + "import"):
            location = node.get("schemaLocation") or node.get("location")
            namespace = node.get("namespace")
            if namespace in seen:
                return f"two imports of {namespace}"
            seen.add(namespace)
            if not location or ":" in location or location.startswith("/"):
                return f"location {location!r} is not relative"
            if any(file.parent.glob("*.wsdl")) and "/" in location:
                return f"location {location!r} is not a plain file name"
            if not (file.parent / location).is_file():
                return f"{location} does not exist"
            if ET.parse(file.parent / location).getroot().get("targetNamespace") != namespace:
                return f"{location} has another target namespace"
    return None


def namespaces_are_unique(folder):
    owner = {}
    for xsd in sorted(folder.glob("*.xsd")):
        namespace = ET.parse(xsd).getroot().get("targetNamespace")
        if not namespace:
            return f"{xsd.name} has no target namespace"
        if namespace in owner and relative(folder) not in ALTERNATIVES:
            return f"{xsd.name} and {owner[namespace]} share {namespace}"
        owner[namespace] = xsd.name
    return None


def check_files(tally):
    for xsd in sorted(SCHEMAS.rglob("*.xsd")):
        tally.check(f"compiles: {relative(xsd)}", compiles(xsd))
    for file in sorted([*SCHEMAS.rglob("*.xsd"), *SCHEMAS.rglob("*.wsdl")]):
        tally.check(f"imports: {relative(file)}", imports_are_sound(file))
    for folder in sorted({file.parent for file in SCHEMAS.rglob("*.xsd")}):
        tally.check(f"one file per namespace: {relative(folder)}", namespaces_are_unique(folder))
        origin = (folder / "ORIGIN.md").is_file()
        tally.check(f"origin: {relative(folder)}", None if origin else "ORIGIN.md is missing")
    for xsd in sorted((SCHEMAS / "shep-sync").rglob("*.xsd")):
        qualified = ET.parse(xsd).getroot().get("elementFormDefault")
        tally.check(f"unqualified: {relative(xsd)}", qualified and f"elementFormDefault is {qualified}")


# ---- samples

def check_digit(digits):
    """The twelfth digit of an IIN or BIN; None when the number is not used."""
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11
        if rest < 10:
            return rest
    return None


def numbers_are_synthetic(text):
    """Test persons have 0 as the seventh digit of the IIN, test companies 9 as the fifth digit of the BIN.

    The fifth digit tells the two apart: in an IIN it is the first digit of the day, at most 3.
    """
    for number in re.findall(r"(?<![\w-])\d{12}(?![\w-])", text):
        person, company = number[4] in "0123" and number[6] == "0", number[4] == "9"
        if not person and not company:
            return f"{number} is not marked as synthetic"
        if check_digit(number[:11]) != int(number[11]):
            return f"{number} has a wrong check digit"
    return None


def refused_as_expected(schema, sample):
    expected = re.search(r"<!-- expect: (.+?) -->", sample.read_text(encoding="utf-8"))
    if not expected:
        return "no <!-- expect: TEXT --> in the file"
    code, text = xmllint(schema, sample)
    if code not in (INVALID, INVALID_INTERNAL):
        return f"must be refused (xmllint {code}): {text}"
    # xmllint lists several errors when one causes the next; the first is the one that counts.
    if expected[1] not in text.splitlines()[0]:
        return f"refused for another reason: {text}"
    return None


def check_samples(tally):
    folders = {path.name for path in (HERE / "samples").iterdir() if path.is_dir()}
    tally.check("sample folders", None if folders == set(SAMPLES) else f"{sorted(folders)} is not {sorted(SAMPLES)}")
    for folder, schema in SAMPLES.items():
        schema = SCHEMAS / schema
        for verdict in ("valid", "invalid"):
            samples = sorted((HERE / "samples" / folder / verdict).glob("*.xml"))
            tally.check(f"samples/{folder}/{verdict}", None if samples else "no samples")
            for sample in samples:
                name = f"{folder}/{verdict}/{sample.name}"
                if verdict == "valid":
                    validate(name, schema, sample, tally)
                else:
                    tally.check(name, refused_as_expected(schema, sample))
                tally.check(f"numbers: {name}", numbers_are_synthetic(sample.read_text(encoding="utf-8")))


# ---- the WSDL

def serve_sync_channel():
    """The sync folder at ?wsdl, ?wsdl=NAME and ?xsd=NAME with addresses rewritten, as the gateway serves it."""
    folder = SCHEMAS / "shep-sync/v10"

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            base = f"http://{self.headers['Host']}{url.path}"
            kind, _, name = url.query.partition("=")
            file = folder / Path(name or "SyncChannelHttp_Service.wsdl").name
            if file.suffix != f".{kind}" or not file.is_file():
                self.send_error(404)
                return
            text = re.sub(r'(schemaLocation|location)="([^":/]+\.(wsdl|xsd))"',
                          lambda m: f'{m[1]}="{base}?{m[3]}={m[2]}"', file.read_text(encoding="utf-8"))
            text = re.sub(r'(<soap:address location=)"[^"]*"', lambda m: f'{m[1]}"{base}"', text)
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode("utf-8"))

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/bip-sync-wss-gost/"


def zeep_agrees(location, address, tally, name):
    """zeep reads the WSDL, shows the operation, and composes a request that the XSD accepts."""
    try:
        client = zeep.Client(location)
        service = client.wsdl.services["ISyncChannelHttpService"]
        port = service.ports["SyncChannelHttpPort"]
        operations = port.binding.all()
    except Exception as error:  # whatever zeep throws is a finding
        tally.check(name, f"zeep cannot load it: {error!r}")
        return
    tally.check(f"{name}: operations", None if list(operations) == ["SendMessage"] else f"found {list(operations)}")
    operation = operations["SendMessage"]
    facts = {
        "request element": (operation.input.body.qname.text, TYPES + "SendMessage"),
        "request type": (operation.input.body.type.elements[0][1].type.qname.text,
                         "{http://bip.bee.kz/SyncChannel/v10/Types/Request}SyncSendMessageRequest"),
        "response element": (operation.output.body.qname.text, TYPES + "SendMessageResponse"),
        "response type": (operation.output.body.type.elements[0][1].type.qname.text,
                          "{http://bip.bee.kz/SyncChannel/v10/Types/Response}SyncSendMessageResponse"),
        "signature": (re.sub(r"ns\d+:", "", str(operation)),
                      "SendMessage(request: SyncSendMessageRequest) -> response: SyncSendMessageResponse"),
        "faults": (list(operation.faults), ["sendMessageFault"]),
        "soapAction": (operation.soapaction, ""),
        "style": (operation.style, "document"),
        "binding": (port.binding.name.text, "{http://bip.bee.kz/SyncChannel/v10/Interfaces/Binding2}SyncChannelHttpBinding"),
        "binding class": (type(port.binding).__name__, "Soap11Binding"),
        "port type": (port.binding.port_type.name.text, "{http://bip.bee.kz/SyncChannel/v10/Interfaces}ISyncChannel"),
        "address": (port.binding_options["address"], address),
    }
    for fact, (found, expected) in facts.items():
        tally.check(f"{name}: {fact}", None if found == expected else f"{found!r} instead of {expected!r}")

    text = zeep.xsd.AnyObject(zeep.xsd.String(), "<payload/>")
    pair = {"key": "k", "value": "v"}
    envelope = client.create_message(client.service, "SendMessage", request={
        "requestInfo": {"messageId": "1", "serviceId": "DEMO_SERVICE", "messageDate": "2030-01-02T03:04:05+05:00",
                        "sender": {"senderId": "demo-sender"}, "properties": [pair, pair],
                        "sessionId": "{00000000-0000-4000-8000-00000000000a}"},
        "requestData": {"data": text}})
    body = zeep.wsdl.utils.etree.tostring(envelope.find("{*}Body")[0])
    validate(f"{name}: request composed by zeep", SCHEMAS / SAMPLES["shep-sync"], body, tally)


def check_wsdl(tally):
    if zeep is None:
        tally.skip("WSDL from disk and over HTTP", "zeep cannot be imported by " + sys.executable)
        return
    zeep_agrees(str(SCHEMAS / "shep-sync/v10/SyncChannelHttp_Service.wsdl"),
                "http://localhost:8080/bip-sync-wss-gost/", tally, "WSDL from disk")
    server, address = serve_sync_channel()
    zeep_agrees(address + "?wsdl", address, tally, "WSDL over HTTP")
    server.shutdown()


def main():
    tally = Tally()
    if shutil.which("xmllint"):
        check_files(tally)
        check_samples(tally)
        check_wsdl(tally)
    else:
        tally.skip("everything", "xmllint is not installed")
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
