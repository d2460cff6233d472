"""What the extension promises under PHP-FPM (R39, R86, R87, R103): promises.py MODULE.so

Each function named after a promise is one; it fails by an exception. All of them share one sandbox and one PHP-FPM.
"""

import base64
import collections
import concurrent.futures
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse

from servers import PhpFpm, Refused, Sandbox, find_php, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
APP = os.path.join(HERE, "app.php")
PRELOAD = os.path.join(HERE, "preload.php")
WORKERS = 4
AT_ONCE = 8
POOLS = {
    "shop": {"pm.max_children": WORKERS},
    "lone": {"pm.max_children": 1},
    "strict": {"pm.max_children": 1, "request_terminate_timeout": "1s"},
}


class Shop:
    def __init__(self, module, folder):
        self.module = os.path.abspath(module)
        self.folder = folder
        self.sandbox = Sandbox(os.path.join(folder, "sandbox"))
        self.environment = {"BONUSPAY_TEST_OPTIONS": json.dumps(self.sandbox.options())}
        self.fpm = self.start("fpm", POOLS)
        self.running = [self.fpm]

    def start(self, name, pools, *definitions, user=None):
        definitions = ["extension=" + self.module, "memory_limit=64M", "display_errors=0", "log_errors=1", *definitions]
        return PhpFpm(os.path.join(self.folder, name), pools, definitions, self.environment, user)

    def common_user(self):
        """Where this is root: a user who is not, if the extension can be read by that one."""
        if os.geteuid() != 0:
            return None
        try:
            user = pwd.getpwnam("nobody")
            shown = subprocess.run([find_php(), "-n", "-d", "extension=" + self.module, "--ri", "bonuspay"],
                                   user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/", capture_output=True)
            readable = subprocess.run(["cat", APP, PRELOAD], user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/",
                                      capture_output=True)
        except (KeyError, OSError):
            return None
        return user if shown.returncode == 0 and readable.returncode == 0 else None

    def stop(self):
        self.fpm.stop()
        self.sandbox.stop()

    def send(self, do, pool="shop", fpm=None, **parameters):
        query = urllib.parse.urlencode({"do": do, **parameters})
        return (fpm or self.fpm).request(pool, APP, query)

    def ask(self, do, pool="shop", fpm=None, **parameters):
        answer = self.send(do, pool, fpm, **parameters)
        assert answer.status == 200 and answer.body, (answer.status, answer.body, answer.stderr)
        return json.loads(answer.body)

    def place(self, number, at, **more):
        """Places one order whose answer must be its own."""
        amount = "%d.%02d" % (10 + at, at % 100)
        told = self.ask("place", no=number, amount=amount, **more)
        expected = {"no": number, "reserved": "for " + number, "state": "pending"}
        assert {name: told.get(name) for name in expected} == expected, told
        assert float(told["amount"]) == float(amount), (amount, told)
        return told

    def place_many(self, numbers, **more):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(lambda numbered: self.place(numbered[1], numbered[0], **more), enumerate(numbers)))

    def works(self):
        """The whole pool answers, and every worker in it does."""
        told = self.place_many([fresh() for _ in range(3 * AT_ONCE)])
        assert len({one["order"] for one in told}) == len(told)

    def calls(self, path="crypto/placeOrder"):
        """The journal's calls to a path: (connection, bizContent, entry)."""
        found = []
        for entry in self.sandbox.control("GET", "journal")["journal"]:
            if entry["path"] == path and entry["request_body_base64"]:
                sent = json.loads(base64.b64decode(entry["request_body_base64"]))["bizContent"]
                found.append((entry["connection"], sent, entry))
        return found

    def forget_calls(self):
        self.sandbox.control("DELETE", "journal")

    def orders(self, number=None):
        orders = self.sandbox.control("GET", "orders")["orders"]
        return [order for order in orders if number in (None, order["merchantOrderNo"])]

    def fault(self, name, path="crypto/placeOrder"):
        self.sandbox.control("POST", "faults", {"path": path, "fault": name})

    def fault_is_met(self):
        wait_for("a call meets the fault", lambda: not self.sandbox.control("GET", "state")["faults"])

    def workers(self, pool="shop", fpm=None):
        master = (fpm or self.fpm).process.pid
        found = []
        with open("/proc/%d/task/%d/children" % (master, master), encoding="ascii") as file:
            children = file.read().split()
        for child in children:
            try:
                with open("/proc/%s/cmdline" % child, "rb") as file:
                    name = file.read().replace(b"\0", b" ").decode().strip()
            except OSError:
                continue
            if name.endswith("pool " + pool):
                found.append(int(child))
        return found

    def descriptors(self, pool="shop"):
        """How many files and sockets each worker holds at rest: it closes a request's a little after its answer."""
        least = {}
        for _ in range(5):
            for pid in self.workers(pool):
                count = len(os.listdir("/proc/%d/fd" % pid))
                least[pid] = min(count, least.get(pid, count))
            time.sleep(0.02)
        return least


