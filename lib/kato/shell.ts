/**
 * The shell functions that a boot script may call, each with the ones it calls. POSIX sh, the tools of Ubuntu 12.04.
 * They run in a stage of the script: `fail` ends an attempt, `why` says what a wait waits for.
 */
export const SHELL: Readonly<Record<string, { readonly needs?: readonly string[]; readonly text: string }>> = {
  fail: { text: `fail() { echo "$*" >&2; echo "$*" >$D/error; exit 1; }` },
  why: { text: `why() { echo "$*" >$D/error; }` },
  // A login shell as stackato, never root (facts §2.1; H): every word is quoted once more for it.
  asuser: {
    text: `asuser() {
  c=
  for a; do c="$c '$(printf %s "$a" | sed "s/'/'\\\\\\\\''/g")'"; done
  su - stackato -c "$c" </dev/null
}`,
  },
  kato: { needs: ['asuser'], text: `kato() { asuser /home/stackato/bin/kato "$@"; }` },
  // kato's exit code means nothing up to 3.2.1 and something later (facts §0.1-6; H): a bad one is believed, a good one is not.
  k: {
    needs: ['kato', 'fail'],
    text: `k() {
  echo "+ kato $*"
  kato "$@" >$D/out 2>&1; e=$?; cat $D/out
  [ $e = 0 ] || fail "kato $*: $(tail -n1 $D/out)"
}`,
  },
  // The same for commands with a secret among their words: neither they nor the answer are logged. An answer "already"
  // is an earlier attempt's success, as of a first user that exists (facts §12: refused once an admin exists; H).
  kq: {
    needs: ['kato', 'fail'],
    text: `kq() {
  n=$1; shift; echo "+ kato $n"
  kato "$@" >$D/out 2>&1; e=$?; o=$(tail -n1 $D/out); rm -f $D/out
  case $o in *already*|*exists*) e=0;; esac
  [ $e = 0 ] || fail "kato $n: failed ($e)"
}`,
  },
  ready: {
    needs: ['kato', 'why'],
    text: `ready() {
  until o=$(kato "$@" 2>&1) && case $o in *[Nn]ot*|*NOT*) false;; esac; do
    why "waiting for kato $*: $(echo "$o" | tail -n1)"; sleep 3
  done
}`,
  },
  port: {
    needs: ['why'],
    text: `port() {
  until $PY -c 'import socket,sys
socket.create_connection((sys.argv[1],int(sys.argv[2])),5)' $CORE $1 2>/dev/null; do
    why "waiting for the core: $2 ($CORE:$1) does not answer"; sleep 3
  done
}`,
  },
  answers: {
    needs: ['why'],
    text: `answers() {
  until $PY -c 'import socket,sys
socket.create_connection((sys.argv[1],int(sys.argv[2])),5)' "$1" "$2" 2>/dev/null; do
    why "waiting for $3: $1:$2 does not answer"; sleep 3
  done
}`,
  },
  // The next attempt restarts it once more.
  running: {
    needs: ['kato', 'fail'],
    text: `running() {
  n=0
  until o=$(kato process ready $1 2>&1) && case $o in *[Nn]ot*|*NOT*) false;; esac; do
    n=$((n + 1)); [ $n -lt 10 ] || fail "$1 does not run: $(echo "$o" | tail -n1)"; sleep 3
  done
}`,
  },
  // What kato says of this node must hold what was asked for; what a micro cloud left on is removed
  // (whether attach drops it is not documented, facts §18-7; L).
  roles: {
    needs: ['kato', 'k', 'fail'],
    text: `roles() {
  me=$($PY -c 'import socket,sys
s=socket.socket(2,2);s.connect((sys.argv[1],9));print(s.getsockname()[0])' $CORE)
  h=" $(kato node list | tr -s ',:[]' ' ' | sed -n "s/^ *$me //p") "
  for r in $1; do case $h in *" $r "*) ;; *) fail "kato node list does not show role $r on $me";; esac; done
  for r in $2; do case $h in *" $r "*) k role remove $r;; esac; done
}`,
  },
  // The data disk by our label, else the one disk of the declared size without partitions that nobody mounted: device
  // names differ between clouds, kernels and image ages.
  disk: {
    needs: ['fail', 'why'],
    text: `disk() {
  d=$(blkid -L stackato-data); n=
  if [ -z "$d" ]; then
    for c in /dev/xvd? /dev/sd? /dev/vd? /dev/nvme?n1; do
      [ -b $c ] && [ ! -b \${c}1 ] && [ ! -b \${c}p1 ] && ! grep -q "^$c " /proc/mounts || continue
      [ "$(blockdev --getsize64 $c)" = $(($1 * 1073741824)) ] && d="$d $c" n=x$n
    done
    case $n in x) d=\${d# };; '') fail "no disk of $1 GiB found";; *) fail "several disks of $1 GiB:$d";; esac
    if [ -f $D/formatting ] || { ! blkid -p $d >/dev/null && [ "$(head -c1048576 $d | tr -d '\\0' | wc -c)" = 0 ]; }; then
      : >$D/formatting; sync
      mkfs.ext4 -q -F -L stackato-data $d && rm -f $D/formatting || fail "cannot format $d"
    fi
  fi
  o=nofail; [ -x /sbin/mountall ] && o=nobootwait
  mkdir -p $2; chmod 755 $2
  grep -q " $2 " /etc/fstab || echo "LABEL=stackato-data $2 auto defaults,$o 0 2" >>/etc/fstab
  grep -q " $2 " /proc/mounts || mount $d $2 || fail "cannot mount $d on $2: it holds data that is no file system of ours"
  [ -n "$(blkid -L stackato-data)" ] || e2label $d stackato-data
}`,
  },
  secret: {
    needs: ['get', 'fail'],
    text: `secret() { get "$1" 2>$D/err || fail "waiting for secret $1: $(tail -n1 $D/err)"; }`,
  },
  share: {
    needs: ['get', 'put', 'fail'],
    text: `share() {
  n=$1; shift
  if get $n 2>$D/err >$D/share; then base64 -d <$D/share | tar xzpf - -C /; rm -f $D/share; return; fi
  grep -q NotFound $D/err || fail "cannot share $n: $(tail -n1 $D/err)"
  tar czPf - "$@" | base64 | tr -d '\\n' >$D/share
  put $n $D/share 2>$D/err || fail "cannot share $n: $(tail -n1 $D/err)"
  rm -f $D/share
}`,
  },
  take: {
    needs: ['get', 'why'],
    text: `take() {
  until get $1 2>$D/err >$D/share; do why "waiting for the core to share $1: $(tail -n1 $D/err)"; sleep 5; done
  base64 -d <$D/share | tar xzpPf - -C /; rm -f $D/share
}`,
  },
  makekey: {
    text: `makekey() {
  h=/home/stackato/.ssh
  [ -f $h/id_rsa ] || su - stackato -c "ssh-keygen -q -t rsa -N '' -f $h/id_rsa"
  for x in '' .pub; do [ -f $h/cluster_key$x ] || cp -p $h/id_rsa$x $h/cluster_key$x; done
}`,
  },
  // Key login to the core before attach (3.6), and from the core to all (facts §17; M).
  trust: {
    text: `trust() {
  h=/home/stackato/.ssh; touch $h/authorized_keys $h/config
  grep -qxF "$(cat $h/cluster_key.pub)" $h/authorized_keys || cat $h/cluster_key.pub >>$h/authorized_keys
  grep -q cluster_key $h/config ||
    printf 'Host %s.*\\n  IdentityFile %s/cluster_key\\n  StrictHostKeyChecking no\\n' \${CORE%.*.*} $h >>$h/config
  chown -R stackato $h; chmod 600 $h/authorized_keys $h/config $h/cluster_key
}`,
  },
};

