"""One payment through BonusPay with ctypes; examples/README.md says what the variables and the standard input hold."""
import ctypes
import json
import os
import sys
import time
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int32, c_size_t, c_uint32, c_void_p

ABI, SANDBOX, PENDING, SUCCEEDED, UNKNOWN = 2, 1, 1, 2, 5
lib = ctypes.CDLL("libbonuspay.so.2")  # CDLL, not PyDLL: other threads run while a call waits


def declare(result, name, *arguments):
    function = getattr(lib, "bonuspay_" + name)
    function.restype, function.argtypes = result, arguments


TEXT, OUT = (c_char_p, c_size_t), (POINTER(c_void_p), POINTER(c_void_p))
declare(c_uint32, "abi_version")
declare(c_char_p, "status_name", c_int32)
declare(c_void_p, "config_new")
declare(None, "config_free", c_void_p)
declare(c_int, "config_set_environment", c_void_p, c_int32, POINTER(c_void_p))
declare(c_int, "config_set_allow_http", c_void_p, c_bool, POINTER(c_void_p))
for setting in ("base_url", "partner_id", "private_key", "public_key"):
    declare(c_int, "config_set_" + setting, c_void_p, *TEXT, POINTER(c_void_p))
declare(c_int, "client_new", c_void_p, *OUT)
declare(None, "client_free", c_void_p)
declare(c_int, "order_place", c_void_p, *TEXT, *OUT)
declare(c_int, "order_get", c_void_p, *TEXT, *OUT)
declare(c_void_p, "response_get", c_void_p, *TEXT, POINTER(c_size_t))
declare(c_int32, "response_state", c_void_p)
declare(c_int32, "response_matches_request", c_void_p)
declare(None, "response_free", c_void_p)
declare(c_int, "notification_verify", c_void_p, *TEXT, *TEXT, *TEXT, *OUT)
declare(None, "notification_free", c_void_p)
declare(c_int, "amount_cmp", *TEXT, *TEXT, POINTER(c_int32))
declare(c_void_p, "error_message", c_void_p, POINTER(c_size_t))
declare(None, "error_free", c_void_p)


class Failure(Exception):
    def __init__(self, status, message):
        self.name = lib.bonuspay_status_name(status).decode()
        super().__init__(f"{self.name}: {message}")


def text_in(text):
    data = text if isinstance(text, bytes) else text.encode()
    return data, len(data)


def text_out(function, *arguments):
    length = c_size_t()
    start = function(*arguments, byref(length))
    return None if start is None else ctypes.string_at(start, length.value).decode()


def attempt(function, *arguments):
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status:
        failure = Failure(status, text_out(lib.bonuspay_error_message, error))
        lib.bonuspay_error_free(error)
        raise failure


def made(function, *arguments):
    out = c_void_p()
    attempt(function, *arguments, byref(out))
    return out


def get(response, pointer):
    return text_out(lib.bonuspay_response_get, response, *text_in(pointer))


def read(name):
    with open(os.environ[name], "rb") as file:
        return file.read()


def is_paid(order):
    amount, difference = get(order, "/acquireOrder/paymentInfo/paidAmount/amount"), c_int32(-1)
    return (lib.bonuspay_response_state(order) == SUCCEEDED and lib.bonuspay_response_matches_request(order) == 1
            and get(order, "/acquireOrder/paymentInfo/paidAmount/currency") == "USDT"
            and lib.bonuspay_amount_cmp(*text_in(amount), *text_in("12.81"), byref(difference)) == 0
            and difference.value >= 0)


def verify(client, body, sign):
    notification = made(lib.bonuspay_notification_verify, client, *text_in(body), *text_in(sign), None, 0)
    lib.bonuspay_notification_free(notification)


def pay():
    config = lib.bonuspay_config_new()
    attempt(lib.bonuspay_config_set_environment, config, SANDBOX)
    attempt(lib.bonuspay_config_set_base_url, config, *text_in(os.environ["BONUSPAY_BASE_URL"]))
    attempt(lib.bonuspay_config_set_allow_http, config, True)
    attempt(lib.bonuspay_config_set_partner_id, config, *text_in(os.environ["BONUSPAY_PARTNER_ID"]))
    attempt(lib.bonuspay_config_set_private_key, config, *text_in(read("BONUSPAY_PRIVATE_KEY")))
    attempt(lib.bonuspay_config_set_public_key, config, *text_in(read("BONUSPAY_PUBLIC_KEY")))
    client = made(lib.bonuspay_client_new, config)
    lib.bonuspay_config_free(config)

    index = {"merchantOrderNo": os.environ["ORDER_NUMBER"]}
    order = made(lib.bonuspay_order_place, client, *text_in(json.dumps({
        **index,
        "subject": "Tea \N{HOT BEVERAGE}",
        "totalAmount": {"amount": "12.81", "currency": "USDT"},
        "paySceneCode": "API",
        "paySceneParams": {"chainCode": "TRON", "payChannelCode": "CHAIN"},
        "notifyUrl": "http://localhost/bonuspay",
    })))
    print("Pay 12.81 USDT on TRON to", get(order, "/interactionParams/address"), flush=True)

    # The notification says when to ask; what counts is the answer.
    sign, body = sys.stdin.buffer.read().split(b"\n", 1)
    verify(client, body, sign)
    while True:
        lib.bonuspay_response_free(order)
        order = made(lib.bonuspay_order_get, client, *text_in(json.dumps(index)))
        if lib.bonuspay_response_state(order) not in (PENDING, UNKNOWN):
            break
        time.sleep(1)
    if not is_paid(order):
        sys.exit("not paid")
    print("Paid", get(order, "/acquireOrder/paymentInfo/paidAmount/amount"), "USDT")

    try:
        verify(client, body + b" ", sign)
        sys.exit("a forged notification was accepted")
    except Failure as failure:
        print("Forged notification refused:", failure.name)
    lib.bonuspay_response_free(order)
    lib.bonuspay_client_free(client)


if lib.bonuspay_abi_version() != ABI:
    sys.exit("the library has another ABI")
try:
    pay()
except Failure as failure:
    sys.exit(str(failure))
