#!/bin/bash
# Makes a network of its own for one run of the tests with other servers: a loopback without a route to the outside,
# names, addresses, and a certificate authority that only the processes inside trust. Only /etc/netns/NAME changes on
# the machine.
#
#   namespace.sh NAME FOLDER HOST[=ADDRESS]...     (as root)
#
# A host without an address gets a public one.
# It prints "ready" when the network is complete, and runs until its standard input closes, whatever the reason. Then it
# ends all processes inside, and removes the namespace and FOLDER.
set -euo pipefail
name=$1 folder=$2
hosts=("${@:3}")
trap '' INT TERM HUP

take_down() {
  for signal in TERM KILL; do
    for _ in $(seq 50); do
      pids=$(ip netns pids "$name" 2>/dev/null || true)
      [ -n "$pids" ] || break 2
      kill "-$signal" $pids 2>/dev/null || true
      sleep 0.1
    done
  done
  ip netns del "$name" 2>/dev/null || true
  rm -rf "/etc/netns/$name" "$folder"
}
trap take_down EXIT

make_certificates() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Test authority' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout ca.key -out ca.crt 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj '/CN=test' -keyout site.key -out site.csr 2>/dev/null
  {
    echo "subjectAltName=$(printf 'DNS:%s\n' "${hosts[@]%%=*}" | paste -sd,)"
    printf '%s\n' basicConstraints=CA:FALSE keyUsage=digitalSignature,keyEncipherment extendedKeyUsage=serverAuth
  } >site.ext
  openssl x509 -req -in site.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile site.ext \
    -out site.crt 2>/dev/null
}

# `ip netns exec` mounts the files of /etc/netns/NAME over those of /etc, only for the processes that it starts.
make_etc() {
  local etc=/etc/netns/$name
  mkdir -p "$etc"
  # Without this, a name with an address of one family only fails with EAI_AGAIN.
  printf '%s\n' 'passwd: files' 'group: files' 'hosts: files' >"$etc/nsswitch.conf"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$etc/hosts"
  cp -a /etc/ssl "$etc/ssl"
  mkdir -p "$etc/ssl/certs"
  cat ca.crt >>"$etc/ssl/certs/ca-certificates.crt"
  cp ca.crt "$etc/ssl/certs/$(openssl x509 -in ca.crt -noout -hash).0"
}

# 2e00::/16 is in the global unicast space that a server's guard allows, and is not assigned to anybody.
give_addresses() {
  local number=10
  for host in "${hosts[@]}"; do
    if [[ $host == *=* ]]; then
      echo "${host#*=} ${host%%=*}" >>"/etc/netns/$name/hosts"
      continue
    fi
    ip -n "$name" -6 addr add "2e00::$number/128" dev lo nodad
    echo "2e00::$number $host" >>"/etc/netns/$name/hosts"
    number=$((number + 1))
  done
}

cd "$folder"
ip netns add "$name"
ip -n "$name" link set lo up
make_certificates
make_etc
give_addresses
echo ready
cat >/dev/null
