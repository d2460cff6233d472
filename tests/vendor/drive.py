"""The vendor's client (PyPI `bonuspay-mcp`) calls every tool that it has; then the library makes the same calls.

    drive.py LIBRARY READY_LINE

1. Each tool succeeds once, and is refused once, against the sandbox: the sandbox accepts the client's signatures, the
   client accepts the sandbox's.
2. The client refuses what is not signed, or wrongly.
3. Amounts of every shape come through the client's verification, which re-serialises what it read.
4. The library makes the calls of part 1. Headers and members are compared in the journal: what only one of the two
   sends must stand in the lists below, with the reason.
"""

import asyncio
import base64
import ctypes
import http.client
import json
import logging
import sys
import time
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int32, c_size_t, c_uint32, c_void_p
from decimal import Decimal

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bonuspay import common
from bonuspay.server import app
from mcp.shared.memory import create_connected_server_and_client_session

logging.disable(logging.CRITICAL)
ready = json.loads(sys.argv[2])
PREFIX = f"v{time.time_ns() % 10**10}"
TRON = "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD"
ETH = "0x10b500c94537db4d3e625c1763b7f7642d009b3a"

# What only one of the two sends, and why that is right.
ONLY_VENDOR = {
    "header accept": "httpx's default, */*, which is what a missing one means",
    "header accept-encoding": "httpx offers compression; the library does not, so that what is verified is what came",
    "header connection": "keep-alive is HTTP/1.1's default",
    "/bizContent/expiredTime": "the client always lets orders expire after 6 minutes; the library leaves the 2 hours "
    "that BonusPay documents, unless it is told otherwise",
}
ONLY_LIBRARY = {}
# Headers that both send, and whose values differ by their nature.
DIFFER = {"host", "user-agent", "sign", "content-length"}


def control(method, path, body=None):
    connection = http.client.HTTPConnection(ready["listening"], timeout=10)
    connection.request(method, "/sandbox/api/" + path, None if body is None else json.dumps(body))
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status == 200, (method, path, answer.status, text)
    return json.loads(text)


def last_call():
    return control("GET", "journal")["journal"][-1]


# The cases of both clients: the tool and its arguments, the library's function and its request. "@" becomes a number
# of one's own.
def money(amount, currency="USDT"):
    return {"currency": currency, "amount": amount}


REFERENCE = {"exchangeCurrencyCode": "USDT", "refAmount": money(835, "INR")}
SPAN = {"start": int(time.time() * 1000) - 600_000, "end": int(time.time() * 1000) + 600_000}
GOODS = {"goodsDetail": {"goodsName": "Tee ☕ „grün“ <&> / \\ \"", "price": money(12.81), "quantity": 2}}

