"""The extension beside what a plugin author writes with PHP's own means: run.py MODULE.so

See ../README.md for what each row means.
"""

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "php", "fpm"))

from servers import PhpFpm, Refused, Sandbox, find_php, php_config, wait_for  # noqa: E402  (found by the path above)

ROUNDS = 21
WORKERS = 4
ONE_WAY = 0.020
PLACE = os.path.join(HERE, "place.php")


class DelayingProxy:
    """Forwards to an address, each way later by ONE_WAY. The kernel accepts a loopback connection at once; with
    handshake, what a client says first is late by a round trip more, as it would be if connecting had taken one."""

    def __init__(self, host, port, handshake):
        self.upstream = (host, port)
        self.handshake = handshake
        self.port = None
        self.loop = asyncio.new_event_loop()
        listening = threading.Event()
        threading.Thread(target=self.loop.run_until_complete, args=(self.serve(listening),), daemon=True).start()
        listening.wait()

    async def serve(self, listening):
        server = await asyncio.start_server(self.join, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        listening.set()
        await server.serve_forever()

    async def join(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection(*self.upstream)
        answered = asyncio.Event()
        await asyncio.gather(self.pump(reader, far_writer, None, answered), self.pump(far_reader, writer, answered, answered))

    async def pump(self, reader, writer, answers, answered):
        """Whatever comes is written ONE_WAY later, in order, while more is read."""
        queue = asyncio.Queue()

        async def write():
            while True:
                due, data = await queue.get()
                await asyncio.sleep(due - self.loop.time())
                if not data:
                    writer.close()
                    return
                writer.write(data)

        writing = asyncio.create_task(write())
        try:
            while True:
                data = await reader.read(65536)
                late = 2 * ONE_WAY if self.handshake and answers is None and not answered.is_set() else 0
                if answers:
                    answers.set()
                queue.put_nowait((self.loop.time() + ONE_WAY + late, data))
                if not data:
                    break
        except ConnectionError:
            queue.put_nowait((self.loop.time(), b""))
        await writing

    def base_url(self):
        return "https://127.0.0.1:%d/sgs/api/" % self.port


class Table:
    def __init__(self):
        self.lines = ["| | extension | plain PHP | ratio | aim |", "| --- | ---: | ---: | ---: | --- |"]

    def row(self, what, ours, plain="", ratio="", aim=None, **met):
        """met: whether the aim is, by each name under which it is judged."""
        verdicts = [" ".join([name] * (len(met) > 1) + ["met" if is_met else "**missed**"]) for name, is_met in met.items()]
        verdict = "" if aim is None else "%s: %s" % (aim, ", ".join(verdicts))
        self.lines.append("| %s | %s | %s | %s | %s |" % (what, ours, plain, ratio, verdict))


def median_ratio(pairs):
    """The medians of both sides, and the median of the rounds' ratios, the first side to the second."""
    ours, plain = zip(*pairs)
    return statistics.median(ours), statistics.median(plain), statistics.median([a / b for a, b in pairs])


def in_one_process(table, module):
    command = [find_php(), "-n", "-d", "extension=curl", "-d", "extension=" + module, os.path.join(HERE, "process.php"), str(ROUNDS)]
    costs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for name, what, aim in [
        ("notification", "(a) verify and read a notification of 1 KiB", 8),
        ("order", "(b) write and sign a Place Order", 2.5),
        ("bare signing", "signing alone, with a key that stays loaded", None),
    ]:
        ours, plain, ratio = median_ratio(list(zip(costs[name]["ours"], costs[name]["plain"])))
        times = 1 / ratio
        table.row(what, "%.1f µs" % ours, "%.1f µs" % plain, "%.2f × faster" % times, aim and "≥ %s ×" % aim, met=aim and times >= aim)
    return statistics.median(costs["client"]["ours"])


def over_a_network(table, module, folder, sandbox, options):
    host, _, port = sandbox.ready["listening"].rpartition(":")
    far = DelayingProxy(host, int(port), handshake=True)
    near = DelayingProxy(host, int(port), handshake=False)
    # In a pool of "fresh" each request has a new process.
    pools = {"warm": {"pm.max_children": 1}, "fresh": {"pm.max_children": 1, "pm.max_requests": 1}}
    fpm = PhpFpm(os.path.join(folder, "fpm"), pools, ["extension=curl", "extension=" + module], environment(options))
    numbers = iter(range(10**6))

    def place(side, pool, proxy):
        base = proxy.base_url() if proxy else sandbox.ready["base_url"]
        told = ask(fpm, pool, side=side, base=base, no="bench-%d" % next(numbers))
        assert told["address"].startswith("T"), told
        return told

    def compare(what, pool, proxy, aim=None):
        rounds = []
        for _ in range(2 if pool == "warm" else 0):
            place("ours", pool, proxy)
            place("plain", pool, proxy)
        for _ in range(ROUNDS):
            rounds.append((place("ours", pool, proxy), place("plain", pool, proxy)))
        ours, plain, ratio = median_ratio([(a["ms"], b["ms"]) for a, b in rounds])
        table.row(what, "%.1f ms" % ours, "%.1f ms" % plain, "%.2f of its time" % ratio, aim and "≤ %s" % aim, met=aim and ratio <= aim)
        return median_ratio([(a["cpu_ms"], b["cpu_ms"]) for a, b in rounds])

    try:
        ours, plain, ratio = compare("(c) place an order, 40 ms away, later calls of a worker", "warm", far, 0.45)
        first, plain_first, first_ratio = compare("place an order, 40 ms away, a worker's first call", "fresh", far)
        compare("the same as (c), TCP's handshake without delay", "warm", near)
        compare("place an order on loopback without delay, later calls", "warm", None)
        table.row("CPU time of (c)", "%.1f ms" % ours, "%.1f ms" % plain, "%.2f of its time" % ratio)
        table.row("CPU time of a worker's first call", "%.1f ms" % first, "%.1f ms" % plain_first, "%.2f of its time" % first_ratio)
    finally:
        fpm.stop()


def ask(fpm, pool, **parameters):
    def once():
        try:
            return fpm.request(pool, PLACE, urllib.parse.urlencode(parameters))
        except Refused:
            return None  # a process at its end still took the connection
    answer = wait_for("an answer", once)
    try:
        return json.loads(answer.body)
    except ValueError:
        raise AssertionError("%s %s" % (answer.body, answer.stderr)) from None


def start_up(table, module):
    """CPU time of a PHP that starts and ends, in milliseconds."""
    def start(*definitions):
        command = [find_php(), "-n", *[part for one in definitions for part in ("-d", one)], "-r", ""]
        process = subprocess.Popen(command)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
        assert status == 0, command
        return 1000 * (used.ru_utime + used.ru_stime)
    sides = [(), ("extension=" + module,), ("extension=curl",)]
    rounds = [[start(*side) for side in sides] for _ in range(2 * ROUNDS + 1)]
    without, ours, curl = (statistics.median(side) for side in zip(*rounds))
    table.row("CPU time of PHP's start (%.1f ms), more by the extension; by curl" % without, "%.1f ms" % (ours - without),
              "%.1f ms" % (curl - without))


def environment(options):
    return {"BONUSPAY_BENCH_OPTIONS": json.dumps(options)}


def weigh(folder, name, extensions, options, side):
    """PSS and RSS of an idle worker in MiB, the mean of the workers, after a request of that side in each."""
    definitions = ["extension=" + extension for extension in extensions]
    fpm = PhpFpm(os.path.join(folder, name), {"shop": {"pm.max_children": WORKERS}}, definitions, environment(options))
    try:
        reached = set()

        def reach_all():
            told = ask(fpm, "shop", side=side, no="bench-%s-%d" % (name, time.monotonic_ns()))
            reached.add(told["pid"])
            return len(reached) == WORKERS
        wait_for("every worker has had a request", reach_all, 30)
        weights = {"Pss": 0, "Rss": 0}
        for pid in reached:
            with open("/proc/%d/smaps_rollup" % pid, encoding="ascii") as file:
                for line in file:
                    if line.split(":")[0] in weights:
                        weights[line.split(":")[0]] += int(line.split()[1]) / 1024 / WORKERS
        return weights["Pss"], weights["Rss"]
    finally:
        fpm.stop()


def memory(table, module, folder, options):
    bare = weigh(folder, "bare", [], options, "none")
    idle = weigh(folder, "idle", [module], options, "none")
    ours = weigh(folder, "ours", [module], options, "ours")
    plain = weigh(folder, "plain", ["curl"], options, "plain")

    def more(weight):
        return "%.1f MiB (RSS %.1f)" % tuple(a - b for a, b in zip(weight, bare))

    def judge(what, weight, beside):
        pss, rss = (a - b <= 3 for a, b in zip(weight, bare))
        table.row(what, more(weight), beside, "", "≤ 3 MiB", PSS=pss, RSS=rss)

    judge("(d) an idle worker's memory (%.1f MiB, RSS %.1f), more by the extension" % bare, idle, "")
    judge("(d) the same after an order, more by the extension; by curl", ours, more(plain))


def main():
    module = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="bonuspay-bench-")
    table = Table()
    sandbox = Sandbox(os.path.join(folder, "sandbox"))
    options = {**sandbox.options(), "ca_file": sandbox.ready["ca_pem"]}
    try:
        client = in_one_process(table, module)
        over_a_network(table, module, folder, sandbox, options)
        table.row("(d) `new Client` in a warm process", "%.1f µs" % client, "", "", "< 20 µs", met=client < 20)
        start_up(table, module)
        memory(table, module, folder, options)
    finally:
        sandbox.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print("PHP %s, %d rounds, medians\n" % (php_config("--version"), ROUNDS))
    print("\n".join(table.lines))


main()
