# shellcheck shell=bash
# The official Node SDK, for the scripts that compare with it. Source it after tests/lib.sh, at the root of the project.
source tests/npm.sh

SDK_FOLDER=build/sdk

# Installs it; prints why where it cannot.
sdk_install() {
    npm_install "the SDK" tests/bench "$SDK_FOLDER"
}
