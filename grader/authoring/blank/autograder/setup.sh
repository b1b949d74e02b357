#!/usr/bin/env bash
# Run once by Gradescope, as root, when the autograder's image is built (Ubuntu 22.04 or later; about 6 GB with torch).
set -euo pipefail
source=${AUTOGRADER_ROOT:-/autograder}/source

apt-get update -qq
# System call filters, which confine what students hand in.
apt-get install -y -qq libseccomp2
for version in 3.13 3.12 3.11; do
    if apt-get install -y -qq "python$version" "python$version-venv"; then
        break
    fi
done
"python$version" -m venv "$source/.venv"
"$source/.venv/bin/python" -m pip install --quiet --editable "$source/course[notebooks]"
chmod -R go-rwx "$source/course/solutions"
