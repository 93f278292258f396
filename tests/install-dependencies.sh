#!/bin/sh
# Installs what a stage of the project needs and this machine lacks. Where nothing is missing it is silent, takes a
# few milliseconds and uses no network.
#
#   tests/install-dependencies.sh build    what `make` needs
#   tests/install-dependencies.sh demo     ... and what `make demo` and `make shell` need
#   tests/install-dependencies.sh bench    ... and what `make bench` needs
#   tests/install-dependencies.sh deb      what `make deb` needs; on Debian and Ubuntu only
#   tests/install-dependencies.sh cover    what the tests need and `make cover`
#   tests/install-dependencies.sh test     what the demo needs, `make test` and `make check`
#   tests/install-dependencies.sh debian   what `make debian13` needs, on Debian and Ubuntu only
#   tests/install-dependencies.sh engines  the servers that `make engines` brings archives to
#   tests/install-dependencies.sh report   what `make report` needs: a browser, 100 MB to fetch
#
# Debian and Ubuntu: apt-get, through sudo when not root. macOS: brew. Elsewhere it names what is missing and fails.
# --list prints the names of what is missing, for this system's package manager, and installs nothing; --what prints
# each package, whether it is there, and what it is for. NEEDS=no in the environment: nothing is installed.
#
# Where nothing is or can be installed, the tests run with what is there, and say what they leave out: they need no more
# than what the demo does, curl and cmocka.
set -eu

stage=${1:-build}
mode=${2:-install}
missing=
essential=
use=

case $stage in
build | demo | bench | cover | deb | debian | engines | report | test) ;;
*)
    echo "usage: $0 build|demo|bench|cover|deb|debian|engines|report|test [--list|--what]" >&2
    exit 2
    ;;
esac

if command -v apt-get >/dev/null 2>&1; then
    system=debian
elif command -v brew >/dev/null 2>&1; then
    system=brew
else
    system=other
fi

# need DEBIAN-PACKAGES BREW-PACKAGES COMMAND...: the packages are missing unless the command succeeds.
# "-" stands for "comes with the system".
need() {
    debian=$1
    brew=$2
    shift 2
    case $system in
    brew) packages=$brew ;;
    *) packages=$debian ;;
    esac
    [ "$packages" != - ] || return 0
    note "$packages" "$@"
}

# note PACKAGES COMMAND...: for --what, a line; `use` is what the packages are for.
note() {
    packages=$1
    shift
    found=there
    "$@" >/dev/null 2>&1 || found=missing
    [ "$mode" != --what ] || printf '%-8s %-28s %s\n' "$found" "$packages" "$use"
    [ $found = there ] || missing="$missing $packages"
}

tool() {
    command -v "$1"
}

# A compiler without the C library's headers cannot build anything either.
compiler() {
    printf '#include <stdio.h>\n' | "${CC:-cc}" -E -
}

library() {
    PKG_CONFIG_PATH=${PKG_CONFIG_PATH:-}:$keg_paths pkg-config --exists "$1"
}

# Debian and Ubuntu take the certificates that TLS is verified with from this file.
certificates() {
    [ "$system" != debian ] || [ -s /etc/ssl/certs/ca-certificates.crt ]
}

# macOS ships a sqlite3 that cannot load extensions.
shell() {
    if [ "$system" = brew ]; then
        [ -x "$(brew --prefix sqlite)/bin/sqlite3" ]
    else
        tool sqlite3
    fi
}

# Ubuntu's valgrind runs nothing without the C library's debug symbols, so being installed is not enough.
# There is none for recent macOS.
memory_checker() {
    [ "$system" = brew ] || valgrind -q true
}

look() {
    # Everything else is for the system that it makes.
    if [ "$stage" = debian ]; then
        need git git tool git
        need debootstrap - tool debootstrap
        return 0
    fi
    keg_paths=
    for keg in /opt/homebrew/opt/sqlite /usr/local/opt/sqlite; do
        keg_paths=$keg_paths:$keg/lib/pkgconfig
    done
    use="the library"
    need "gcc libc6-dev" - compiler
    need make make tool "${MAKE_COMMAND:-make}"
    need pkg-config pkg-config tool pkg-config
    need libsqlite3-dev sqlite library "sqlite3 >= 3.34"
    need libcurl4-openssl-dev curl library libcurl
    need libjansson-dev jansson library jansson
    [ "$stage" != build ] || return 0
    if [ "$stage" = deb ]; then
        use="make deb"
        need debhelper - tool dh
        need fakeroot - tool fakeroot
        return 0
    fi

    if [ "$stage" = engines ]; then
        look_engines
        return 0
    fi
    if [ "$stage" = report ]; then
        use="make report: pages in a browser"
        need chromium chromium tool chromium
        return 0
    fi

    use="the demo, make shell and all tests: the shell, the emulator"
    need sqlite3 sqlite shell
    need libmicrohttpd-dev libmicrohttpd library libmicrohttpd
    need ca-certificates - certificates
    [ "$stage" != demo ] || return 0
    if [ "$stage" = bench ]; then
        look_bench
        return 0
    fi

    use="all tests"
    need libcmocka-dev cmocka library cmocka
    need curl - tool curl
    need coreutils coreutils stdbuf_tool
    essential=$missing
    use="moving"
    need jq jq tool jq
    use="valgrind:..., memory/test_life"
    need "valgrind libc6-dbg" - memory_checker
    use="check/analysis"
    need cppcheck cppcheck tool cppcheck
    use="check/style"
    need clang-format clang-format tool clang-format
    use="check/analysis, fuzz/test_corpus"
    need clang - tool clang
    use="fuzz/test_corpus"
    wish libclang-rt-dev fuzzer
    use="packages/test_install: the manual page"
    need mandoc mandoc tool mandoc
    use="packages/test_amalgamation, hosts/node: C++"
    need g++ - tool c++
    use="packages/test_deb"
    need debhelper - tool dh
    need fakeroot - tool fakeroot
    need lintian - tool lintian
    use="conformance, spec, versions, report, engines, packages/test_npm, hosts/node"
    need nodejs node tool node
    need npm node tool npm
    use="make cover"
    if [ "$stage" = cover ]; then need gcovr gcovr tool gcovr; fi
    look_hosts
    look_servers
    wish_browser
}

