"""One payment through BonusPay with cffi; examples/README.md says what the variables and the standard input hold."""
import json
import os
import sys
import time

from cffi import FFI

ffi = FFI()
with open(os.environ.get("BONUSPAY_FFI_H", "/usr/local/include/bonuspay.ffi.h"), encoding="ascii") as declarations:
    ffi.cdef(declarations.read())
lib = ffi.dlopen("libbonuspay.so.2")


class Failure(Exception):
    def __init__(self, error):
        self.name = ffi.string(lib.bonuspay_status_name(lib.bonuspay_error_status(error))).decode()
        super().__init__(f"{self.name}: {text_out(lib.bonuspay_error_message, error)}")


def text_in(text):
    data = text if isinstance(text, bytes) else text.encode()
    return data, len(data)


def text_out(function, *arguments):
    length = ffi.new("size_t *")
    start = function(*arguments, length)
    return None if start == ffi.NULL else ffi.buffer(start, length[0])[:].decode()


def attempt(function, *arguments):
    error = ffi.new("bonuspay_error **")
    if function(*arguments, error) != lib.BONUSPAY_OK:
        raise Failure(ffi.gc(error[0], lib.bonuspay_error_free))


def made(kind, function, *arguments):
    out = ffi.new(f"bonuspay_{kind} **")
    attempt(function, *arguments, out)
    return ffi.gc(out[0], getattr(lib, f"bonuspay_{kind}_free"))


def get(response, pointer):
    return text_out(lib.bonuspay_response_get, response, *text_in(pointer))


def read(name):
    with open(os.environ[name], "rb") as file:
        return file.read()


def is_paid(order):
    amount, difference = get(order, "/acquireOrder/paymentInfo/paidAmount/amount"), ffi.new("int32_t *")
    return (lib.bonuspay_response_state(order) == lib.BONUSPAY_STATE_SUCCEEDED
            and lib.bonuspay_response_matches_request(order) == 1
            and get(order, "/acquireOrder/paymentInfo/paidAmount/currency") == "USDT"
            and lib.bonuspay_amount_cmp(*text_in(amount), *text_in("12.81"), difference) == lib.BONUSPAY_OK
            and difference[0] >= 0)


def verify(client, body, sign):
    return made("notification", lib.bonuspay_notification_verify, client, *text_in(body), *text_in(sign), ffi.NULL, 0)


def pay():
    config = ffi.gc(lib.bonuspay_config_new(), lib.bonuspay_config_free)
    attempt(lib.bonuspay_config_set_environment, config, lib.BONUSPAY_ENVIRONMENT_SANDBOX)
    attempt(lib.bonuspay_config_set_base_url, config, *text_in(os.environ["BONUSPAY_BASE_URL"]))
    attempt(lib.bonuspay_config_set_allow_http, config, True)
    attempt(lib.bonuspay_config_set_partner_id, config, *text_in(os.environ["BONUSPAY_PARTNER_ID"]))
    attempt(lib.bonuspay_config_set_private_key, config, *text_in(read("BONUSPAY_PRIVATE_KEY")))
    attempt(lib.bonuspay_config_set_public_key, config, *text_in(read("BONUSPAY_PUBLIC_KEY")))
    client = made("client", lib.bonuspay_client_new, config)

    index = {"merchantOrderNo": os.environ["ORDER_NUMBER"]}
    order = made("response", lib.bonuspay_order_place, client, *text_in(json.dumps({
        **index,
        "subject": "Tea",
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
        order = made("response", lib.bonuspay_order_get, client, *text_in(json.dumps(index)))
        if lib.bonuspay_response_state(order) not in (lib.BONUSPAY_STATE_PENDING, lib.BONUSPAY_STATE_UNKNOWN):
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


if lib.bonuspay_abi_version() != lib.BONUSPAY_ABI_VERSION:
    sys.exit("the library has another ABI")
try:
    pay()
except Failure as failure:
    sys.exit(str(failure))
