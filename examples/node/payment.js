// One payment through BonusPay with koffi; examples/README.md says what the variables and the standard input hold.
'use strict';
const fs = require('node:fs');
const { promisify } = require('node:util');
const koffi = require('koffi');

const ABI = 2;
const SANDBOX = 1;
const [PENDING, SUCCEEDED, UNKNOWN] = [1, 2, 5];
const library = koffi.load('libbonuspay.so.2');
for (const kind of ['config', 'client', 'response', 'notification', 'error']) koffi.opaque(`bonuspay_${kind}`);
const lib = Object.fromEntries([
	'uint32_t bonuspay_abi_version(void)',
	'const char *bonuspay_status_name(int32_t status)',
	'bonuspay_config *bonuspay_config_new(void)',
	'void bonuspay_config_free(bonuspay_config *config)',
	'int bonuspay_config_set_environment(bonuspay_config *config, int32_t environment, _Out_ bonuspay_error **err)',
	'int bonuspay_config_set_allow_http(bonuspay_config *config, bool allow, _Out_ bonuspay_error **err)',
	...['base_url', 'partner_id', 'private_key', 'public_key'].map((setting) =>
		`int bonuspay_config_set_${setting}(bonuspay_config *config, const char *text, size_t len, _Out_ bonuspay_error **err)`),
	'int bonuspay_client_new(const bonuspay_config *config, _Out_ bonuspay_client **out, _Out_ bonuspay_error **err)',
	'void bonuspay_client_free(bonuspay_client *client)',
	...['order_place', 'order_get'].map((call) => `int bonuspay_${call}(const bonuspay_client *client, const char *biz, size_t biz_len,
		_Out_ bonuspay_response **out, _Out_ bonuspay_error **err)`),
	'const char *bonuspay_response_get(const bonuspay_response *response, const char *pointer, size_t pointer_len, size_t *len)',
	'int32_t bonuspay_response_state(const bonuspay_response *response)',
	'int32_t bonuspay_response_matches_request(const bonuspay_response *response)',
	'void bonuspay_response_free(bonuspay_response *response)',
	`int bonuspay_notification_verify(const bonuspay_client *client, const uint8_t *body, size_t body_len,
		const char *sign, size_t sign_len, const char *partner_id, size_t partner_id_len,
		_Out_ bonuspay_notification **out, _Out_ bonuspay_error **err)`,
	'void bonuspay_notification_free(bonuspay_notification *notification)',
	'int bonuspay_amount_cmp(const char *a, size_t a_len, const char *b, size_t b_len, _Out_ int32_t *out)',
	'const char *bonuspay_error_message(const bonuspay_error *error, size_t *len)',
	'void bonuspay_error_free(bonuspay_error *error)',
].map((declaration) => [/bonuspay_(\w+)\(/.exec(declaration)[1], library.func(declaration)]));

class Failure extends Error {
	constructor(status, error) {
		super(lib.error_message(error, null));
		this.name = lib.status_name(status);
		lib.error_free(error);
	}
}

const text = (string) => [string, Buffer.byteLength(string)];

/** Calls on a thread of koffi's, so that the event loop goes on meanwhile. */
async function attempt(name, ...parameters) {
	const error = [null];
	const status = await promisify(lib[name].async)(...parameters, error);
	if (status !== 0) throw new Failure(status, error[0]);
}

async function made(name, ...parameters) {
	const out = [null];
	await attempt(name, ...parameters, out);
	return out[0];
}

const get = (response, pointer) => lib.response_get(response, ...text(pointer), null);

function isPaid(order) {
	const difference = [-1];
	return lib.response_state(order) === SUCCEEDED && lib.response_matches_request(order) === 1
		&& get(order, '/acquireOrder/paymentInfo/paidAmount/currency') === 'USDT'
		&& lib.amount_cmp(...text(get(order, '/acquireOrder/paymentInfo/paidAmount/amount')), ...text('12.81'), difference) === 0
		&& difference[0] >= 0;
}

async function verify(client, body, sign) {
	lib.notification_free(await made('notification_verify', client, body, body.length, ...text(sign), null, 0));
}

async function makeClient() {
	const config = lib.config_new();
	await attempt('config_set_environment', config, SANDBOX);
	await attempt('config_set_base_url', config, ...text(process.env.BONUSPAY_BASE_URL));
	await attempt('config_set_allow_http', config, true);
	await attempt('config_set_partner_id', config, ...text(process.env.BONUSPAY_PARTNER_ID));
	await attempt('config_set_private_key', config, ...text(fs.readFileSync(process.env.BONUSPAY_PRIVATE_KEY, 'utf8')));
	await attempt('config_set_public_key', config, ...text(fs.readFileSync(process.env.BONUSPAY_PUBLIC_KEY, 'utf8')));
	const client = await made('client_new', config);
	lib.config_free(config);
	return client;
}

async function pay() {
	if (lib.abi_version() !== ABI) throw new Error('the library has another ABI');
	const client = await makeClient();
	const index = { merchantOrderNo: process.env.ORDER_NUMBER };
	let order = await made('order_place', client, ...text(JSON.stringify({
		...index,
		subject: 'Tea ☕',
		totalAmount: { amount: '12.81', currency: 'USDT' },
		paySceneCode: 'API',
		paySceneParams: { chainCode: 'TRON', payChannelCode: 'CHAIN' },
		notifyUrl: 'http://localhost/bonuspay',
	})));
	console.log(`Pay 12.81 USDT on TRON to ${get(order, '/interactionParams/address')}`);

	// The notification says when to ask; what counts is the answer.
	const message = fs.readFileSync(0);
	const end = message.indexOf('\n');
	const [sign, body] = [message.subarray(0, end).toString(), message.subarray(end + 1)];
	await verify(client, body, sign);
	for (;;) {
		lib.response_free(order);
		order = await made('order_get', client, ...text(JSON.stringify(index)));
		if (![PENDING, UNKNOWN].includes(lib.response_state(order))) break;
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
	if (!isPaid(order)) throw new Error('not paid');
	console.log(`Paid ${get(order, '/acquireOrder/paymentInfo/paidAmount/amount')} USDT`);

	const forged = await verify(client, Buffer.concat([body, Buffer.from(' ')]), sign).catch((failure) => failure);
	if (!(forged instanceof Failure)) throw new Error('a forged notification was accepted');
	console.log(`Forged notification refused: ${forged.name}`);
	lib.response_free(order);
	lib.client_free(client);
}

pay().catch((error) => {
	console.error(String(error));
	process.exitCode = 1;
});
