"""Row B5: a gateway with 100 000 mappings over 1 000 serviceIds beside one with ten, each a whole unsigned round trip over HTTP."""
import json
import shutil
import statistics
import subprocess

from measured_server import BUILD, SHEPSIM, Server, cpu_seconds, row, serve

SERVICES, EACH, FEW = 1_000, 100, 10
BODIES = 500
ENVELOPE = ('<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body><ns2:SendMessage xmlns:ns2="http://bip.bee.kz/SyncChannel/v10/Types">'
            "<request><requestInfo><messageId>00000000-0000-4000-8000-000000000001</messageId><serviceId>{service}</serviceId>"
            "<messageDate>2030-01-02T03:04:05.678+05:00</messageDate><sender><senderId>bench</senderId></sender></requestInfo><requestData><data>"
            '<b:Request xmlns:b="urn:bench"><iin>{iin}</iin></b:Request></data></requestData></request></ns2:SendMessage></soap:Body></soap:Envelope>')


def service_of(number):
    return f"BENCH_{number:04}"


def iin_of(number):
    return f"{900_101_000_000 + number}"


def mapping(service, number):
    return {"name": f"person {number}", "request": {"shep": {"serviceId": {"equalTo": service}},
                                                    "bodyPatterns": [{"matchesXPath": {"expression": "//iin", "equalTo": iin_of(number)}}]},
            "response": {"body": f"<b:Response xmlns:b='urn:bench'><iin>{{{{xPath '//iin'}}}}</iin><number>{number}</number></b:Response>",
                         "transformers": ["response-template"], "shep": {"statusCode": "SCSS001", "carrier": "child_element"}}}


def root_with(folder, services, each):
    subprocess.run([SHEPSIM, "init", folder], check=True, stderr=subprocess.DEVNULL)
    shutil.rmtree(folder / "mappings")
    (folder / "mappings").mkdir()
    with open(folder / "shepsim.toml", "a", encoding="utf-8") as toml:
        toml.write('\n[[sender]]\nid = "bench"\nservices = ["*"]\n')
        for number in range(services):
            toml.write(f'[[route]]\nservice = "{service_of(number)}"\nsignature = "optional"\n')
    for number in range(services):
        made = {"mappings": [mapping(service_of(number), of) for of in range(each)]}
        (folder / f"mappings/{service_of(number)}.json").write_text(json.dumps(made), encoding="utf-8")


def bodies_for(folder, services, each):
    folder.mkdir()
    made = []
    for turn in range(BODIES):  # a prime step, so that services and numbers are all visited in no order
        file = folder / f"{turn}.xml"
        file.write_text(ENVELOPE.format(service=service_of(turn * 7919 % services), iin=iin_of(turn * 31 % each)), encoding="utf-8")
        made.append(file)
    return made


def measure(results, folder, seconds, runs):
    root_with(folder / "few", 1, FEW)
    root_with(folder / "many", SERVICES, EACH)
    few_bodies, many_bodies = bodies_for(folder / "few-bodies", 1, FEW), bodies_for(folder / "many-bodies", SERVICES, EACH)
    few = Server(serve(folder / "few"))
    small_start = cpu_seconds(few.process.pid)
    many = Server(serve(folder / "many"))
    loading = cpu_seconds(many.process.pid) - small_start
    costs = {"few": [], "many": []}
    few.per_request(few_bodies, seconds)
    many.per_request(many_bodies, seconds)
    for _ in range(runs):
        costs["few"].append(few.per_request(few_bodies, seconds)[0])
        costs["many"].append(many.per_request(many_bodies, seconds)[0])
    few.stop()
    many.stop()
    of_few, of_many = statistics.median(costs["few"]), statistics.median(costs["many"])
    ratio = of_many / of_few
    row(results, "B5", f"unsigned with {SERVICES * EACH} mappings: {of_many:.1f} us CPU; with {FEW}: {of_few:.1f} us", f"{ratio:.2f} x", "1.2 x", ratio <= 1.2)
    row(results, "B5", f"loading them: {loading:.2f} s of CPU until ready, over a start with {FEW}", f"{loading:.2f} s", "3 s", loading <= 3, key="B5 load")
    lines = subprocess.run(["taskset", "-c", "0", BUILD / "tests/bench/bench_mock_index"], capture_output=True, text=True, check=True).stdout
    print("".join(f"     engine alone: {line}\n" for line in lines.splitlines()), end="", flush=True)
    results["B5 rounds"] = costs
