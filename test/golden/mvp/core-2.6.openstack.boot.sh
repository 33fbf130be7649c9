#!/bin/sh
# First boot of core of mvp. Log: /var/log/stackato-node.log
set -u
umask 077
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D=/var/lib/stackato-node L=/var/log/stackato-node.log B=/var/lib/cloud/scripts/per-boot/stackato-node
PY=$(command -v python || command -v python3)
up() { cut -d. -f1 /proc/uptime; }
CORE='10.0.0.10'
fail() { echo "$*" >&2; echo "$*" >$D/error; exit 1; }
W=0
why() { room || exit; echo "$*" >$D/error; W=$((W + 1)); [ $W -lt 100 ] || fail "$*"; }
doing() { echo "$*: has not ended" >$D/error; }
MAX=600
asuser() {
  c='exec'
  for a; do c="$c '$(printf %s "$a" | sed "s/'/'\\\\''/g")'"; done
  m=$((END - $(up) - 15)); [ $m -lt $MAX ] || m=$MAX; [ $m -gt 1 ] || m=1
  timeout -k 9 $m su - stackato -c "$c" </dev/null
}
kato() { asuser /home/stackato/bin/kato "$@"; }
k() {
  echo "+ kato $*"; doing "kato $*"
  kato "$@" >$D/out 2>&1; e=$?; cat $D/out; judge
  case $e in 0) ;; 124|137) fail "kato $*: has not ended in $m s";; *) fail "kato $*: $o";; esac
}
judge() {
  o=$(grep -iE '^ *(kato|error|fatal|usage): ' $D/out | tail -n1)
  [ -z "$o" ] || [ $e != 0 ] || e=1
  [ -n "$o" ] || o=$(tail -n1 $D/out)
}
ready() {
  MAX=60
  until o=$(kato "$@" 2>&1) && case $o in *[Nn]ot*|*NOT*|*[Ee]rror*|*ERROR*|*FATAL*) false;; esac; do
    o=$(echo "$o" | tail -n1); why "waiting for kato $*: ${o:-no answer}"; sleep 3
  done
  MAX=600
}
network() {
  until $PY -c 'import socket;socket.socket(2,2).connect(("169.254.169.254",9))' 2>/dev/null; do
    why "waiting for a network: there is no route to the metadata service"; sleep 3
  done
}
follow() { setsid flock -n $D/follow sh $B stage follow 99999999 </dev/null >>$L 2>&1 9>&- & }
s_follow() { while grow /mnt/stackato; sleep 30; do :; done; }
disk() {
  d=$(blkid -L stackato-data) u=$(cat $D/formatting 2>/dev/null) n=
  torn() { [ -n "$u" ] && [ "$(blkid -p -s UUID -o value $d)" = "$u" ]; }
  bytes() { head -c1048576 $d | tr -d "$1" | wc -c; }
  if [ -z "$d" ] || torn; then
    d=
    for c in /dev/xvd? /dev/sd? /dev/vd? /dev/nvme?n1; do
      [ -b $c ] && [ ! -b ${c}1 ] && [ ! -b ${c}p1 ] && ! grep -q "^$c " /proc/mounts || continue
      [ "$(blockdev --getsize64 $c)" = $(($1 * 1073741824)) ] && d="$d $c" n=x$n
    done
    case $n in x) d=${d# };; '') fail "no disk of $1 GiB found";; *) fail "several disks of $1 GiB:$d";; esac
    blkid -p $d >/dev/null 2>&1; e=$?
    if [ $e = 2 ] && [ -z "$u" ] && [ "$(bytes '')" = 1048576 ] && [ "$(bytes '\0')" = 0 ]; then
      cat /proc/sys/kernel/random/uuid >$D/formatting && timeout 60 sync && u=$(cat $D/formatting) ||
        fail "cannot write in $D"
    else
      [ $e = 2 ] && [ -n "$u" ] || torn || fail "$d holds data that is not ours and stays as it is"
    fi
    mkfs.ext4 -q -F -U $u -L stackato-data $d || fail "cannot format $d"
  fi
  rm -f $D/formatting
  o=nofail; [ -x /sbin/mountall ] && o=nobootwait
  mkdir -p $2; chmod 755 $2
  [ -z "$(tail -c1 /etc/fstab)" ] || echo >>/etc/fstab
  grep -q " $2 " /etc/fstab || echo "LABEL=stackato-data $2 auto defaults,$o 0 2" >>/etc/fstab
  grep -q " $2 " /proc/mounts || mount $d $2 || fail "cannot mount $d on $2"
  grow $2
}
G='' X=''
grow() {
  d=$(blkid -L stackato-data) && v=$(mountpoint -d $1) && [ "$(mountpoint -x $d)" = "$v" ] &&
    s=$(blockdev --getsize64 $d) && [ "$s" != "$G" ] || return 0
  x=$(resize2fs $d 2>&1) && G=$s
  [ "$x" = "$X" ] || echo "$x"; X=$x
}
s_ready() {
  ready ready
}
s_disk() {
  disk 100 /mnt/stackato
}
s_rename() {
  k rename paas.example.com
}
s_mdns() {
  k disable mdns
}
s_reboot() {
  touch $D/done/reboot && sync || fail "cannot write in $D"
  doing reboot; reboot && sleep 600; fail 'it did not reboot'
}
s_ready_again() {
  ready ready
}
s_core() {
  network
  k setup core api.paas.example.com
  k enable stager
}
s_relocate() {
  doing install
  install -d -o stackato -g stackato -m 755 /mnt/stackato/droplets || fail 'install failed'
  k stop
  k relocate droplets /mnt/stackato/droplets
  k start
}
s_config() {
  k config --json dea_ng resources/memory_max_percent 85
}
tell() {
  x=$(printf %s "${4-}" | tr -d '"\\\000-\037')
  l="{\"stage\":\"$1\",\"state\":\"$2\",\"seconds\":$3${x:+,\"error\":\"$x\"}}"
  echo "stackato-node: $l" 2>/dev/null >/dev/console
}
say() {
  tell "$@"
  { echo "$l" >>$D/status; echo "$(date -u +%FT%TZ) $l" >>$L; } 2>/dev/null
}
room() {
  f=$(df -Pk $D /home/stackato /tmp 2>/dev/null | awk '$4~/^[0-9]+$/&&$4<2048{print $6;exit}')
  [ -z "$f" ] || { e="no room left on the disk of $f"; return 1; }
  e="cannot write in $D or $L"; { echo >$D/room && true >>$L; } 2>/dev/null
}
attempt() {
  r=$(($2 - $(up)))
  [ $r -gt 0 ] && room || return
  rm -f $D/error $D/out $D/share $D/body $D/list $D/req*
  timeout -k 9 $r flock -o $D/busy sh $B stage $1 $2 >>$L 2>&1 && return
  x=$? e=$(head -c300 $D/error 2>/dev/null)
  e=${e:-ended with $x, see $L}; return 1
}
stage() {
  [ -f $D/done/$1 ] && return
  s=$(up) n=2 e='no time'; say $1 started 0
  until attempt $1 $((s + $2)) 9>&-; do
    t=$(($(up) - s))
    [ $t -lt $2 ] || { say $1 failed $t "$e"; say boot failed $(up) "$1: $e"; exit 1; }
    say $1 retry $t "$e"; sleep $((n + $(od -An -N1 -tu1 /dev/urandom) % n)) 9>&-; n=$((n < 30 ? n * 2 : 30))
  done
  timeout 60 sync 9>&-; touch $D/done/$1; say $1 done $(($(up) - s))
}
insist() {
  n=0
  until x=$("$@" 2>&1); do
    e="cannot begin: $(echo "$x" | tail -n1)" n=$((n + 1))
    [ $n -lt 60 ] || { tell boot failed $(up) "$e"; exit 1; }
    tell boot retry $(up) "$e"; sleep 10 9>&-
  done
}
later() {
  n=0
  until [ -z "$1" ] || mountpoint -q $1 || x=$(mount $1 2>&1); do
    n=$((n + 1)); [ $n -lt 24 ] || { say boot failed $(up) "disk: cannot mount $1: $(echo "$x" | tail -n1)"; exit 1; }
    sleep 5 9>&-
  done
  case $(tail -n1 $D/status) in *'"done"'*) tell boot done $(up);; *) say boot done $(up);; esac
}
place() { mkdir -p $D/done ${B%/*} /etc/sudoers.d && chmod 700 $D && echo >$D/lock; }
[ "${1-}" != stage ] || { umask 22; END=$3; "s_$2"; exit; }
insist place
exec 9>>$D/lock; flock -n 9 || { echo "another copy runs: tail -f $L"; exit; }
[ ! -f $D/done/boot ] || { later /mnt/stackato; follow; exit 0; }
own() {
  S=/etc/sudoers.d/stackato-node
  echo 'stackato ALL=(ALL) NOPASSWD: ALL' >$S.new && chmod 440 $S.new && mv $S.new $S || return
  [ "$0" = $B ] || { cp "$0" $D/script && chmod 700 $D/script && timeout 60 sync && mv $D/script $B; }
}
insist own
stage ready 1200
stage disk 900
stage rename 900
stage mdns 900
stage reboot 900
stage ready_again 900
stage core 2400
stage relocate 1800
stage config 900
touch $D/done/boot; say boot done $(up)
follow
