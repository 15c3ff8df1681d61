#!/bin/sh
# Makes tokens that are each wrong in one place, and some that only look so. Run once, in a folder with data.txt and a
# tstinfo.der over it (genTime after today), with openssl 3; the keys are thrown away. The results are wrong-*.token,
# wrong-root.pem and wrong-others.pem.
set -eu
# The moment stamped lies years ahead, so that some certificates are in force today and not then.
# The name of the authority is left out of it.
python3 - <<'END'
info = open('tstinfo.der', 'rb').read().replace(b'20261123115717Z', b'20300101115717Z')
head = 2 if info[1] < 128 else 3
body = info[head:info.index(b'\xa0', info.index(b'20300101115717Z'))]
open('later.der', 'wb').write(b'\x30' + (bytes([len(body)]) if len(body) < 128 else b'\x81' + bytes([len(body)])) + body)
END
subject() { printf '/O=redress test/CN=%s' "$1"; }
authority() { # name, issuer (empty for a root), days, extensions
    openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$(subject "$1")" 2>/dev/null
    printf '%s\nsubjectKeyIdentifier=hash\n' "$4" > ext
    if [ -z "$2" ]; then
        openssl x509 -req -in "$1.csr" -signkey "$1.key" -days "$3" -extfile ext -out "$1.pem" 2>/dev/null
    else
        openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -set_serial "${5:-7}" -days "$3" -extfile ext -out "$1.pem" 2>/dev/null
    fi
}
ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign'
leaf='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature'
stamp="$leaf
extendedKeyUsage=critical,timeStamping"
token() { # name, then more for openssl cms
    name=$1; shift
    openssl cms -sign -cades -nodetach -binary -nosmimecap -econtent_type 1.2.840.113549.1.9.16.1.4 -in later.der \
        -outform DER -out "wrong-$name.token" "$@"
}
authority wrong-root '' 7000 "$ca"
authority good wrong-root 6900 "$stamp" 10
authority second wrong-root 6900 "$stamp" 11
token sound -signer good.pem -inkey good.key -md sha256
token two-signers -signer good.pem -inkey good.key -signer second.pem -inkey second.key -md sha256
# Certificates of others stand before and behind the signer's, one of them under the signer's own name and number.
authority decoy wrong-root 6900 "$leaf" 12
openssl req -new -newkey rsa:2048 -nodes -keyout twin.key -out twin.csr -subj "$(subject good)" 2>/dev/null
printf '%s\n' "$stamp" > ext
openssl x509 -req -in twin.csr -CA wrong-root.pem -CAkey wrong-root.key -set_serial 10 -days 6900 -extfile ext -out twin.pem 2>/dev/null
cat twin.pem decoy.pem second.pem > decoys.pem
token decoys -signer good.pem -inkey good.key -md sha256 -certfile decoys.pem
# The signer's key under another certificate of the same name and number: only ESSCertID tells them apart.
openssl x509 -req -in good.csr -CA wrong-root.pem -CAkey wrong-root.key -set_serial 10 -days 6800 -extfile ext -out again.pem 2>/dev/null
token no-certificate -signer good.pem -inkey good.key -md sha256 -nocerts
authority eku-not-critical wrong-root 6900 "$leaf
extendedKeyUsage=timeStamping"
token eku-not-critical -signer eku-not-critical.pem -inkey eku-not-critical.key -md sha256
authority eku-more wrong-root 6900 "$leaf
extendedKeyUsage=critical,timeStamping,emailProtection"
token eku-more -signer eku-more.pem -inkey eku-more.key -md sha256
authority eku-other wrong-root 6900 "$leaf
extendedKeyUsage=critical,codeSigning"
token eku-other -signer eku-other.pem -inkey eku-other.key -md sha256
authority key-usage wrong-root 6900 "basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=critical,timeStamping"
token key-usage -signer key-usage.pem -inkey key-usage.key -md sha256
# In force today and no longer when the token says it was made.
authority short wrong-root 2 "$stamp"
token signer-expired -signer short.pem -inkey short.key -md sha256
authority old-issuer wrong-root 2 "$ca"
authority under-old old-issuer 6900 "$stamp"
token issuer-expired -signer under-old.pem -inkey under-old.key -md sha256 -certfile old-issuer.pem
authority narrow wrong-root 6900 'basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign' 20
authority below narrow 6900 "$ca"
authority too-long below 6900 "$stamp"
cat narrow.pem below.pem > path.pem
token path-length -signer too-long.pem -inkey too-long.key -md sha256 -certfile path.pem
authority within narrow 6900 "$stamp" 21
token path-length-kept -signer within.pem -inkey within.key -md sha256 -certfile narrow.pem
authority no-authority wrong-root 6900 "$leaf" 22
authority under-none no-authority 6900 "$stamp"
token issued-by-none -signer under-none.pem -inkey under-none.key -md sha256 -certfile no-authority.pem
authority unknown-extension wrong-root 6900 "$stamp
1.3.6.1.4.1.55555.9=critical,DER:0500" 23
token unknown-extension -signer unknown-extension.pem -inkey unknown-extension.key -md sha256
token signed-sha1 -signer good.pem -inkey good.key -md sha1
# Data signed as data, not as a timestamp.
openssl cms -sign -cades -nodetach -binary -nosmimecap -in later.der -signer good.pem -inkey good.key -md sha256 -outform DER -out wrong-content-type.token
cat again.pem > wrong-others.pem
rm -f later.der ./*.key ./*.csr ext good.pem second.pem decoy.pem twin.pem decoys.pem again.pem eku-*.pem key-usage.pem short.pem old-issuer.pem under-*.pem narrow.pem below.pem too-long.pem path.pem within.pem no-authority.pem unknown-extension.pem