COUNT = [0]
COUNTING = threading.Lock()


def fresh():
    with COUNTING:
        COUNT[0] += 1
        return "fpm-%d-%d" % (os.getpid(), COUNT[0])


def workers_by_connection(calls):
    workers = collections.defaultdict(set)
    for connection, sent, _ in calls:
        workers[connection].add(sent["subject"])
    return workers


def refused_or_answered(send):
    """Gives the answer, or None for a request that the server closed or failed cleanly."""
    try:
        return send()
    except Refused:
        return None


def orders_of_all_workers_stay_apart(shop):
    shop.forget_calls()
    numbers = [fresh() for _ in range(240)]
    told = shop.place_many(numbers)
    assert len({one["order"] for one in told}) == len(numbers), "an order number came twice"
    assert len({one["pid"] for one in told}) == WORKERS, "not all workers took part"

    calls = shop.calls()
    assert sorted(sent["merchantOrderNo"] for _, sent, _ in calls) == sorted(numbers), "not each order was sent once"
    workers = workers_by_connection(calls)
    assert all(len(sharing) == 1 for sharing in workers.values()), "a connection served two workers: %s" % workers
    assert len(workers) == WORKERS, "%d connections for %d workers" % (len(workers), WORKERS)
    made = collections.Counter(order["merchantOrderNo"] for order in shop.orders())
    assert all(made[number] == 1 for number in numbers), "an order is missing or doubled"
    return "%d orders, %d workers, %d connections" % (len(numbers), WORKERS, len(workers))


def a_reload_under_load_loses_and_doubles_nothing(shop):
    shop.forget_calls()
    before = set(shop.workers())
    numbers = [fresh() for _ in range(240)]
    told = {}
    reload_at = threading.Semaphore(0)

    def place(numbered):
        at, number = numbered
        told[number] = refused_or_answered(lambda: shop.place(number, at))
        reload_at.release()

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
        placing = [threads.submit(place, numbered) for numbered in enumerate(numbers)]
        for _ in range(60):
            reload_at.acquire()
        ready = shop.fpm.reload()
        for one in placing:
            one.result()
    shop.fpm.await_ready(ready)

    sent = collections.Counter(sent["merchantOrderNo"] for _, sent, _ in shop.calls())
    made = collections.Counter(order["merchantOrderNo"] for order in shop.orders())
    for number in numbers:
        assert made[number] <= 1 and sent[number] <= 1, "%s was doubled" % number
        assert told[number] is None or made[number] == 1, "%s was told and is not there" % number
    refused = sum(one is None for one in told.values())
    assert refused <= AT_ONCE, "%d requests refused" % refused
    wait_for("new workers", lambda: len(shop.workers()) == WORKERS)
    assert not before & set(shop.workers()), "an old worker lives on"
    shop.works()
    return "%d orders, %d refused" % (len(numbers), refused)


