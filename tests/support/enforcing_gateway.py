"""A gateway that holds the business data of one service against their schemas and refuses what departs."""
import unittest

from gateway import Gateway


class EnforcingGateway(unittest.TestCase):
    """`enforced` names the service."""
    enforced = ""

    @classmethod
    def setUpClass(cls):
        cls.gateway = Gateway()
        toml = cls.gateway.root / "shepsim.toml"
        text = toml.read_text(encoding="utf-8")
        route = f'service = "{cls.enforced}"'
        assert route in text
        toml.write_text(text.replace(route, route + '\ncontract = "enforce"'), encoding="utf-8")
        cls.gateway.start()

    @classmethod
    def tearDownClass(cls):
        assert cls.gateway.stop() == 0
