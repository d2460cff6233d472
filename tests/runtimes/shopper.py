"""Plays BonusPay and the shopper for a program of examples/: shopper.py SANDBOX KEYS COURSES COMMAND...

KEYS is a folder for the sandbox's keys, so that the next one has them: making them takes most of its start.

Payments, each of which the program must end rightly. COURSES names which, by commas: one that is paid, one that has
expired, one whose notification is forged, and one while BonusPay is unreachable. For a payment of one's own by hand, see
examples/README.md.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

PATIENCE = 120  # seconds until a program that hangs is ended
REFUSED = r"Forged notification refused: (BONUSPAY_BAD_SIGNATURE|BadSignature|SignatureException)\n"


class Wrong(Exception):
    pass


class Sandbox:
    def __init__(self, program, keys, folder):
        known = [os.path.join(keys, f"{owner}_private.pem") for owner in ("merchant", "gateway")]
        for key in filter(os.path.exists, known):
            shutil.copy(key, folder)
        arguments = [program, "--listen", "127.0.0.1:0", "--data", folder]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        for key in known:
            shutil.copy(os.path.join(folder, os.path.basename(key)), key)

    def control(self, path, body=None):
        url = f"http://{self.ready['listening']}/sandbox/api/{path}"
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=PATIENCE) as answer:
            return json.load(answer)

    def notification(self, number):
        """The signed notification of an order that has ended: what a shop's endpoint gets as header and body."""
        for _ in range(PATIENCE * 10):
            for notification in self.control("notifications")["notifications"]:
                if notification["merchantOrderNo"] == number:
                    return notification["sign"].encode(), notification["body"].encode()
            time.sleep(0.1)
        raise Wrong("BonusPay sent no notification")

    def environment(self, number, **others):
        return {
            **os.environ,
            "BONUSPAY_BASE_URL": self.ready["base_url"],
            "BONUSPAY_PARTNER_ID": self.ready["partner_id"],
            "BONUSPAY_PRIVATE_KEY": self.ready["merchant_private_key"],
            "BONUSPAY_PUBLIC_KEY": self.ready["gateway_public_key"],
            "ORDER_NUMBER": number,
            **others,
        }


def play(command, environment, shopper):
    """Runs a program; once it says where to pay, the shopper acts, and gives what the program is notified of."""
    with tempfile.TemporaryFile() as errors:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": errors}
        program = subprocess.Popen(command, env=environment, **pipes)
        guard = threading.Timer(PATIENCE, program.kill)
        guard.start()
        try:
            first = program.stdout.readline()
            if first.startswith(b"Pay 12.81 USDT on TRON to T"):
                program.stdin.write(b"\n".join(shopper()))
            program.stdin.close()
            rest = program.stdout.read()
            status = program.wait()
        finally:
            guard.cancel()
            program.kill()
            program.wait()
        errors.seek(0)
        return status, (first + rest).decode(), errors.read().decode()


def expect(holds, what, result):
    if not holds:
        status, out, err = result
        raise Wrong(f"{what}: it ended with {status} and said\n{out}{err}")


def paid(sandbox, command, number):
    def pay():
        sandbox.control(f"orders/{number}/deposits", {"amount": "12.81", "currency": "USDT", "network": "TRON"})
        return sandbox.notification(number)

    result = status, out, err = play(command, sandbox.environment(number), pay)
    right = re.fullmatch(r"Pay 12\.81 USDT on TRON to T\w{33}\nPaid 12\.81 USDT\n" + REFUSED, out)
    expect(status == 0 and right and err == "", "of a payment that arrived", result)


def refused(sandbox, command, number, what, why, shopper, **others):
    result = status, out, err = play(command, sandbox.environment(number, **others), shopper)
    expect(status > 0 and "Paid" not in out and re.search(why, err), what, result)


def expired(sandbox, command, number):
    def wait():
        sandbox.control(f"orders/{number}/expire", {})
        return sandbox.notification(number)

    refused(sandbox, command, number, "of a payment that expired", "not paid", wait)


def forged(sandbox, command, number):
    def forge():
        sandbox.control(f"orders/{number}/expire", {})
        sign, body = sandbox.notification(number)
        return sign, body.replace(b"FAILURE", b"SUCCESS")

    refused(sandbox, command, number, "of a forged notification", "(?i)signature", forge)


def unreachable(sandbox, command, number):
    nobody = {"BONUSPAY_BASE_URL": "http://127.0.0.1:1/sgs/api/"}
    refused(sandbox, command, number, "of a gateway that cannot be reached", "(?i)connect", tuple, **nobody)


COURSES = {course.__name__: course for course in (paid, expired, forged, unreachable)}


def main():
    program, keys, courses, *command = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(program, keys, folder)
        try:
            for course in (COURSES[name] for name in courses.split(",")):
                course(sandbox, command, f"example-{course.__name__}")
        except Wrong as wrong:
            sys.exit(f"{' '.join(command)}: {wrong}")
        finally:
            sandbox.process.kill()
            sandbox.process.wait()


if __name__ == "__main__":
    main()