def a_call_in_flight_survives_a_reload(shop):
    number = fresh()
    shop.fault("stall")
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        begun = time.monotonic()
        placing = threads.submit(shop.ask, "place", no=number, subject="one", timeout=1000)
        shop.fault_is_met()
        ready = shop.fpm.reload()
        told = placing.result()
    took = time.monotonic() - begun
    # The signal that ends the worker neither broke the call off nor made it anything but what it is.
    assert told.get("exception") == "BonusPay\\Exception\\TimeoutException" and told["outcome"] == "unknown", told
    assert took > 0.9, "it ended after %.1f s" % took
    shop.fpm.await_ready(ready)
    assert shop.ask("get", no=number)["code"] == "77004"
    repeats_make_no_second_order(shop, number)
    return "%.1f s" % took


def kill_in_mid_call(shop, fault):
    """Kills the worker that meets the fault while it places an order; gives the order's number."""
    number = fresh()
    shop.fault(fault)
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        placing = threads.submit(refused_or_answered, lambda: shop.send("place", pool="lone", no=number, subject="one"))
        shop.fault_is_met()
        if fault == "drip":
            wait_for("the work is done", lambda: shop.orders(number))
        [worker] = shop.workers("lone")
        os.kill(worker, signal.SIGKILL)
        assert placing.result() is None, "a killed worker answered"
    wait_for("another worker", lambda: shop.workers("lone") not in ([], [worker]))
    return number


def repeats_make_no_second_order(shop, number):
    orders = {shop.ask("place", no=number, subject="one")["order"] for _ in range(3)}
    assert len(orders) == 1 and len(shop.orders(number)) == 1, "a second order for %s" % number
    assert shop.ask("get", no=number)["order"] in orders


def a_worker_killed_before_the_work_is_replaced(shop):
    number = kill_in_mid_call(shop, "stall")
    told = shop.ask("get", pool="lone", no=number)
    assert told.get("code") == "77004" and told["outcome"] == "rejected", told
    assert not shop.orders(number)
    repeats_make_no_second_order(shop, number)
    shop.works()


def a_worker_killed_after_the_work_leaves_one_order(shop):
    number = kill_in_mid_call(shop, "drip")
    told = shop.ask("get", pool="lone", no=number)
    assert told.get("no") == number and told["state"] == "pending", told
    repeats_make_no_second_order(shop, number)
    shop.works()


def an_exhausted_memory_limit_leaves_the_pool_healthy(shop):
    before = shop.descriptors()
    for _ in range(2 * WORKERS):
        for where in ("exhaust-after", "exhaust-within"):
            answer = shop.send(where, no=fresh())
            assert answer.status == 500 and b"order" not in answer.body, (where, answer.body)
    shop.works()
    after = shop.descriptors()
    assert after == before, "a worker died of it, or holds more: %s, %s" % (before, after)


def an_expired_time_limit_leaves_the_pool_healthy(shop):
    before = shop.descriptors()
    answer = shop.send("spin-within", no=fresh())
    assert answer.status == 500 and b"order" not in answer.body, answer.body
    shop.works()
    after = shop.descriptors()
    assert after == before, "a worker died of it, or holds more: %s, %s" % (before, after)


def an_exit_inside_a_request_leaves_the_pool_healthy(shop):
    before = shop.descriptors()
    for _ in range(2 * WORKERS):
        for where in ("exit-after", "exit-within", "exit-late"):
            assert shop.ask(where, no=fresh())["exit"] is True
    shop.works()
    after = shop.descriptors()
    assert after == before, "a worker died of it, or holds more: %s, %s" % (before, after)


def a_request_cut_off_by_fpm_leaves_the_pool_healthy(shop):
    number = fresh()
    [before] = shop.workers("strict")
    shop.fault("stall")
    begun = time.monotonic()
    answer = refused_or_answered(lambda: shop.send("place", pool="strict", no=number, subject="one"))
    took = time.monotonic() - begun
    assert answer is None or answer.status != 200, answer.body
    assert took < 5, "it was cut off after %.1f s" % took
    wait_for("another worker", lambda: shop.workers("strict") not in ([], [before]))
    assert shop.ask("get", pool="strict", no=number)["code"] == "77004"
    assert shop.ask("place", pool="strict", no=number, subject="one")["no"] == number
    repeats_make_no_second_order(shop, number)
    shop.works()
    return "after %.1f s" % took


