"""One request to a FastCGI server on a unix socket, and its answer: the little of the protocol that this takes."""

import socket
import struct

BEGIN, END, PARAMS, STDIN, STDOUT, STDERR = 1, 3, 4, 5, 6, 7
RESPONDER = 1
HEADER = struct.Struct("!BBHHBx")


class Refused(Exception):
    """The server closed the connection without the end of an answer."""


class Answer:
    def __init__(self, stdout, stderr):
        head, _, body = stdout.partition(b"\r\n\r\n")
        lines = [line.partition(":") for line in head.decode("latin-1").split("\r\n")]
        self.headers = {name.lower(): value.strip() for name, _, value in lines}
        self.status = int(self.headers.get("status", "200").split()[0])
        self.body = body
        self.stderr = stderr.decode("utf-8", "replace")


def record(kind, content=b""):
    return HEADER.pack(1, kind, 1, len(content), 0) + content


def length(text):
    return struct.pack("!B", len(text)) if len(text) < 128 else struct.pack("!I", len(text) | 1 << 31)


def request(address, script, query="", seconds=20.0):
    """Has a script run. Raises Refused, or OSError when nobody listens."""
    params = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REQUEST_METHOD": "GET",
        "SCRIPT_FILENAME": script,
        "SCRIPT_NAME": "/" + script.rpartition("/")[2],
        "QUERY_STRING": query,
        "REQUEST_URI": "/?" + query,
    }
    pairs = [(name.encode(), value.encode()) for name, value in params.items()]
    encoded = b"".join(length(name) + length(value) + name + value for name, value in pairs)
    begin = record(BEGIN, struct.pack("!HB5x", RESPONDER, 0))
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(seconds)
        wire.connect(address)
        try:
            wire.sendall(begin + record(PARAMS, encoded) + record(PARAMS) + record(STDIN))
            return read(wire)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Refused(str(error)) from error


def read(wire):
    texts = {STDOUT: b"", STDERR: b""}
    while True:
        _, kind, _, size, padding = HEADER.unpack(exactly(wire, HEADER.size))
        content = exactly(wire, size + padding)[:size]
        if kind == END:
            return Answer(texts[STDOUT], texts[STDERR])
        if kind in texts:
            texts[kind] += content


def exactly(wire, size):
    data = b""
    while len(data) < size:
        part = wire.recv(size - len(data))
        if not part:
            raise Refused("the connection was closed in mid-answer")
        data += part
    return data
