#!/bin/sh
# Moves what the core of Stackato 3.x keeps to its volume, /mnt/stackato, and leaves links. Run it as root on the core.
set -u
umask 077
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D=/var/lib/stackato-node L=/var/log/stackato-node.log B=/var/lib/cloud/scripts/per-boot/stackato-node
PY=$(command -v python || command -v python3)
up() { cut -d. -f1 /proc/uptime; }
umask 022; mkdir -p $D; END=$(($(up) + 86400)); flock -n $D/lock true || { echo "its boot runs"; exit 1; }
fail() { echo "$*" >&2; echo "$*" >$D/error; exit 1; }
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
keepdata() {
  v=$1 n=; shift
  mountpoint -q $v || mount $v || fail "cannot mount $v"; mkdir -p $v
  for a; do [ -L ${a#*:} ] || n=1; done
  if [ -n "$n" ] || [ ! -f $v/.core ]; then
    (k stop) || { asuser start-supervisord; k start; k stop; }
    asuser stop-supervisord
    case $(asuser supervisorctl status 2>&1) in *RUNNING*|*STARTING*|*STOPPING*) fail "stop-supervisord left processes";; esac
    movedata "$@"
  fi
  asuser start-supervisord; k start
}
movedata() {
  f="cannot move data to $v"
  if [ ! -f $v/.core ]; then
    if [ ! -s $D/moving ]; then
      u=$(cat /proc/sys/kernel/random/uuid)
      for a; do [ -e $v/${a%%:*} ] || u="$u ${a%%:*}"; done
      echo "$u" >$D/moving.new && mv $D/moving.new $D/moving && timeout 60 sync || fail "cannot write in $D"
    fi
    u=$(cat $D/moving)
    [ -f $v/.moving ] || { echo "$u" >$v/.moving.new && mv $v/.moving.new $v/.moving && timeout 60 sync; } || fail "$f"
    [ "$(cat $v/.moving)" = "$u" ] || fail "$v holds the unfinished move of another machine and stays as it is"
    for a; do
      d=${a#*:} t=$v/${a%%:*}
      case " $u " in *" ${a%%:*} "*) ;; *) continue;; esac
      [ -L $d ] || [ -e $d.image ] || { mkdir -p $d && rm -rf $t && cp -a $d $t && chmod 755 $t; } || fail "$f/${a%%:*}"
    done
    timeout 60 sync
  fi
  for a; do
    d=${a#*:} t=$v/${a%%:*}
    [ ! -L $d ] && [ -e $t ] || continue
    x=$d.image; [ ! -e $x ] || x=$x.$(up)
    { [ ! -e $d ] || mv $d $x; } && ln -s $t $d || fail "cannot link $d to $t"
  done
  timeout 60 sync; echo >$v/.core && rm -f $v/.moving $D/moving && timeout 60 sync || fail "$f"
}
keptdata() {
  for p in $(netstat -lntp 2>/dev/null | sed -n 's/.*:\(7474\|5432\) .* \([0-9]*\)\/\(redis\|postgres\).*/\2/p' | sort -u); do
    d=$(readlink /proc/$p/cwd); x=$(df -P "$d" | awk 'END{print $6}')
    [ "$x" = $1 ] || fail "the core works, but keeps data in $d, which is not on $1"
  done
}
keepdata /mnt/stackato services:/var/stackato/services data:/var/stackato/data droplets:/home/stackato/stackato/data
keptdata /mnt/stackato
echo "all that this core keeps is on its volume"
