"""What the contract check of a route costs: the same signed GBDFL request with `contract` off, warn and enforce, side by side."""
import statistics
import subprocess

from measured_server import SHEPSIM, Server, serve

SERVICE = 'service = "GBDFL_UniversalServiceSync"'


def root_with(folder, mode):
    subprocess.run([SHEPSIM, "init", folder], check=True, stderr=subprocess.DEVNULL)
    toml = folder / "shepsim.toml"
    text = toml.read_text(encoding="utf-8")
    assert SERVICE in text
    toml.write_text(text.replace(SERVICE, f'{SERVICE}\ncontract = "{mode}"'), encoding="utf-8")


def signed_request(folder):
    keys = folder / "certs/keys"
    made = folder.parent / f"{folder.name}.xml"
    request = folder / "demo/gbdfl/by-iin.xml"
    made.write_bytes(subprocess.run([SHEPSIM, "sign", request, "--key", keys / "pep.p12", "--password-file", keys / "password"], capture_output=True, check=True).stdout)
    return made


def measure(results, folder, seconds, runs):
    servers, bodies, costs = {}, {}, {}
    for mode in ("off", "warn", "enforce"):
        root_with(folder / f"contract-{mode}", mode)
        bodies[mode] = [signed_request(folder / f"contract-{mode}")]
        servers[mode] = Server(serve(folder / f"contract-{mode}"))
        costs[mode] = []
        servers[mode].per_request(bodies[mode], seconds)
    for _ in range(runs):
        for mode, server in servers.items():
            costs[mode].append(server.per_request(bodies[mode], seconds)[0])
    for server in servers.values():
        server.stop()
    medians = {mode: statistics.median(values) for mode, values in costs.items()}
    print("     contract check of a signed GBDFL exchange: " + ", ".join(f"{mode} {cost:.0f} us CPU" for mode, cost in medians.items()), flush=True)
    results["contract"] = costs