/** The beginning of every script: where it keeps its state, how it installs itself for the boots to come. */
export const HEAD = `set -u
umask 077
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D=/var/lib/stackato-node L=/var/log/stackato-node.log B=/var/lib/cloud/scripts/per-boot/stackato-node
PY=$(command -v python || command -v python3)
up() { cut -d. -f1 /proc/uptime; }`;

/** Runs stages: each once, within its limit, tried again with growing pauses, told to a file, the console and the log. */
export const ENGINE = `say() {
  m="{\\"stage\\":\\"$1\\",\\"state\\":\\"$2\\",\\"seconds\\":$3\${4:+,\\"error\\":\\"$4\\"}}"
  echo "$m" >>$D/status; echo "$(date -u +%FT%TZ) $m" >>$L
  echo "stackato-node: $m" >/dev/console 2>/dev/null || :
}
stage() {
  [ -f $D/done/$1 ] && return
  s=$(up) n=2; rm -f $D/error; say $1 started 0
  until r=$(($2 - $(up) + s)); [ $r -gt 0 ] && rm -f $D/error && timeout -k 9 $r sh $B stage $1 >>$L 2>&1 9>&-; do
    t=$(($(up) - s)) e=$(head -c300 $D/error 2>/dev/null | tr -d '"\\\\\\000-\\037')
    [ $t -lt $2 ] || { say $1 failed $t "$e"; say boot failed $(up) "$1: $e"; exit 1; }
    say $1 retry $t "$e"; sleep $((n + $(od -An -N1 -tu1 /dev/urandom) % n)); n=$((n < 30 ? n * 2 : 30))
  done
  : >$D/done/$1; say $1 done $(($(up) - s))
}
[ "\${1-}" != stage ] || { "s_$2"; exit; }
mkdir -p $D/done \${B%/*}
exec 9>$D/lock; flock -n 9 || exit 0`;

/** The end of every script's preparation: it must be at its place before the first stage runs. */
export const INSTALL = `[ "$0" = $B ] || { cp "$0" $B.new && chmod 700 $B.new && mv $B.new $B; }
mkdir -p /etc/sudoers.d
echo 'stackato ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/stackato-node; chmod 440 /etc/sudoers.d/stackato-node`;
