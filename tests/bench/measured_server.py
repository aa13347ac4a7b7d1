"""A server on core 0 under closed-loop load from core 1, and the CPU time that one request costs it."""
import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build/bench"
SHEPSIM = BUILD / "shepsim"
# One client address stands for many: the limit for one address is not what is measured.
os.environ["SHEPSIM_LISTEN_CONNECTIONS_PER_ADDRESS"] = "1024"
TICK = os.sysconf("SC_CLK_TCK")
# Requests that take turns: wrk reads the list of their files once, then sends one after the other.
POST = """
local bodies, turn = {{}}, 0
for name in io.lines("{listing}") do
  local f = io.open(name, "rb")
  bodies[#bodies + 1] = f:read("*a")
  f:close()
end
function request()
  turn = turn % #bodies + 1
  return wrk.format("POST", nil, {{["Content-Type"] = "text/xml"}}, bodies[turn])
end
done = function(s) io.write("DONE ", s.requests, " ", s.errors.status, "\\n") end
"""


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_kib(pid):
    return int(next(line for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")).split()[1])


class Server:
    def __init__(self, command):
        self.process = subprocess.Popen(["taskset", "-c", "0", *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().strip().rsplit(":", 1)[-1].split()[-1])

    def per_request(self, bodies, seconds, connections=64):
        """CPU microseconds per request, and requests per second."""
        listing = BUILD / "bodies.txt"
        listing.write_text("".join(f"{body}\n" for body in bodies), encoding="utf-8")
        script = BUILD / "post.lua"
        script.write_text(POST.format(listing=listing), encoding="utf-8")
        before = cpu_seconds(self.process.pid)
        out = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{self.port}/bip-sync-wss-gost/"],
                             capture_output=True, text=True, check=True).stdout
        spent = cpu_seconds(self.process.pid) - before
        done, errors = map(int, next(line for line in out.splitlines() if line.startswith("DONE")).split()[1:])
        if errors:
            raise SystemExit(f"bench: {errors} of {done} answers were errors")
        return spent / done * 1e6, done / seconds

    def stop(self):
        self.process.terminate()
        self.process.wait()


def serve(folder, *flags):
    return [SHEPSIM, "serve", "--root", folder, "--port", "0", "--admin-port", "0", "--threads", "1", "--log-level", "error", *flags]


def row(results, name, figure, ratio, goal, ok, key=None):
    results[key or name] = {"figure": figure, "ratio": ratio, "goal": goal, "met": ok}
    print(f"{name:<4} {figure:<78} {ratio:<10} goal {goal:<22} {'met' if ok else 'MISSED'}", flush=True)