CASES = [
    ("acquire_order",
     dict(merchant_order_no="@order", subject="Tea ☕", pay_scene_code="API", total_amount=money(12.81),
          pay_scene_params={"chainCode": "TRON", "payChannelCode": "CHAIN", "payerEmail": "a@b.example"},
          reserved="Grüße 世界", notify_url="http://127.0.0.1:1/notify", payee_mid="200000000888",
          accessory_content=GOODS),
     "order_place",
     dict(merchantOrderNo="@order", subject="Tea ☕", paySceneCode="API", totalAmount=money("12.81"),
          paySceneParams={"chainCode": "TRON", "payChannelCode": "CHAIN", "payerEmail": "a@b.example"},
          reserved="Grüße 世界", notifyUrl="http://127.0.0.1:1/notify", payeeMid="200000000888",
          accessoryContent={"goodsDetail": GOODS["goodsDetail"] | {"price": money("12.81"), "quantity": "2"}})),
    ("acquire_order",
     dict(merchant_order_no="@checkout", subject="Tea", pay_scene_code="CHECK_OUT", reference_amount=REFERENCE,
          pay_scene_params={"redirectUrl": "https://shop.example/thanks?order=1"}),
     "order_place",
     dict(merchantOrderNo="@checkout", subject="Tea", paySceneCode="CHECK_OUT", refAmount=REFERENCE,
          paySceneParams={"redirectUrl": "https://shop.example/thanks?order=1"})),
    ("acquire_order", dict(merchant_order_no="@qr", subject="Tea", pay_scene_code="PLATON_QRPAY", total_amount=money(1)),
     "order_place", dict(merchantOrderNo="@qr", subject="Tea", paySceneCode="PLATON_QRPAY", totalAmount=money("1"))),
    ("get_order", dict(merchant_order_no="@order"), "order_get", dict(merchantOrderNo="@order")),
    ("cancel_order", dict(merchant_order_no="@qr"), "order_cancel", dict(merchantOrderNo="@qr")),
    ("accept_order", dict(merchant_order_no="@order"), "order_accept", dict(merchantOrderNo="@order")),
    ("get_payment_deposit_event_list", dict(merchant_order_no="@order"),
     "order_payment_events", dict(merchantOrderNo="@order")),
    ("refund_order",
     dict(refund_merchant_order_no="@refund", amount=money(1.5), chain_code="TRON", refund_address=TRON,
          origin_merchant_order_no="@order", operator_name="Ann", reason="broken", reserved="r",
          notify_url="http://127.0.0.1:1/notify"),
     "refund_place",
     dict(refundMerchantOrderNo="@refund", amount=money("1.5"), chainCode="TRON", refundAddress=TRON,
          originMerchantOrderNo="@order", operatorName="Ann", reason="broken", reserved="r",
          notifyUrl="http://127.0.0.1:1/notify")),
    ("get_refund_order", dict(refund_merchant_order_no="@refund"), "refund_get", dict(refundMerchantOrderNo="@refund")),
    ("get_deposit_address", dict(customer_id="@customer", asset_code="USDT", network="TRON"),
     "topup_address", dict(customerId="@customer", assetCode="USDT", network="TRON")),
    ("query_customer_deposit_order_page",
     dict(start_time=SPAN["start"], end_time=SPAN["end"], start_index=0, size=10),
     "topup_deposits", dict(startTime=SPAN["start"], endTime=SPAN["end"], pageParam={"number": 0, "size": 10})),
    ("get_customer_deposit_order", dict(order_no="#topup"), "topup_deposit", dict(orderNo="#topup")),
    ("withdraw_order",
     dict(merchant_order_no="@withdrawal", address=TRON, network="TRON", expected_received_amount=money(10.5),
          notify_url="http://127.0.0.1:1/notify"),
     "withdraw_place",
     dict(merchantOrderNo="@withdrawal", address=TRON, network="TRON", expectedReceivedAmount=money("10.5"),
          notifyUrl="http://127.0.0.1:1/notify")),
    ("transfer_order",
     dict(merchant_order_no="@transfer", address=ETH, network="POLYGON", reference_amount=REFERENCE),
     "transfer_place", dict(merchantOrderNo="@transfer", address=ETH, network="POLYGON", refAmount=REFERENCE)),
    ("get_withdraw_order", dict(merchant_order_no="@transfer"), "withdraw_get", dict(merchantOrderNo="@transfer")),
    ("get_withdraw_networks", dict(asset_code="ETH"), "withdraw_networks", dict(assetCode="ETH")),
    ("get_fx_rate", dict(currency_pair="USDT_INR", direction="SELL"),
     "fx_rate", dict(currencyPair="USDT_INR", direction="SELL")),
    ("get_account_list", dict(asset_code_list=["USDT", "ETH"]), "account_balances", dict(assetCodeList=["USDT", "ETH"])),
]

# Each tool's refusal: arguments, and the code.
REFUSALS = {
    "acquire_order": (dict(merchant_order_no="@order", subject="Coffee", pay_scene_code="API", total_amount=money(1),
                           pay_scene_params={"chainCode": "TRON", "payChannelCode": "CHAIN"}), 77012),
    "get_order": (dict(merchant_order_no="none"), 77004),
    "cancel_order": (dict(order_no="131710904557001559"), 77016),
    "accept_order": (dict(merchant_order_no="@qr"), 77002),
    "get_payment_deposit_event_list": (dict(), 400),
    "refund_order": (dict(refund_merchant_order_no="@refund2", amount=money(0.001), chain_code="TRON",
                          refund_address=TRON, origin_merchant_order_no="@order"), 77022),
    "get_refund_order": (dict(refund_merchant_order_no="none"), 77004),
    "get_deposit_address": (dict(customer_id="@customer", asset_code="DOGE", network="TRON"), 77021),
    "query_customer_deposit_order_page": (dict(start_time=0, end_time=1, start_index=-1, size=10), 400),
    "get_customer_deposit_order": (dict(order_no="1"), 77016),
    "withdraw_order": (dict(merchant_order_no="@w2", address=ETH, network="TRON",
                            expected_received_amount=money(10)), 400),
    "transfer_order": (dict(merchant_order_no="@t2", address=TRON, network="TRON",
                            expected_received_amount=money(1000000)), 80005),
    "get_withdraw_order": (dict(merchant_order_no="none"), 77004),
    "get_withdraw_networks": (dict(asset_code="DOGE"), 77021),
    "get_fx_rate": (dict(currency_pair="USDT_INR", direction="HOLD"), 400),
    "get_account_list": (dict(asset_code_list=["DOGE"]), 77021),
}


