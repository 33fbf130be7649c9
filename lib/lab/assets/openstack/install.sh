# shellcheck shell=bash
# Debian's packages: what they are, what is missing, how they come in. Sourced by lab.sh.
#
# Only libraries and server programs. The packages called nova-api and the like would add system users, questions and
# init scripts; all that is wanted of them is their request pipelines (api-paste.ini), taken out of the .deb below.
PACKAGES=(
  python3-keystone python3-glance python3-placement python3-nova python3-neutron python3-cinder
  python3-octavia python3-designate python3-barbican python3-barbicanclient python3-openstacksdk
  rabbitmq-server mariadb-server-core mariadb-client-core uwsgi-core uwsgi-plugin-python3
  ovn-central ovn-host openvswitch-switch
)
PIPELINE_PACKAGES=(nova-common cinder-common glance-common neutron-common designate-common barbican-common)

missing_packages() {
  local package
  for package in "${PACKAGES[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

# What `install` would do: nothing is changed. Only --simulate and --print-uris are sure of that: --assume-no says no to
# a question, and apt asks none where it needs no more than the packages that were named.
show_install() {
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) && return
  echo "missing: ${missing[*]}"
  LC_ALL=C apt-get install --simulate --no-install-recommends "${missing[@]}" 2>/dev/null | grep -E '^[0-9]+ upgraded' || true
  # a line per file: its address, its name, its size, its sum
  LC_ALL=C apt-get install --print-uris --yes -qq --no-install-recommends "${missing[@]}" 2>/dev/null |
    awk '$3 ~ /^[0-9]+$/ {bytes += $3} END {printf "%d MB to download\n", (bytes + 999999) / 1000000}'
}

enabled_units() {
  command -v systemctl >/dev/null || return 0
  systemctl --root=/ list-unit-files --state=enabled --no-legend --plain 2>/dev/null | cut -d' ' -f1 | sort
}

install_packages() {
  [[ $EUID == 0 ]] || die "install needs root"
  export DEBIAN_FRONTEND=noninteractive
  local policy=/usr/sbin/policy-rc.d before missing log=$LOG/install.log
  mkdir -p "$LOG"
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]})); then
    before=$(enabled_units)
    if [[ ! -e $policy ]]; then # no package may start a service: up does that, on loopback
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
      printf '#!/bin/sh\nexit 101\n' >$policy
      chmod 755 $policy
    fi
    say "asking Debian's mirror what there is"
    apt-get update -q >"$log" 2>&1 || die "apt-get update failed, see $log"
    say "installing ${#missing[@]} packages and what they need"
    apt-get install -y -q --no-install-recommends "${missing[@]}" >>"$log" 2>&1 || die "apt-get install failed, see $log"
    # nor at the machine's next start
    comm -13 <(echo "$before") <(enabled_units) | while read -r unit; do
      [[ -z $unit ]] || systemctl --root=/ disable --quiet "$unit"
    done
  fi
  umask 022
  say "unpacking the services' request pipelines"
  unpack_pipelines "$SYSTEM_SHARE"
}

# unpack_pipelines FOLDER: the request pipelines of the services; needs no root
unpack_pipelines() {
  local share=$1 deb
  [[ -e $share/done ]] && return
  mkdir -p "$share/deb"
  (cd "$share/deb" && apt-get download -qq -o APT::Sandbox::User= "${PIPELINE_PACKAGES[@]}" >/dev/null) ||
    die "apt-get download failed"
  for deb in "$share"/deb/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$share" --wildcards './usr/share/*-common/*'
  done
  rm -rf "$share/deb"
  touch "$share/done"
}
