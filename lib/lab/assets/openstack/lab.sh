#!/bin/bash
# shellcheck source-path=SCRIPTDIR
# A real OpenStack control plane on loopback, without a hypervisor. Called by lib/lab/openstack-lab.ts.
#
#   lab.sh missing       what `install` would bring, in apt's words; nothing if all is there
#   lab.sh install       Debian's packages (the only verb that needs root)
#   lab.sh up            configure, migrate, start, seed; repeat at will
#   lab.sh status        one line per process: name, pid (0: it died), MiB
#   lab.sh down          stop what `up` started; the state stays
#   lab.sh reset         down, then delete the state folder
#
# Real:  keystone glance placement nova neutron cinder octavia designate barbican with their databases, message bus,
#        schedulers, policies and quotas; OVN for networks (northd and controller).
# Fake:  what a compute host would do. Servers are entries in nova's own FakeDriver, volumes entries in cinder's own
#        fake driver, packets meet Open vSwitch's userspace dummy datapath, load balancers run no haproxy, and DNS
#        zones are served by designate's own hidden primary only.
#
# Everything listens on 127.0.0.1 or on a unix socket below the state folder.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# All state, logs and sockets; short, since a socket's path holds 107 signs.
LAB=${STACKATO_OSLAB_DIR:?the state folder}
# Optional parts: octavia designate barbican
WITH=${STACKATO_OSLAB_WITH-octavia designate}
# Of every account in the lab: it guards nothing.
PASS=practice CERT_MANAGER=local_cert_manager
# Debian's, whatever else is in PATH.
PY=/usr/bin/python3

IP=127.0.0.1
P_KEYSTONE=5000 P_GLANCE=9292 P_PLACEMENT=8778 P_NOVA=8774 P_NEUTRON=9696 P_CINDER=8776
# shellcheck disable=SC2034 # some are for templates only
P_BARBICAN=9311 P_OCTAVIA=9876 P_DESIGNATE=9001 P_MDNS=5354 P_RABBIT=5672 P_RABBIT_DIST=25672 P_EPMD=4369
AUTH=http://$IP:$P_KEYSTONE/v3

RUN=$LAB/run ETC=$LAB/etc LOG=$LAB/log
# Request pipelines of the services: of the machine, from `install`, else of this lab, from `up`.
SYSTEM_SHARE=/usr/local/share/cdktf-stackato/openstack-zed
SHARE=$SYSTEM_SHARE
[[ -e $SHARE/done ]] || SHARE=$LAB/share

with() { [[ " $WITH " == *" $1 "* ]]; }
# Progress for whoever called; everything else goes to logs.
say() { printf '%s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# shellcheck source=install.sh
. "$here/install.sh"
# shellcheck source=processes.sh
. "$here/processes.sh"
# shellcheck source=configure.sh
. "$here/configure.sh"
# shellcheck source=base.sh
. "$here/base.sh"
# shellcheck source=databases.sh
. "$here/databases.sh"
# shellcheck source=services.sh
. "$here/services.sh"

# Nothing of the caller's leads the services elsewhere, and nothing of theirs lands outside the state folder.
lab_environment() {
  local name
  for name in $(compgen -e | grep -E '^(OS_|AWS_|OVS_|OVN_|RABBITMQ_|ERL_|PYTHON)' || true); do unset "$name"; done
  export STACKATO_OSLAB_DIR=$LAB HOME=$LAB/home TMPDIR=$LAB/tmp LC_ALL=C.UTF-8 NO_PROXY=$IP no_proxy=$IP
  export PYTHONPATH=$here PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1
  export OVS_RUNDIR=$RUN OVN_RUNDIR=$RUN OVS_LOGDIR=$LOG OVN_LOGDIR=$LOG
  export OVS_DBDIR=$LAB/ovn OVN_DBDIR=$LAB/ovn OVS_SYSCONFDIR=$ETC
  export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
}

# Two at once would take each other's half-made state for their own.
alone() {
  mkdir -p "$LAB"
  exec 9>"$LAB/lock"
  flock --wait 20 9 || die "another lab command is at work in $LAB"
}

# Schemas that are half made can't be finished: nothing of a first start that was broken off is of use but its log.
forget_half() {
  [[ -e $LAB/stamp && ! -e $LAB/stamp/complete ]] || return 0
  say "beginning anew: the first start was broken off"
  down
  find "$LAB" -mindepth 1 -maxdepth 1 ! -name log ! -name lock ! -name parts ! -name terraform.rc -exec rm -rf {} +
}

up() {
  lab_environment
  forget_half
  configure
  unpack_pipelines "$SHARE"
  say "starting database, message bus and OVN"
  start_rabbit
  start_ovn
  start_mysql
  say "bringing schemas up to date"
  migrate
  wait_for 60 rabbitmq port_open $P_RABBIT
  start_services
  touch "$LAB/stamp/complete"
}

case ${1:-} in
  missing) show_install ;;
  install) install_packages ;;
  up)
    alone
    up
    ;;
  status) status ;;
  down)
    alone
    down
    ;;
  reset)
    alone
    down
    [[ ! -d $LAB/run ]] || rm -rf -- "$LAB"
    ;;
  *)
    sed -n '5,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