def filled(value, whose):
    if isinstance(value, dict):
        return {name: filled(member, whose) for name, member in value.items()}
    if isinstance(value, list):
        return [filled(item, whose) for item in value]
    if isinstance(value, str) and value[:1] == "@":
        return f"{PREFIX}-{whose}-{value[1:]}"
    if value == "#topup":
        return TOPUPS[whose]
    return value


TOPUPS = {}


def prepare(function, whose):
    """What the chain does before a call."""
    if function == "order_accept":
        control("POST", f"orders/{PREFIX}-{whose}-order/deposits", {"amount": "5.5"})
    if function == "topup_deposits":
        body = {"customerId": f"{PREFIX}-{whose}-customer", "assetCode": "USDT", "network": "TRON", "amount": "300"}
        TOPUPS[whose] = control("POST", "topups", body)["topup"]["orderNo"]


async def vendor_calls(session):
    async def call(tool, **arguments):
        result = await session.call_tool(tool, arguments)
        assert not result.isError, (tool, result)
        return json.loads(result.content[0].text)

    tools = {tool.name for tool in (await session.list_tools()).tools}
    recorded = []
    for tool, arguments, function, _ in CASES:
        prepare(function, "v")
        answer = await call(tool, **filled(arguments, "v"))
        assert answer["code"] == 0, (tool, answer)
        entry = last_call()
        assert entry["signature_valid"] is True, (tool, entry)
        recorded.append(entry)
    missing = tools - {case[0] for case in CASES} | tools - REFUSALS.keys()
    assert not missing, f"tools that no case calls: {missing}"
    print(f"{len(tools)} tools of the vendor's client succeed: it accepts our signatures, we accept its")

    for tool, (arguments, code) in REFUSALS.items():
        answer = await call(tool, **filled(arguments, "v"))
        assert answer["code"] == code, (tool, answer)
        assert last_call()["signature_valid"] is True, tool
    print(f"{len(REFUSALS)} tools are refused with the documented codes")

    for fault in ("unsigned-success", "wrong-signature"):
        control("POST", "faults", {"path": "account/getAccountList", "fault": fault})
        answer = await call("get_account_list", asset_code_list=["BTC"])
        assert answer["code"] == -1, (fault, answer)
    print("it refuses answers without a signature, or with a wrong one")

    # Amounts: the client reads them as floats and writes them again before it verifies.
    amounts = ["0.0001", "0.00010001", "0.12345678", "1", "1.5", "10", "100.01", "12345.67890123", "99999999.99999999"]
    for at, amount in enumerate(amounts):
        number = f"{PREFIX}-amount-{at}"
        answer = await call("acquire_order", merchant_order_no=number, subject="x", pay_scene_code="CHECK_OUT",
                            total_amount=money(float(amount), "BTC"))
        assert answer["code"] == 0, (amount, answer)
        control("POST", f"orders/{number}/deposits", {"amount": amount})
        answer = await call("get_order", merchant_order_no=number)
        assert answer["code"] == 0 and answer["data"]["acquireOrder"]["status"] == "SUCCESS", (amount, answer)
        answer = await call("get_account_list", asset_code_list=[])
        assert answer["code"] == 0, (amount, answer)
    print(f"{len(amounts)} amounts come through its verification")

    # Its key must be the registered one.
    stranger = rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with open("stranger.pem", "wb") as file:
        file.write(stranger)
    common.set_global_private_key_path("stranger.pem")
    answer = await call("get_account_list", asset_code_list=["BTC"])
    assert (answer["code"], answer["errMsg"]) == (400, "INVALID_SIGNATURE"), answer
    assert last_call()["signature_valid"] is False
    common.set_global_private_key_path(ready["merchant_private_key"])
    return recorded


# The library by ctypes.

TEXT = [c_char_p, c_size_t]
OUT = [POINTER(c_void_p), POINTER(c_void_p)]
lib = ctypes.CDLL(sys.argv[1])


def declare(name, result, *arguments):
    function = getattr(lib, "bonuspay_" + name)
    function.restype = result
    function.argtypes = [kind for group in arguments for kind in (group if isinstance(group, list) else [group])]
    return function


def attempt(function, *arguments):
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status != 0:
        raise AssertionError((function.__name__, status, lib.bonuspay_error_message(error, None).decode()))


