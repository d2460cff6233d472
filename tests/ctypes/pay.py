"""Takes a payment with nothing but ctypes: pay.py LIBRARY READY_LINE

READY_LINE is the line of JSON that `bonuspay-sandbox --tls` prints when it is ready.
"""

import ctypes
import http.client
import json
import ssl
import sys
import time
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int32, c_size_t, c_uint32, c_void_p

ABI = 1
OK, BAD_SIGNATURE = 0, 22
SANDBOX = 1
REJECTED = 2
PENDING, SUCCEEDED = 1, 2

lib = ctypes.CDLL(sys.argv[1])
ready = json.loads(sys.argv[2])

TEXT = [c_char_p, c_size_t]
OUT = [POINTER(c_void_p), POINTER(c_void_p)]


def declare(name, result, *arguments):
    function = getattr(lib, "bonuspay_" + name)
    function.restype = result
    function.argtypes = [kind for group in arguments for kind in (group if isinstance(group, list) else [group])]


declare("abi_version", c_uint32)
declare("status_name", c_char_p, c_int32)
declare("config_new", c_void_p)
declare("config_free", None, c_void_p)
declare("config_set_environment", c_int, c_void_p, c_int32, POINTER(c_void_p))
declare("config_set_allow_http", c_int, c_void_p, c_bool, POINTER(c_void_p))
for setting in ("base_url", "partner_id", "private_key", "public_key", "ca_pem"):
    declare("config_set_" + setting, c_int, c_void_p, TEXT, POINTER(c_void_p))
declare("client_new", c_int, c_void_p, OUT)
declare("client_free", None, c_void_p)
declare("order_place", c_int, c_void_p, TEXT, OUT)
declare("order_get", c_int, c_void_p, TEXT, OUT)
declare("notification_verify", c_int, c_void_p, TEXT, TEXT, TEXT, OUT)
declare("response_get", c_void_p, c_void_p, TEXT, POINTER(c_size_t))
declare("response_json", c_void_p, c_void_p, POINTER(c_size_t))
declare("response_state", c_int32, c_void_p)
declare("response_matches_request", c_int32, c_void_p)
declare("response_free", None, c_void_p)
declare("amount_cmp", c_int, TEXT, TEXT, POINTER(c_int32))
declare("error_message", c_void_p, c_void_p, POINTER(c_size_t))
declare("error_outcome", c_int32, c_void_p)
declare("error_free", None, c_void_p)


def text_in(text):
    data = text if isinstance(text, bytes) else text.encode()
    return data, len(data)


def text_out(function, *arguments):
    """A text by its length, whatever bytes it holds; None when there is none."""
    length = c_size_t()
    start = function(*arguments, byref(length))
    return None if start is None else ctypes.string_at(start, length.value).decode()


class Failure(Exception):
    def __init__(self, status, message, outcome):
        super().__init__(f"{lib.bonuspay_status_name(status).decode()}: {message}")
        self.status, self.outcome = status, outcome


def attempt(function, *arguments):
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status == OK:
        return
    failure = Failure(status, text_out(lib.bonuspay_error_message, error), lib.bonuspay_error_outcome(error))
    lib.bonuspay_error_free(error)
    raise failure


def read(name):
    with open(ready[name], "rb") as file:
        return file.read()


def control(method, path, body=None):
    context = ssl.create_default_context(cafile=ready["ca_pem"])
    connection = http.client.HTTPSConnection(ready["listening"], context=context, timeout=10)
    connection.request(method, "/sandbox/api/" + path, json.dumps(body or {}))
    answer = connection.getresponse()
    assert answer.status == 200, (answer.status, answer.read())
    connection.close()


def make_client():
    config = lib.bonuspay_config_new()
    attempt(lib.bonuspay_config_set_environment, config, SANDBOX)
    attempt(lib.bonuspay_config_set_base_url, config, *text_in(ready["base_url"]))
    attempt(lib.bonuspay_config_set_partner_id, config, *text_in(ready["partner_id"]))
    attempt(lib.bonuspay_config_set_private_key, config, *text_in(read("merchant_private_key")))
    attempt(lib.bonuspay_config_set_public_key, config, *text_in(read("gateway_public_key")))
    attempt(lib.bonuspay_config_set_ca_pem, config, *text_in(read("ca_pem")))
    client = c_void_p()
    attempt(lib.bonuspay_client_new, config, byref(client))
    lib.bonuspay_config_free(config)
    return client


def call(function, client, request):
    response = c_void_p()
    attempt(function, client, *text_in(json.dumps(request)), byref(response))
    return response


def get(response, pointer):
    return text_out(lib.bonuspay_response_get, response, *text_in(pointer))


assert lib.bonuspay_abi_version() == ABI, "the library is of another ABI"
client = make_client()

number = f"python-{time.time_ns()}"
order = call(lib.bonuspay_order_place, client, {
    "merchantOrderNo": number,
    "subject": "Tea \N{HOT BEVERAGE}",
    "totalAmount": {"amount": "12.81", "currency": "USDT"},
    "paySceneCode": "API",
    "paySceneParams": {"chainCode": "TRON", "payChannelCode": "CHAIN"},
})
assert lib.bonuspay_response_state(order) == PENDING
assert json.loads(text_out(lib.bonuspay_response_json, order))["acquireOrder"]["subject"] == "Tea \N{HOT BEVERAGE}"
print("pay", get(order, "/acquireOrder/totalAmount/amount"), "USDT to", get(order, "/interactionParams/address"))

deposit = {"amount": "12.81", "currency": "USDT", "network": "TRON"}
control("POST", f"orders/{get(order, '/acquireOrder/orderNo')}/deposits", deposit)

for _ in range(50):
    lib.bonuspay_response_free(order)
    order = call(lib.bonuspay_order_get, client, {"merchantOrderNo": number})
    if lib.bonuspay_response_state(order) != PENDING:
        break
    time.sleep(0.1)
assert lib.bonuspay_response_state(order) == SUCCEEDED
assert lib.bonuspay_response_matches_request(order) == 1
difference = c_int32(7)
paid = get(order, "/acquireOrder/paymentInfo/paidAmount/amount")
assert lib.bonuspay_amount_cmp(*text_in(paid), *text_in("12.81"), byref(difference)) == OK
assert difference.value == 0
lib.bonuspay_response_free(order)

try:
    notification = c_void_p()
    attempt(lib.bonuspay_notification_verify, client, *text_in("{}"), *text_in("AAAA"), None, 0, byref(notification))
    raise AssertionError("a forged notification was believed")
except Failure as failure:
    assert (failure.status, failure.outcome) == (BAD_SIGNATURE, REJECTED)
    assert not notification

lib.bonuspay_client_free(client)
print("paid")
