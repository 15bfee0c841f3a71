#!/usr/bin/env bash
# Installs the object store that test/store asks: Ceph's S3 gateway, from Debian's own packages (60 MB). The tests start it
# themselves, on the loopback and without root. Does nothing where it is installed.
set -euo pipefail

programs=(radosgw radosgw-admin ceph ceph-mon ceph-osd openssl setpriv)
missing=()
for program in "${programs[@]}"; do
  command -v "$program" > /dev/null || missing+=("$program")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
echo "installing the store of the tests, since these are missing: ${missing[*]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -qq -y --no-install-recommends -o Acquire::Retries=3 \
  radosgw ceph-mon ceph-osd openssl util-linux > /dev/null
radosgw --version
