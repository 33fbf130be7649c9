/** The beginning of every script: it sets the state folder and installs the script for later boots. */
export const HEAD = `set -u
umask 077
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D=/var/lib/stackato-node L=/var/log/stackato-node.log B=/var/lib/cloud/scripts/per-boot/stackato-node
PY=$(command -v python || command -v python3)
up() { cut -d. -f1 /proc/uptime; }`;

/**
 * Runs each stage once, within its time limit, with retries after growing random pauses. It reports first to the console,
 * which needs no disk space, then to a file and the log. Only one attempt runs at a time, even if the script was killed
 * while an attempt kept running: an attempt holds a lock that no child inherits. Files of stages have ordinary modes;
 * secrets are in the script's folder, which only root can enter.
 */
export const ENGINE = `tell() {
  x=$(printf %s "\${4-}" | tr -d '"\\\\\\000-\\037')
  l="{\\"stage\\":\\"$1\\",\\"state\\":\\"$2\\",\\"seconds\\":$3\${x:+,\\"error\\":\\"$x\\"}}"
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
  e=\${e:-ended with $x, see $L}; return 1
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
place() { mkdir -p $D/done \${B%/*} /etc/sudoers.d && chmod 700 $D && echo >$D/lock; }
[ "\${1-}" != stage ] || { umask 22; END=$3; "s_$2"; exit; }
insist place
exec 9>>$D/lock; flock -n 9 || { echo "another copy runs: tail -f $L"; exit; }`;

/** The end of every script's preparation: the script must be installed completely before the first stage runs. */
export const INSTALL = `own() {
  S=/etc/sudoers.d/stackato-node
  echo 'stackato ALL=(ALL) NOPASSWD: ALL' >$S.new && chmod 440 $S.new && mv $S.new $S || return
  [ "$0" = $B ] || { cp "$0" $D/script && chmod 700 $D/script && timeout 60 sync && mv $D/script $B; }
}
insist own`;
