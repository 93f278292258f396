#!/usr/bin/env bash
# Installs what packages.txt lists, a test at a time, so that one package that this system has not costs its test only.
# It says what could not be had. `make hosts` runs it; not executable, since tests/run takes what is for a test.
set -u
cd "$(dirname "$0")/../.." || exit 2

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Are these Debian packages there?
installed() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return
    done
}

debian() {
    command -v apt-get >/dev/null || { echo "no apt-get here" && return 1; }
    [ -n "$updated" ] || as_root apt-get update -qq
    updated=yes
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
}

runtimes() {
    local folder=build/hosts/runtimes
    command -v npm >/dev/null || { echo "no npm here" && return 1; }
    cmp -s tests/hosts/runtimes-lock.json "$folder/installed" && return
    rm -rf "$folder"
    mkdir -p "$folder"
    cp tests/hosts/runtimes.json "$folder/package.json"
    cp tests/hosts/runtimes-lock.json "$folder/package-lock.json"
    cp tests/hosts/.npmrc "$folder/"
    npm ci --prefix "$folder" --no-audit --no-fund && cp tests/hosts/runtimes-lock.json "$folder/installed"
}

updated=
missing=
log=$(mktemp) || exit
trap 'rm -f "$log"' EXIT
while read -r name packages; do
    case $name in '#'* | '') continue ;; esac
    # shellcheck disable=SC2086 # names of packages, meant to be split
    case $packages in
    npm) runtimes >"$log" 2>&1 ;;
    *) installed $packages || { echo "Installing: $packages" >&2 && debian $packages >"$log" 2>&1; } ;;
    esac || missing="$missing  $name ($packages): $(grep -m 1 -E '^(E:|npm (error|ERR))|^no ' "$log")
"
done <tests/hosts/packages.txt
[ -z "$missing" ] || printf 'Not to be had here, so these tests are skipped:\n%s' "$missing" >&2
