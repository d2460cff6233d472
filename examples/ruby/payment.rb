# One payment through BonusPay with fiddle; examples/README.md says what the variables and the standard input hold.
require "fiddle/import"
require "json"

module Lib
  extend Fiddle::Importer
  dlload "libbonuspay.so.2"
  extern "unsigned int bonuspay_abi_version(void)"
  extern "const char *bonuspay_status_name(int status)"
  extern "void *bonuspay_config_new(void)"
  extern "void bonuspay_config_free(void *config)"
  extern "int bonuspay_config_set_environment(void *config, int environment, void **err)"
  extern "int bonuspay_config_set_allow_http(void *config, char allow, void **err)" # fiddle has no bool; 1 or 0
  %w[base_url partner_id private_key public_key].each do |setting|
    extern "int bonuspay_config_set_#{setting}(void *config, const char *text, size_t len, void **err)"
  end
  extern "int bonuspay_client_new(const void *config, void **out, void **err)"
  extern "void bonuspay_client_free(void *client)"
  extern "int bonuspay_order_place(const void *client, const char *biz, size_t biz_len, void **out, void **err)"
  extern "int bonuspay_order_get(const void *client, const char *biz, size_t biz_len, void **out, void **err)"
  extern "const char *bonuspay_response_get(const void *response, const char *pointer, size_t pointer_len, size_t *len)"
  extern "int bonuspay_response_state(const void *response)"
  extern "int bonuspay_response_matches_request(const void *response)"
  extern "void bonuspay_response_free(void *response)"
  extern "int bonuspay_notification_verify(const void *client, const char *body, size_t body_len, const char *sign, " \
         "size_t sign_len, const char *partner_id, size_t partner_id_len, void **out, void **err)"
  extern "void bonuspay_notification_free(void *notification)"
  extern "int bonuspay_amount_cmp(const char *a, size_t a_len, const char *b, size_t b_len, int *out)"
  extern "const char *bonuspay_error_message(const void *error, size_t *len)"
  extern "void bonuspay_error_free(void *error)"
end

ABI = 2
SANDBOX = 1
PENDING, SUCCEEDED, UNKNOWN = 1, 2, 5
POINTER = Fiddle::SIZEOF_VOIDP

class Failure < StandardError
  attr_reader :name

  def initialize(status, error)
    @name = Lib.bonuspay_status_name(status).to_s
    super("#{@name}: #{Lib.bonuspay_error_message(error, nil)}")
    Lib.bonuspay_error_free(error)
  end
end

def text(string) = [string, string.bytesize]

# What a function wrote behind a pointer.
def pointer_out = Fiddle::Pointer.malloc(POINTER, Fiddle::RUBY_FREE)

def attempt(function, *arguments)
  error = pointer_out
  status = Lib.public_send("bonuspay_#{function}", *arguments, error)
  raise Failure.new(status, error.ptr) unless status.zero?
end

def made(function, *arguments)
  out = pointer_out
  attempt(function, *arguments, out)
  out.ptr
end

def get(response, pointer)
  value = Lib.bonuspay_response_get(response, *text(pointer), nil)
  value.to_s unless value.null?
end

def paid?(order)
  amount = get(order, "/acquireOrder/paymentInfo/paidAmount/amount")
  difference = Fiddle::Pointer.malloc(Fiddle::SIZEOF_INT, Fiddle::RUBY_FREE)
  Lib.bonuspay_response_state(order) == SUCCEEDED && Lib.bonuspay_response_matches_request(order) == 1 &&
    get(order, "/acquireOrder/paymentInfo/paidAmount/currency") == "USDT" &&
    Lib.bonuspay_amount_cmp(*text(amount), *text("12.81"), difference).zero? &&
    difference[0, Fiddle::SIZEOF_INT].unpack1("l") >= 0
end

def verify(client, body, sign)
  Lib.bonuspay_notification_free(made("notification_verify", client, *text(body), *text(sign), nil, 0))
end

def make_client
  config = Lib.bonuspay_config_new
  attempt("config_set_environment", config, SANDBOX)
  attempt("config_set_base_url", config, *text(ENV.fetch("BONUSPAY_BASE_URL")))
  attempt("config_set_allow_http", config, 1)
  attempt("config_set_partner_id", config, *text(ENV.fetch("BONUSPAY_PARTNER_ID")))
  attempt("config_set_private_key", config, *text(File.read(ENV.fetch("BONUSPAY_PRIVATE_KEY"))))
  attempt("config_set_public_key", config, *text(File.read(ENV.fetch("BONUSPAY_PUBLIC_KEY"))))
  made("client_new", config).tap { Lib.bonuspay_config_free(config) }
end

abort "the library has another ABI" unless Lib.bonuspay_abi_version == ABI
begin
  client = make_client
  index = { merchantOrderNo: ENV.fetch("ORDER_NUMBER") }
  order = made("order_place", client, *text(JSON.generate({
    **index,
    subject: "Tea",
    totalAmount: { amount: "12.81", currency: "USDT" },
    paySceneCode: "API",
    paySceneParams: { chainCode: "TRON", payChannelCode: "CHAIN" },
    notifyUrl: "http://localhost/bonuspay"
  })))
  puts "Pay 12.81 USDT on TRON to #{get(order, '/interactionParams/address')}"
  $stdout.flush

  # The notification says when to ask; what counts is the answer.
  sign, body = $stdin.binmode.read.split("\n", 2)
  verify(client, body, sign)
  loop do
    Lib.bonuspay_response_free(order)
    order = made("order_get", client, *text(JSON.generate(index)))
    break unless [PENDING, UNKNOWN].include?(Lib.bonuspay_response_state(order))

    sleep 1
  end
  abort "not paid" unless paid?(order)
  puts "Paid #{get(order, '/acquireOrder/paymentInfo/paidAmount/amount')} USDT"

  begin
    verify(client, "#{body} ", sign)
    abort "a forged notification was accepted"
  rescue Failure => failure
    puts "Forged notification refused: #{failure.name}"
  end
  Lib.bonuspay_response_free(order)
  Lib.bonuspay_client_free(client)
rescue Failure => failure
  abort failure.message
end
