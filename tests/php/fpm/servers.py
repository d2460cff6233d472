"""The servers of a test: a PHP-FPM with a configuration of its own, and the sandbox."""

import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


def wait_for(what, condition, seconds=5.0):
    """Gives what the condition gives, once that is true."""
    until = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > until:
            raise AssertionError("waited %s s in vain: %s" % (seconds, what))
        time.sleep(0.01)


def php_config(option):
    program = os.environ.get("PHP_CONFIG", "php-config")
    return subprocess.run([program, option], check=True, capture_output=True, text=True).stdout.strip()


def find_php_fpm():
    """The PHP-FPM of the PHP that the extension was built for."""
    version = ".".join(php_config("--version").split(".")[:2])
    prefix = php_config("--prefix")
    tried = [os.environ.get("PHP_FPM"), "php-fpm" + version, "%s/sbin/php-fpm%s" % (prefix, version), "/usr/sbin/php-fpm" + version,
             prefix + "/sbin/php-fpm", "php-fpm"]
    for program in filter(None, tried):
        found = shutil.which(program)
        if found:
            return found
    raise SystemExit("no php-fpm of PHP %s: install it (Debian: php-fpm), or name it in PHP_FPM" % version)


def find_php():
    return os.environ.get("PHP") or php_config("--php-binary") or "php"


class Sandbox:
    def __init__(self, folder):
        program = os.environ.get("BONUSPAY_SANDBOX", os.path.join(ROOT, "target/release/bonuspay-sandbox"))
        command = [program, "--listen", "127.0.0.1:0", "--data", folder, "--tls"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.tls = ssl.create_default_context(cafile=self.ready["ca_pem"])

    def options(self):
        """What `new BonusPay\\Client` takes."""
        def text(name):
            with open(self.ready[name], encoding="ascii") as file:
                return file.read()
        return {
            "environment": "sandbox",
            "base_url": self.ready["base_url"],
            "partner_id": self.ready["partner_id"],
            "private_key": text("merchant_private_key"),
            "public_key": text("gateway_public_key"),
            "ca_pem": text("ca_pem"),
            "total_timeout_ms": 10_000,
        }

    def control(self, method, path, body=None):
        host, _, port = self.ready["listening"].rpartition(":")
        connection = http.client.HTTPSConnection(host, int(port), context=self.tls, timeout=10)
        try:
            connection.request(method, "/sandbox/api/" + path, json.dumps(body) if body is not None else None)
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == 200, "%s %s: %s %s" % (method, path, answer.status, text)
            return json.loads(text)
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Refused(Exception):
    """The server gave no whole answer, or was not there."""


class Answer:
    def __init__(self, stdout, stderr):
        head, _, self.body = stdout.partition(b"\r\n\r\n")
        lines = [line.partition(":") for line in head.decode("latin-1").split("\r\n")]
        self.headers = {name.lower(): value.strip() for name, _, value in lines}
        self.status = int(self.headers.get("status", "200").split()[0])
        self.stderr = stderr.decode("utf-8", "replace")


class PhpFpm:
    """pools: the settings of each pool, by its name. definitions: for every PHP in it, as -d takes them.
    user: an entry of passwd, to run as somebody else."""

    def __init__(self, folder, pools, definitions, environment, user=None):
        os.makedirs(folder, exist_ok=True)
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        as_root = os.geteuid() == 0 and not user
        if user:
            os.chmod(os.path.dirname(folder), 0o711)
            os.chown(folder, user.pw_uid, user.pw_gid)
        self.folder = folder
        self.log = os.path.join(folder, "log")
        config = ["[global]", "error_log = " + self.log, "daemonize = no", "process_control_timeout = 10s"]
        for name, settings in pools.items():
            config += ["[%s]" % name, "listen = " + self.address(name), "clear_env = no", "catch_workers_output = yes"]
            config += ["user = root"] if as_root else []
            config += ["pm = static"] + ["%s = %s" % setting for setting in settings.items()]
        path = os.path.join(folder, "conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(config) + "\n")
        command = [find_php_fpm(), "-n", "-F", "-y", path] + (["-R"] if as_root else [])
        for definition in definitions:
            command += ["-d", definition]
        with open(os.path.join(folder, "stderr"), "wb") as stderr:
            self.process = subprocess.Popen(command, env={**os.environ, **environment}, cwd="/", stdin=subprocess.DEVNULL, stderr=stderr,
                                            **identity)
        self.await_ready(1)

    def address(self, pool):
        return os.path.join(self.folder, pool + ".sock")

    def request(self, pool, script, query="", seconds=20.0):
        """Has a script run. Raises Refused."""
        params = {
            "GATEWAY_INTERFACE": "CGI/1.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REQUEST_METHOD": "GET",
            "SCRIPT_FILENAME": script,
            "SCRIPT_NAME": "/" + os.path.basename(script),
            "QUERY_STRING": query,
            "REQUEST_URI": "/?" + query,
        }
        command = [shutil.which("cgi-fcgi"), "-bind", "-connect", self.address(pool)]
        done = subprocess.run(command, env=params, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
        if done.returncode != 0:
            raise Refused("cgi-fcgi ended with %d: %s" % (done.returncode, done.stderr))
        return Answer(done.stdout, done.stderr)

    def events(self):
        try:
            with open(self.log, encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def times_ready(self):
        """Once, and once more after each reload."""
        return self.events().count("ready to handle connections")

    def await_ready(self, times):
        def ready():
            if self.process.poll() is not None:
                with open(os.path.join(self.folder, "stderr"), encoding="utf-8", errors="replace") as file:
                    raise AssertionError("php-fpm ended: " + file.read() + self.events())
            return self.times_ready() >= times
        wait_for("php-fpm is ready", ready, 15)

    def reload(self):
        """Tells it to; gives what await_ready() takes then."""
        times = self.times_ready() + 1
        self.process.send_signal(signal.SIGUSR2)
        return times

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()