# The languages and programs that tests/hosts loads the extension into, 17 MB to fetch in all. Asked of the package
# manager, since asking each of them takes ten times as long.
look_hosts() {
    use="hosts, archive/test_export*, servers/test_proxy"
    need python3 - tool python3
    use="hosts"
    for package in libdbd-sqlite3-perl php-cli php-sqlite3 ruby-sqlite3 tcl libsqlite3-tcl python3-apsw sqlite-utils; do
        need $package - packaged $package
    done
    use="hosts/import_stopped: ps"
    need procps - tool ps
    use="hosts"
    # Another 20 MB.
    if [ "${CI:-}" = true ]; then need "sqlitebrowser xvfb" - tool sqlitebrowser; fi
}

packaged() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1")" = installed ]
}

# What tests/servers puts in front of the emulator; without it those tests are skipped. Installing nginx starts it as a
# service where there is somebody to start services, which is not wanted on a machine that people work on: there it is
# used if it is installed, and else done without. tinyproxy-bin is the program alone.
look_servers() {
    use="servers, trust/test_tls"
    need openssl openssl tool openssl
    use="servers/test_proxy"
    need tinyproxy-bin tinyproxy tool tinyproxy
    if [ "${CI:-}" = true ] || [ ! -d /run/systemd/system ] || [ "$system" = brew ]; then
        use="servers"
        need nginx nginx web_server
    fi
}

# Debian puts it where not every user looks.
web_server() {
    tool nginx || [ -x /usr/sbin/nginx ]
}

# PostgreSQL and ClickHouse, 350 MB. Installing them makes services of them, which is not wanted on a machine that
# people work on: there they are used if they are installed. Elsewhere, too, none is started (start_no_services).
look_engines() {
    use="make engines"
    need nodejs node tool node
    need npm node tool npm
    if [ "${CI:-}" = true ] || [ ! -d /run/systemd/system ]; then
        need postgresql postgresql@15 postgresql_server
        if [ "$system" = debian ]; then
            wish clickhouse-server clickhouse_server
            wish clickhouse-client tool clickhouse-client
        fi
    fi
}

postgresql_server() {
    ls /usr/lib/postgresql/*/bin/initdb || tool initdb
}

# Debian puts it where not every user looks.
clickhouse_server() {
    tool clickhouse-server || [ -x /usr/sbin/clickhouse-server ]
}

# Debian asks this program before it starts a service.
start_no_services() {
    [ ! -e /usr/sbin/policy-rc.d ] || return 0
    printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
    as_root chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f "$log"; as_root rm -f /usr/sbin/policy-rc.d' EXIT
}

# wish DEBIAN-PACKAGE COMMAND...: as need, but where there is no such package, the tests say what they leave out.
wish() {
    package=$1
    shift
    if [ "$system" = debian ] && { "$@" >/dev/null 2>&1 || apt-cache show "$package" >/dev/null 2>&1; }; then
        note "$package" "$@"
    fi
}

# What opens the pages of examples/report.sh, 100 MB to fetch; without it those tests are skipped.
wish_browser() {
    use="report: pages in a browser"
    if [ "${CI:-}" = true ]; then wish chromium tool chromium; fi
}

# Some clangs bring libFuzzer along, for others it is a package of its own.
fuzzer() {
    ls "$(clang -print-resource-dir)"/lib/*/libclang_rt.fuzzer*
}

# The SDK that the benchmark compares with runs on Node.
look_bench() {
    use="make bench"
    need curl - tool curl
    need nodejs node tool node
    need npm node tool npm
}

stdbuf_tool() {
    tool stdbuf || tool gstdbuf
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "Not root, and there is no sudo." >&2
        return 1
    fi
}

install_debian() {
    as_root apt-get update -qq || true # an old list may still be good enough
    # Before, there may have been no list at all.
    [ "$stage" != test ] || wish libclang-rt-dev fuzzer
    [ "$stage" != test ] || wish_browser
    if [ "$stage" = engines ]; then
        missing=
        look
        start_no_services
    fi
    # shellcheck disable=SC2086 # names of packages, meant to be split
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 $missing
}

install_brew() {
    # shellcheck disable=SC2086
    brew install --quiet $missing
}

# The tests go on without.
give_up() {
    if [ "$stage" = test ] && [ -z "$essential" ]; then
        echo "Without these, what needs them is left out (make needs tells what each is for):$missing" >&2
        exit 0
    fi
    if [ "$stage" = test ]; then missing=$essential; fi
    echo "To go on, install:$missing" >&2
    exit 1
}

look
if [ "$mode" = --what ]; then exit; fi
[ -n "$missing" ] || exit 0
if [ "$mode" = --list ]; then
    echo "$missing"
    exit 0
fi
if [ "${NEEDS-}" = no ]; then give_up; fi
if [ "$system" = other ]; then
    echo "Missing here (names as in Debian):$missing" >&2
    give_up
fi

echo "Installing:$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install_$system >"$log" 2>&1; then
    cat "$log" >&2
    give_up
fi
