"""xmlsec1 verifies what we sign, and we verify what xmlsec1 signs."""
import shutil
import subprocess
import unittest

from gateway import Gateway, request, shepsim

COMPANY = '<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>250290900027</BIN></g:Request>'
SOAP_BODY = "http://schemas.xmlsoap.org/soap/envelope/:Body"
TEMPLATE = """<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{c14n}"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="{uri}"><ds:Transforms>{transforms}</ds:Transforms>
<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>
<ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>"""
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"


@unittest.skipUnless(shutil.which("xmlsec1") and shutil.which("openssl"), "skipped: xmlsec1 or openssl is not installed")
class Xmlsec1(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = Gateway()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root.folder)

    def file(self, name, text):
        path = self.root.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def xmlsec1(self, *arguments):
        return subprocess.run(["xmlsec1", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)

    def trusted(self):
        return ["--trusted-pem", self.root.root / "certs/trusted/root.pem", "--untrusted-pem", self.root.root / "certs/trusted/issuing.pem"]

    def test_it_verifies_our_message(self):
        for profile in ("wsse", "wsse-issuer-serial"):
            text = self.root.sign(request(payload=COMPANY), "pep", "--profile", profile)
            # The certificate is handed over: xmlsec1 knows neither KeyIdentifier nor our store.
            done = self.xmlsec1("--verify", "--id-attr:Id", SOAP_BODY, "--pubkey-cert-pem", self.root.root / "certs/known/pep.pem",
                                "--enabled-key-data", "rsa", self.file("ours.xml", text))
            self.assertEqual(done.returncode, 0, done.stderr)
            done = self.xmlsec1("--verify", "--id-attr:Id", SOAP_BODY, "--pubkey-cert-pem", self.root.root / "certs/known/pep.pem",
                                "--enabled-key-data", "rsa", self.file("changed.xml", text.replace("250290900027", "250290900028")))
            self.assertNotEqual(done.returncode, 0)

    def test_it_verifies_our_enveloped_signature(self):
        documents = (COMPANY, '<a xmlns="urn:a" xml:lang="kk"><!-- note --><b x="&#13;&#9;"/>ҮЛГІ</a>', "<a/>")
        for number, document in enumerate(documents):
            done = shepsim("sign", "-", "--profile", "enveloped", *self.root.key("citizen"), stdin=document)
            self.assertEqual(done.returncode, 0, done.stderr)
            checked = self.xmlsec1("--verify", *self.trusted(), self.file(f"enveloped-{number}.xml", done.stdout))
            self.assertEqual(checked.returncode, 0, checked.stderr + done.stdout)

    def pem_key(self, name):
        pem = self.root.folder / f"{name}.pem"
        done = subprocess.run(["openssl", "pkcs12", "-in", self.root.root / f"certs/keys/{name}.p12", "-passin",
                               f"file:{self.root.root / 'certs/keys/password'}", "-nodes", "-nocerts", "-out", pem],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return f"{pem},{self.root.root / f'certs/known/{name}.pem'}"

    def signed_by_it(self, text, *arguments):
        done = self.xmlsec1("--sign", "--privkey-pem", self.pem_key("pep"), *arguments, self.file("template.xml", text))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def verified_by_us(self, text):
        done = shepsim("verify", "-", *self.root.trust(), stdin=text)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_we_verify_its_enveloped_signature(self):
        for c14n in (INCLUSIVE, INCLUSIVE + "#WithComments", EXCLUSIVE):
            transforms = f'<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="{c14n}"/>'
            for signed_info in (INCLUSIVE, EXCLUSIVE):
                template = TEMPLATE.format(c14n=signed_info, uri="", transforms=transforms)
                text = self.signed_by_it(f'<p:a xmlns:p="urn:p" xmlns:unused="urn:u" xml:lang="ru"><!-- c --><p:b z="1" a="2">ПРОБНЫЙ</p:b>{template}</p:a>')
                self.verified_by_us(text)

    def test_we_verify_its_message_with_a_prefix_list(self):
        lists = ("", '<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="soap xs"/>')
        for prefixes in lists:
            transforms = f'<ds:Transform Algorithm="{EXCLUSIVE}">{prefixes}</ds:Transform>'
            template = TEMPLATE.format(c14n=EXCLUSIVE, uri="#b1", transforms=transforms)
            secext = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
            utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
            text = request(payload=COMPANY).replace("<soap:Body>", f'<soap:Body xmlns:wsu="{utility}" wsu:Id="b1">')
            text = text.replace("<soap:Envelope ", '<soap:Envelope xmlns:xs="http://www.w3.org/2001/XMLSchema" ')
            text = text.replace("<soap:Header/>", f'<soap:Header><wsse:Security xmlns:wsse="{secext}">{template}</wsse:Security></soap:Header>')
            self.verified_by_us(self.signed_by_it(text, "--id-attr:Id", SOAP_BODY))


if __name__ == "__main__":
    unittest.main()