def a_client_made_while_preloading_is_shared_by_no_worker(shop):
    shop.forget_calls()
    definitions = ["zend_extension=opcache", "opcache.preload=" + PRELOAD]
    # Under root, PHP preloads in a child process; what matters here is a client in the master.
    user = shop.common_user()
    if os.geteuid() == 0 and not user:
        definitions.append("opcache.preload_user=root")
    preloaded = shop.start("preload", {"shop": {"pm.max_children": WORKERS}}, *definitions, user=user)
    try:
        told = shop.place_many([fresh() for _ in range(15 * AT_ONCE)], fpm=preloaded)
        assert len({one["pid"] for one in told}) == WORKERS
        workers = workers_by_connection(shop.calls())
        assert all(len(sharing) == 1 for sharing in workers.values()), "a connection is shared: %s" % workers
        [preloader] = [one for sharing in workers.values() for one in sharing if one.startswith("preloader")]
        in_master = preloader == "preloader %d" % preloaded.process.pid
        assert in_master or not user and os.geteuid() == 0, "%s is not the master, %d" % (preloader, preloaded.process.pid)
        assert len(workers) == WORKERS + 1, "%d connections" % len(workers)

        preloaded.await_ready(preloaded.reload())
        wait_for("new workers", lambda: len(shop.workers(fpm=preloaded)) == WORKERS)
        shop.place_many([fresh() for _ in range(3 * AT_ONCE)], fpm=preloaded)
        workers = workers_by_connection(shop.calls())
        assert all(len(sharing) == 1 for sharing in workers.values()), "a connection is shared: %s" % workers
    finally:
        preloaded.stop()
    where = "in the master" if in_master else "in a child of the master (root preloads there)"
    return "made %s; %d connections, %d of them the workers'" % (where, WORKERS + 1, WORKERS)


def a_worker_grows_no_heavier(shop):
    number = fresh()
    shop.ask("place", pool="lone", no=number)
    [worker] = shop.workers("lone")

    def weigh(times):
        for _ in range(times):
            told = shop.ask("weigh", pool="lone", no=number)
            assert told["pid"] == worker
        return told["resident_kib"]

    first = weigh(50)
    last = weigh(500)
    assert last - first < 5 * 1024, "from %d to %d KiB" % (first, last)
    return "%d KiB, after 500 more requests %d KiB" % (first, last)


PROMISES = [
    orders_of_all_workers_stay_apart,
    a_reload_under_load_loses_and_doubles_nothing,
    a_call_in_flight_survives_a_reload,
    a_worker_killed_before_the_work_is_replaced,
    a_worker_killed_after_the_work_leaves_one_order,
    an_exhausted_memory_limit_leaves_the_pool_healthy,
    an_expired_time_limit_leaves_the_pool_healthy,
    an_exit_inside_a_request_leaves_the_pool_healthy,
    a_request_cut_off_by_fpm_leaves_the_pool_healthy,
    a_client_made_while_preloading_is_shared_by_no_worker,
    a_worker_grows_no_heavier,
]


def main():
    folder = tempfile.mkdtemp(prefix="bonuspay-fpm-")
    shop = Shop(sys.argv[1], folder)
    failed = 0
    try:
        for promise in PROMISES:
            begun = time.monotonic()
            try:
                note = promise(shop)
                verdict = "ok"
            except Exception:  # whatever it is, the other promises are still of interest
                traceback.print_exc()
                note, verdict = None, "FAILED"
                failed += 1
                shop.sandbox.control("DELETE", "faults")
            took = time.monotonic() - begun
            print("%-6s %s%s (%.1f s)" % (verdict, promise.__name__.replace("_", " "), ": " + note if note else "", took), flush=True)
        if failed:
            sys.stderr.write(shop.fpm.events())
    finally:
        shop.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print("%d passed, %d failed" % (len(PROMISES) - failed, failed))
    return 1 if failed else 0


sys.exit(main())
