# shellcheck shell=bash
# A certificate authority for tests, made on the fly with openssl in a folder of its own. Source it, then:
#
#   authority_make FOLDER [NAME]                      makes FOLDER/ca.pem and what belongs to it
#   certificate_make FOLDER NAME SAN [START END]      makes FOLDER/NAME.pem and FOLDER/NAME.key, signed by it
#   certificate_make_alone FOLDER NAME SAN            ... signed by itself
#
# SAN is as in openssl's subjectAltName: "IP:127.0.0.1,DNS:localhost". START and END are as in 20200101000000Z.

authority_make() {
    local folder=$1
    mkdir -p "$folder/issued" || return
    : >"$folder/index.txt"
    echo 01 >"$folder/serial"
    # ENV::… stand for what certificate_make exports. The system's own configuration has no say.
    cat >"$folder/openssl.cnf" <<CONFIGURATION
[req]
distinguished_name = name
prompt = no
[name]
commonName = ${2:-test authority}
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = CA:FALSE
subjectAltName = \$ENV::SUBJECT_NAMES
[ca]
default_ca = here
[here]
new_certs_dir = $folder/issued
database = $folder/index.txt
serial = $folder/serial
certificate = $folder/ca.pem
private_key = $folder/ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = optional
CONFIGURATION
    openssl ecparam -name prime256v1 -genkey -noout -out "$folder/ca.key" &&
        SUBJECT_NAMES=DNS:unused openssl req -config "$folder/openssl.cnf" -new -x509 -sha256 -days 30 \
            -extensions authority -key "$folder/ca.key" -out "$folder/ca.pem"
}

certificate_make() {
    local folder=$1 name=$2
    openssl ecparam -name prime256v1 -genkey -noout -out "$folder/$name.key" &&
        SUBJECT_NAMES=$3 openssl req -config "$folder/openssl.cnf" -new -sha256 -subj "/CN=$name" \
            -key "$folder/$name.key" -out "$folder/$name.request" &&
        SUBJECT_NAMES=$3 openssl ca -config "$folder/openssl.cnf" -batch -notext -extensions server \
            -startdate "${4:-20200101000000Z}" -enddate "${5:-20491231235959Z}" \
            -in "$folder/$name.request" -out "$folder/$name.pem" >"$folder/$name.log" 2>&1 ||
        { cat "$folder/$name.log" >&2; return 1; }
}

certificate_make_alone() {
    local folder=$1 name=$2
    openssl ecparam -name prime256v1 -genkey -noout -out "$folder/$name.key" &&
        SUBJECT_NAMES=$3 openssl req -config "$folder/openssl.cnf" -new -x509 -sha256 -days 30 -extensions server \
            -subj "/CN=$name" -key "$folder/$name.key" -out "$folder/$name.pem"
}
