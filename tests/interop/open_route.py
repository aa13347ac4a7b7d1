"""A gateway whose GBDUL route also takes unsigned requests of one sender: SOAP clients without WS-Security can talk to it."""
from gateway import Gateway

SENDER = "client"
PASSWORD = "client-test-password"

TOML = f"""
[[sender]]
id = "{SENDER}"
password = "{PASSWORD}"
services = ["GbdulInfoByBin_v2"]

[[route]]
service = "GbdulInfoByBin_v2"
sender = "{SENDER}"
system = "S04"
signature = "optional"
key = "certs/keys/gbdul.p12"
password_file = "certs/keys/password"
"""


def open_gateway():
    return Gateway(TOML)
