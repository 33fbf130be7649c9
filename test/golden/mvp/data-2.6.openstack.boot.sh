#!/bin/sh
# First boot of data of mvp. Log: /var/log/stackato-node.log, state: /var/lib/stackato-node/status
set -u
umask 077
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D=/var/lib/stackato-node L=/var/log/stackato-node.log B=/var/lib/cloud/scripts/per-boot/stackato-node
PY=$(command -v python || command -v python3)
up() { cut -d. -f1 /proc/uptime; }
CORE='10.0.0.10'
fail() { echo "$*" >&2; echo "$*" >$D/error; exit 1; }
why() { echo "$*" >$D/error; }
asuser() {
  c=
  for a; do c="$c '$(printf %s "$a" | sed "s/'/'\\\\''/g")'"; done
  su - stackato -c "$c" </dev/null
}
kato() { asuser /home/stackato/bin/kato "$@"; }
k() {
  echo "+ kato $*"
  kato "$@" >$D/out 2>&1; e=$?; cat $D/out
  [ $e = 0 ] || fail "kato $*: $(tail -n1 $D/out)"
}
kq() {
  n=$1; shift; echo "+ kato $n"
  kato "$@" >$D/out 2>&1; e=$?; o=$(tail -n1 $D/out); rm -f $D/out
  case $o in *already*|*exists*) e=0;; esac
  [ $e = 0 ] || fail "kato $n: failed ($e)"
}
ready() {
  until o=$(kato "$@" 2>&1) && case $o in *[Nn]ot*|*NOT*) false;; esac; do
    why "waiting for kato $*: $(echo "$o" | tail -n1)"; sleep 3
  done
}
port() {
  until $PY -c 'import socket,sys
socket.create_connection((sys.argv[1],int(sys.argv[2])),5)' $CORE $1 2>/dev/null; do
    why "waiting for the core: $2 ($CORE:$1) does not answer"; sleep 3
  done
}
answers() {
  until $PY -c 'import socket,sys
socket.create_connection((sys.argv[1],int(sys.argv[2])),5)' "$1" "$2" 2>/dev/null; do
    why "waiting for $3: $1:$2 does not answer"; sleep 3
  done
}
disk() {
  d=$(blkid -L stackato-data); n=
  if [ -z "$d" ]; then
    for c in /dev/xvd? /dev/sd? /dev/vd? /dev/nvme?n1; do
      [ -b $c ] && [ ! -b ${c}1 ] && [ ! -b ${c}p1 ] && ! grep -q "^$c " /proc/mounts || continue
      [ "$(blockdev --getsize64 $c)" = $(($1 * 1073741824)) ] && d="$d $c" n=x$n
    done
    case $n in x) d=${d# };; '') fail "no disk of $1 GiB found";; *) fail "several disks of $1 GiB:$d";; esac
    if [ -f $D/formatting ] || { ! blkid -p $d >/dev/null && [ "$(head -c1048576 $d | tr -d '\0' | wc -c)" = 0 ]; }; then
      : >$D/formatting; sync
      mkfs.ext4 -q -F -L stackato-data $d && rm -f $D/formatting || fail "cannot format $d"
    fi
  fi
  o=nofail; [ -x /sbin/mountall ] && o=nobootwait
  mkdir -p $2; chmod 755 $2
  grep -q " $2 " /etc/fstab || echo "LABEL=stackato-data $2 auto defaults,$o 0 2" >>/etc/fstab
  grep -q " $2 " /proc/mounts || mount $d $2 || fail "cannot mount $d on $2: it holds data that is no file system of ours"
  [ -n "$(blkid -L stackato-data)" ] || e2label $d stackato-data
}
secret() { get "$1" 2>$D/err || fail "waiting for secret $1: $(tail -n1 $D/err)"; }
get() {
  [ -s $D/secrets/$1 ] && cat $D/secrets/$1 && return
  echo "NotFound: $D/secrets/$1 is not delivered yet" >&2; return 1
}
db() {
  case "$1 $2" in
    'apps host') echo 'mysql.example.com';;
    'apps port') echo 3306;;
    'apps user') echo 'stackato';;
    'apps managed') echo false;;
    'apps password') get apps-password 2>$D/err || fail "waiting for secret apps-password: $(tail -n1 $D/err)";;
  esac
}
s_ready() {
  ready ready
}
s_disk() {
  disk 200 /mnt/stackato
}
s_core() {
  port 4222 'message bus'
  port 8046 'configuration store'
}
s_attach() {
  k attach -e data-services "$CORE"
}
s_relocate() {
  install -d -o stackato -g stackato -m 755 /mnt/stackato/services || fail 'install failed'
  k stop
  k relocate services /mnt/stackato/services
  k start
}
s_database() {
  DB_host=$(db apps host) || exit 1
  DB_port=$(db apps port) || exit 1
  answers "$DB_host" "$DB_port" 'database apps'
  DB_host=$(db apps host) || exit 1
  k config --json mysql_node mysql/host '"'"$DB_host"'"'
  DB_user=$(db apps user) || exit 1
  k config --json mysql_node mysql/user '"'"$DB_user"'"'
  DB_password=$(db apps password) || exit 1
  kq 'config --json mysql_node mysql/pass "(database)"' config --json mysql_node mysql/pass '"'"$DB_password"'"'
  DB_port=$(db apps port) || exit 1
  k config --json mysql_node mysql/port "$DB_port"
  k restart mysql
}
say() {
  m="{\"stage\":\"$1\",\"state\":\"$2\",\"seconds\":$3${4:+,\"error\":\"$4\"}}"
  echo "$m" >>$D/status; echo "$(date -u +%FT%TZ) $m" >>$L
  echo "stackato-node: $m" >/dev/console 2>/dev/null || :
}
stage() {
  [ -f $D/done/$1 ] && return
  s=$(up) n=2; rm -f $D/error; say $1 started 0
  until r=$(($2 - $(up) + s)); [ $r -gt 0 ] && rm -f $D/error && timeout -k 9 $r sh $B stage $1 >>$L 2>&1 9>&-; do
    t=$(($(up) - s)) e=$(head -c300 $D/error 2>/dev/null | tr -d '"\\\000-\037')
    [ $t -lt $2 ] || { say $1 failed $t "$e"; say boot failed $(up) "$1: $e"; exit 1; }
    say $1 retry $t "$e"; sleep $((n + $(od -An -N1 -tu1 /dev/urandom) % n)); n=$((n < 30 ? n * 2 : 30))
  done
  : >$D/done/$1; say $1 done $(($(up) - s))
}
[ "${1-}" != stage ] || { "s_$2"; exit; }
mkdir -p $D/done ${B%/*}
exec 9>$D/lock; flock -n 9 || exit 0
[ ! -f $D/done/boot ] || { mountpoint -q /mnt/stackato || mount /mnt/stackato; exit; }
[ "$0" = $B ] || { cp "$0" $B.new && chmod 700 $B.new && mv $B.new $B; }
mkdir -p /etc/sudoers.d
echo 'stackato ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/stackato-node; chmod 440 /etc/sudoers.d/stackato-node
stage ready 1200
stage disk 600
stage core 2400
stage attach 600
stage relocate 600
stage database 3600
: >$D/done/boot; say boot done $(up)
