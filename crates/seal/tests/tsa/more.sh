#!/bin/sh
# Makes the tokens that no public authority's test set has: RSA-PSS, three curves, and BER with indefinite lengths.
# Run once, in a folder with data.txt and a tstinfo.der over it (genTime after today), with openssl 3; the keys are thrown away. The results are more-*.token and more-root.pem.
set -eu
subject() { printf '/O=redress test/CN=%s' "$1"; }
openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out more-root.pem -days 7000 -subj "$(subject more-root)" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
token() { # name, key options, signing options
    name=$1; shift; key=$1; shift
    # shellcheck disable=SC2086
    openssl req -newkey $key -nodes -keyout tsa.key -out tsa.csr -subj "$(subject "$name")" 2>/dev/null
    printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\n' > ext
    openssl x509 -req -in tsa.csr -CA more-root.pem -CAkey root.key -CAcreateserial -days 6900 -extfile ext -out tsa.pem 2>/dev/null
    openssl cms -sign -cades -nodetach -binary -nosmimecap -econtent_type 1.2.840.113549.1.9.16.1.4 -in tstinfo.der \
        -signer tsa.pem -inkey tsa.key -outform DER -out "more-$name.token" "$@"
    # openssl ts reads tokens as PKCS #7, which knows no PSS; there openssl cms is the judge of the signature.
    case $name in
        pss) openssl cms -verify -inform DER -in "more-$name.token" -CAfile more-root.pem -purpose timestampsign -binary -out /dev/null ;;
        *) openssl ts -verify -token_in -in "more-$name.token" -data data.txt -CAfile more-root.pem ;;
    esac
}
token pss rsa:2048 -md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1
token p256 'ec -pkeyopt ec_paramgen_curve:P-256' -md sha256
token p384 'ec -pkeyopt ec_paramgen_curve:P-384' -md sha384
token p521 'ec -pkeyopt ec_paramgen_curve:P-521' -md sha512
token rsa512 rsa:3072 -md sha512
token ber rsa:2048 -md sha256 -stream
token keyid rsa:2048 -md sha256 -keyid