def make_client():
    declare("config_new", c_void_p)
    declare("config_free", None, c_void_p)
    declare("error_message", c_char_p, c_void_p, POINTER(c_size_t))
    declare("response_free", None, c_void_p)
    declare("client_free", None, c_void_p)
    config = lib.bonuspay_config_new()
    attempt(declare("config_set_environment", c_int, c_void_p, c_int32, POINTER(c_void_p)), config, 1)
    attempt(declare("config_set_allow_http", c_int, c_void_p, c_bool, POINTER(c_void_p)), config, True)
    texts = {"base_url": ready["base_url"], "partner_id": ready["partner_id"]}
    for setting, name in (("private_key", "merchant_private_key"), ("public_key", "gateway_public_key")):
        with open(ready[name], encoding="ascii") as file:
            texts[setting] = file.read()
    for setting, text in texts.items():
        setter = declare("config_set_" + setting, c_int, c_void_p, TEXT, POINTER(c_void_p))
        attempt(setter, config, text.encode(), len(text.encode()))
    client = c_void_p()
    attempt(declare("client_new", c_int, c_void_p, OUT), config, byref(client))
    lib.bonuspay_config_free(config)
    return client


def library_calls():
    client = make_client()
    recorded = []
    for _, _, function, request in CASES:
        prepare(function, "l")
        biz = json.dumps(filled(request, "l"), ensure_ascii=False).encode()
        response = c_void_p()
        attempt(declare(function, c_int, c_void_p, TEXT, OUT), client, biz, len(biz), byref(response))
        lib.bonuspay_response_free(response)
        entry = last_call()
        assert entry["signature_valid"] is True
        recorded.append(entry)
    lib.bonuspay_client_free(client)
    return recorded


# The comparison.

def members(value, path=""):
    """Each leaf of a document: path and value, amounts as decimals."""
    if isinstance(value, dict):
        return [leaf for name, member in value.items() for leaf in members(member, f"{path}/{name}")]
    if isinstance(value, list):
        return [leaf for at, item in enumerate(value) for leaf in members(item, f"{path}/{at}")]
    if path == "/requestTime":
        value = f"time of {len(str(value))} digits"
    if isinstance(value, str):
        value = value.replace(f"{PREFIX}-v-", "@").replace(f"{PREFIX}-l-", "@")
        value = "#topup" if value in TOPUPS.values() else value
    return [(path, (type(value).__name__.replace("int", "Decimal"), value))]


def parts(entry):
    body = base64.b64decode(entry["request_body_base64"])
    document = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    assert list(document) == ["requestTime", "bizContent"], document
    headers = {name: (value if name not in DIFFER else None) for name, value in entry["request_headers"].items()}
    return {f"header {name}": value for name, value in headers.items()} | dict(members(document))


def compare(vendor, library):
    used, problems = set(), []
    for theirs, ours in zip(vendor, library, strict=True):
        assert theirs["path"] == ours["path"]
        theirs, ours, path = parts(theirs), parts(ours), theirs["path"]
        for name in theirs.keys() | ours.keys():
            if name not in ours and name in ONLY_VENDOR:
                used.add(("vendor", name))
            elif name not in theirs and name in ONLY_LIBRARY:
                used.add(("library", name))
            elif name not in ours:
                problems.append(f"{path}: only the vendor's client sends {name}: {theirs[name]}")
            elif name not in theirs:
                problems.append(f"{path}: only the library sends {name}: {ours[name]}")
            elif theirs[name] != ours[name]:
                problems.append(f"{path}: {name} is {theirs[name]} there and {ours[name]} here")
    assert not problems, "\n".join(sorted(set(problems)))
    explained = {("vendor", name) for name in ONLY_VENDOR} | {("library", name) for name in ONLY_LIBRARY}
    assert explained == used, f"explained, but no difference: {explained - used}"
    names = ", ".join(f"{name} (only the {who})" for who, name in sorted(used))
    print(f"{len(vendor)} calls compared field by field; explained differences: {names}")


async def main():
    common.set_api_base_url(ready["base_url"])
    common.set_global_private_key_path(ready["merchant_private_key"])
    common.set_global_public_key_path(ready["gateway_public_key"])
    common.set_global_partner_id(ready["partner_id"])
    async with create_connected_server_and_client_session(app._mcp_server) as session:
        vendor = await vendor_calls(session)
    compare(vendor, library_calls())
    print("vendor: all tools, all signatures, all fields")


asyncio.run(main())
