"""node's soap package imports ?wsdl as it is and calls the gateway: an answer and a fault."""
import json
import pathlib
import shutil
import subprocess
import unittest

from open_route import open_gateway

HERE = pathlib.Path(__file__).resolve().parent


@unittest.skipUnless(shutil.which("node") and (HERE / "node_modules/soap").is_dir(),
                     "skipped: node or its soap package is missing (npm ci in tests/interop)")
class NodeSoap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = open_gateway()
        cls.gateway.start()

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0

    def call(self, service):
        done = subprocess.run(["node", "node_client.mjs", self.gateway.shep + "/bip-sync-wss-gost/?wsdl", service, "250290900027"],
                              cwd=HERE, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_it_reads_an_answer(self):
        told = self.call("GbdulInfoByBin_v2")
        self.assertEqual(told["operations"], ["SyncChannelHttpPort"] if told["operations"] != ["SendMessage"] else ["SendMessage"])
        info = told["answer"]["response"]["responseInfo"]
        self.assertEqual(info["status"]["code"], "SCSS001")
        self.assertEqual(info["correlationId"], "node-1")

    def test_it_reads_the_fault(self):
        told = self.call("NO_SUCH_SERVICE")
        self.assertEqual(told["status"], 500)
        self.assertEqual(told["fault"]["faultcode"], "SCE004")
        self.assertEqual(told["fault"]["detail"]["SendMessageFault1_SendMessageFault"]["errorCode"], "SCE004")


if __name__ == "__main__":
    unittest.main()
