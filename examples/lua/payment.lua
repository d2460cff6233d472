-- One payment through BonusPay with LuaJIT; examples/README.md says what the variables and the standard input hold.
local ffi = require 'ffi'
local declarations = assert(io.open(os.getenv('BONUSPAY_FFI_H') or '/usr/local/include/bonuspay.ffi.h'))
ffi.cdef(declarations:read('*a') .. 'unsigned int sleep(unsigned int seconds);')
declarations:close()
local lib = ffi.load('libbonuspay.so.2')
assert(lib.bonuspay_abi_version() == lib.BONUSPAY_ABI_VERSION, 'the library has another ABI')

local function text_out(getter, ...)
	local length = ffi.new('size_t[1]')
	local arguments = { ... }
	arguments[#arguments + 1] = length
	local start = getter(unpack(arguments))
	return start ~= nil and ffi.string(start, length[0]) or nil
end

-- Calls a function whose last parameter is the error; raises a table of the status's name and the message.
local function attempt(name, ...)
	local error_out = ffi.new('bonuspay_error *[1]')
	local arguments = { ... }
	arguments[select('#', ...) + 1] = error_out
	local status = lib['bonuspay_' .. name](unpack(arguments, 1, select('#', ...) + 1))
	if status ~= lib.BONUSPAY_OK then
		local failure = { name = ffi.string(lib.bonuspay_status_name(status)), message = text_out(lib.bonuspay_error_message, error_out[0]) }
		lib.bonuspay_error_free(error_out[0])
		error(failure)
	end
end

local function made(kind, name, ...)
	local out = ffi.new('bonuspay_' .. kind .. ' *[1]')
	local arguments = { ... }
	arguments[select('#', ...) + 1] = out
	attempt(name, unpack(arguments, 1, select('#', ...) + 1))
	return ffi.gc(out[0], lib['bonuspay_' .. kind .. '_free'])
end

local function get(response, pointer)
	return text_out(lib.bonuspay_response_get, response, pointer, #pointer)
end

local function contents(path)
	local file = assert(io.open(path, 'rb'))
	local text = file:read('*a')
	file:close()
	return text
end

local function is_paid(order)
	local difference = ffi.new('int32_t[1]', -1)
	local amount, due = get(order, '/acquireOrder/paymentInfo/paidAmount/amount'), '12.81'
	return lib.bonuspay_response_state(order) == lib.BONUSPAY_STATE_SUCCEEDED and lib.bonuspay_response_matches_request(order) == 1
		and get(order, '/acquireOrder/paymentInfo/paidAmount/currency') == 'USDT'
		and lib.bonuspay_amount_cmp(amount, #amount, due, #due, difference) == lib.BONUSPAY_OK
		and difference[0] >= 0
end

local function verify(client, body, sign)
	made('notification', 'notification_verify', client, body, #body, sign, #sign, nil, 0)
end

local function make_client()
	local config = ffi.gc(lib.bonuspay_config_new(), lib.bonuspay_config_free)
	attempt('config_set_environment', config, lib.BONUSPAY_ENVIRONMENT_SANDBOX)
	attempt('config_set_allow_http', config, true)
	for name, value in pairs {
		base_url = os.getenv('BONUSPAY_BASE_URL'),
		partner_id = os.getenv('BONUSPAY_PARTNER_ID'),
		private_key = contents(os.getenv('BONUSPAY_PRIVATE_KEY')),
		public_key = contents(os.getenv('BONUSPAY_PUBLIC_KEY')),
	} do
		attempt('config_set_' .. name, config, value, #value)
	end
	return made('client', 'client_new', config)
end

local function pay()
	local client = make_client()
	local number = ('"merchantOrderNo":"%s"'):format(os.getenv('ORDER_NUMBER'))
	local request = '{' .. number .. [[,"subject":"Tea","totalAmount":{"amount":"12.81","currency":"USDT"},
		"paySceneCode":"API","paySceneParams":{"chainCode":"TRON","payChannelCode":"CHAIN"},
		"notifyUrl":"http://localhost/bonuspay"}]]
	local order = made('response', 'order_place', client, request, #request)
	print('Pay 12.81 USDT on TRON to ' .. get(order, '/interactionParams/address'))
	io.flush()

	-- The notification says when to ask; what counts is the answer.
	local sign, body = io.read('*l'), io.read('*a')
	verify(client, body, sign)
	local index = '{' .. number .. '}'
	while true do
		order = made('response', 'order_get', client, index, #index)
		local state = lib.bonuspay_response_state(order)
		if state ~= lib.BONUSPAY_STATE_PENDING and state ~= lib.BONUSPAY_STATE_UNKNOWN then break end
		ffi.C.sleep(1)
	end
	if not is_paid(order) then error({ name = 'order', message = 'not paid' }) end
	print('Paid ' .. get(order, '/acquireOrder/paymentInfo/paidAmount/amount') .. ' USDT')

	local accepted, failure = pcall(verify, client, body .. ' ', sign)
	if accepted or not failure.name then error(accepted and 'a forged notification was accepted' or failure) end
	print('Forged notification refused: ' .. failure.name)
end

local done, failure = pcall(pay)
if not done then
	io.stderr:write(type(failure) == 'table' and failure.name .. ': ' .. failure.message or failure, '\n')
	os.exit(1)
end
