# One payment through BonusPay with FFI::Platypus; examples/README.md says what variables and standard input hold.
use v5.36;
use FFI::Platypus 2.00;
use JSON::PP qw(encode_json);

use constant { ABI => 2, SANDBOX => 1, PENDING => 1, SUCCEEDED => 2, UNKNOWN => 5 };

my $ffi = FFI::Platypus->new(api => 2, lib => 'libbonuspay.so.2');
$ffi->mangler(sub ($name) { "bonuspay_$name" });
my @text = ('string', 'size_t');
$ffi->attach(abi_version => [] => 'uint32');
$ffi->attach(status_name => ['sint32'] => 'string');
$ffi->attach(config_new => [] => 'opaque');
$ffi->attach(config_free => ['opaque']);
$ffi->attach(config_set_environment => ['opaque', 'sint32', 'opaque*'] => 'int');
$ffi->attach(config_set_allow_http => ['opaque', 'bool', 'opaque*'] => 'int');
$ffi->attach("config_set_$_" => ['opaque', @text, 'opaque*'] => 'int')
    for qw(base_url partner_id private_key public_key);
$ffi->attach(client_new => ['opaque', 'opaque*', 'opaque*'] => 'int');
$ffi->attach(client_free => ['opaque']);
$ffi->attach($_ => ['opaque', @text, 'opaque*', 'opaque*'] => 'int') for qw(order_place order_get);
$ffi->attach(response_get => ['opaque', @text, 'size_t*'] => 'string');
$ffi->attach(response_state => ['opaque'] => 'sint32');
$ffi->attach(response_matches_request => ['opaque'] => 'sint32');
$ffi->attach(response_free => ['opaque']);
$ffi->attach(notification_verify => ['opaque', @text, @text, @text, 'opaque*', 'opaque*'] => 'int');
$ffi->attach(notification_free => ['opaque']);
$ffi->attach(amount_cmp => [@text, @text, 'sint32*'] => 'int');
$ffi->attach(error_message => ['opaque', 'size_t*'] => 'string');
$ffi->attach(error_free => ['opaque']);

# Texts are bytes here: what was read as characters is encoded first.
sub text ($bytes) { return ($bytes, length $bytes) }

sub attempt ($function, @arguments) {
    my $status = $function->(@arguments, \my $error);
    return if $status == 0;
    my $message = error_message($error, undef);
    error_free($error);
    die { name => status_name($status), message => $message };
}

sub made ($function, @arguments) {
    attempt($function, @arguments, \my $out);
    return $out;
}

sub get ($response, $pointer) { return response_get($response, text($pointer), undef) }

sub contents ($path) {
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$file>;
}

sub is_paid ($order) {
    my $difference = -1;
    my $amount = get($order, '/acquireOrder/paymentInfo/paidAmount/amount') // '';
    return response_state($order) == SUCCEEDED && response_matches_request($order) == 1
        && get($order, '/acquireOrder/paymentInfo/paidAmount/currency') eq 'USDT'
        && amount_cmp(text($amount), text('12.81'), \$difference) == 0
        && $difference >= 0;
}

sub verify ($client, $body, $sign) {
    notification_free(made(\&notification_verify, $client, text($body), text($sign), undef, 0));
}

sub make_client () {
    my $config = config_new();
    attempt(\&config_set_environment, $config, SANDBOX);
    attempt(\&config_set_base_url, $config, text($ENV{BONUSPAY_BASE_URL}));
    attempt(\&config_set_allow_http, $config, 1);
    attempt(\&config_set_partner_id, $config, text($ENV{BONUSPAY_PARTNER_ID}));
    attempt(\&config_set_private_key, $config, text(contents($ENV{BONUSPAY_PRIVATE_KEY})));
    attempt(\&config_set_public_key, $config, text(contents($ENV{BONUSPAY_PUBLIC_KEY})));
    my $client = made(\&client_new, $config);
    config_free($config);
    return $client;
}

sub pay () {
    my $client = make_client();
    my %index = (merchantOrderNo => $ENV{ORDER_NUMBER});
    my $order = made(\&order_place, $client, text(encode_json {
        %index,
        subject => 'Tea',
        totalAmount => { amount => '12.81', currency => 'USDT' },
        paySceneCode => 'API',
        paySceneParams => { chainCode => 'TRON', payChannelCode => 'CHAIN' },
        notifyUrl => 'http://localhost/bonuspay',
    }));
    STDOUT->autoflush(1);
    say 'Pay 12.81 USDT on TRON to ', get($order, '/interactionParams/address');

    # The notification says when to ask; what counts is the answer.
    binmode STDIN;
    my ($sign, $body) = split /\n/, do { local $/; <STDIN> }, 2;
    verify($client, $body, $sign);
    while (1) {
        response_free($order);
        $order = made(\&order_get, $client, text(encode_json \%index));
        my $state = response_state($order);
        last if $state != PENDING && $state != UNKNOWN;
        sleep 1;
    }
    is_paid($order) or die "not paid\n";
    say 'Paid ', get($order, '/acquireOrder/paymentInfo/paidAmount/amount'), ' USDT';

    eval { verify($client, "$body ", $sign); 1 } and die "a forged notification was accepted\n";
    say 'Forged notification refused: ', ref $@ ? $@->{name} : die $@;
    response_free($order);
    client_free($client);
}

die "the library has another ABI\n" if abi_version() != ABI;
unless (eval { pay(); 1 }) {
    print STDERR ref $@ ? "$@->{name}: $@->{message}\n" : $@;
    exit 1;
}
