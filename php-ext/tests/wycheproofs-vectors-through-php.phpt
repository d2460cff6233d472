--TEST--
R4: Wycheproof's RSA PKCS#1 v1.5 vectors: valid ones verify, all others are exceptions
--FILE--
<?php
require 'support.inc';

$ours = ['2048_sha256', '3072_sha256', '4096_sha256', '8192_sha256'];
$valid = $refused = $files = 0;
foreach (glob(environment('WYCHEPROOF') . '/rsa_signature_*_test.json') as $file) {
    $files++;
    $with_sha256 = in_array(substr(basename($file, '_test.json'), strlen('rsa_signature_')), $ours, true);
    foreach (json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR)['testGroups'] as $group) {
        $client = new BonusPay\Client(['environment' => 'sandbox', 'public_key' => base64_encode(hex2bin($group['publicKeyDer'] ?? $group['publicKeyAsn'] ?? $group['keyDer']))]);
        foreach ($group['tests'] as $test) {
            // Elsewhere a signature with SHA-256 is the invalid one, and for us the only valid one.
            if (!$with_sha256 && str_contains($test['comment'], 'SHA-256')) {
                continue;
            }
            $wanted = $with_sha256 && $test['result'] === 'valid';
            try {
                // True or an exception: false would be neither.
                same(true, $client->verify(hex2bin($test['msg']), base64_encode(hex2bin($test['sig']))));
                $verified = true;
            } catch (BonusPay\Exception\SignatureException) {
                $verified = false;
            }
            same($wanted, $verified, basename($file) . " {$test['tcId']}: {$test['comment']}");
            $verified ? $valid++ : $refused++;
        }
    }
}
check($files === 24 && $valid >= 30 && $refused >= 6000, "$files files, $valid valid, $refused refused");
echo "done\n";
?>
--EXPECT--
done
