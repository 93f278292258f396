# shellcheck shell=bash
# Packages of npm that tests install, each set in a folder of its own. Source it at the root of the project.

# npm_install WHAT SOURCE FOLDER: puts the packages of SOURCE/package-lock.json into FOLDER, once for each state of
# the lock file; prints why where it cannot. Scripts that come at the same time each install them for themselves, and
# the first to be ready puts its folder in place. WHAT: what to call them.
npm_install() {
    local what=$1 source=$2 target=$3 folder
    cmp -s "$source/package-lock.json" "$target/package-lock.json" && return
    command -v npm >/dev/null || { echo "no npm here" && return 1; }
    mkdir -p "$(dirname "$target")"
    folder=$(mktemp -d "$target.XXXXXX") || return
    cp "$source/package.json" "$source/package-lock.json" "$source/.npmrc" "$folder/"
    if ! npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --prefer-offline --fetch-retries=1 \
        --fetch-retry-mintimeout=1000 >"$folder.log" 2>&1; then
        echo "npm could not install $what: $(grep -m 1 -E '^npm (error|ERR!)' "$folder.log")"
        rm -rf "$folder" "$folder.log"
        return 1
    fi
    if ! cmp -s "$source/package-lock.json" "$target/package-lock.json"; then
        rm -rf "$target"
        mv "$folder" "$target" 2>/dev/null
    fi
    rm -rf "$folder" "$folder.log"
}
