#!/bin/sh
# First boot of core of micro. Log: /var/log/stackato-node.log
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
judge() { o=$(tail -n1 $D/out); }
kq() {
  n=$1; shift; echo "+ kato $n"; doing "kato $n"
  kato "$@" >$D/out 2>&1; e=$?; judge; rm -f $D/out
  case $o in *[Nn]"o "*|*[Nn]"ot "*) ;; *already*|*exists*) e=0;; esac
  case $e in 0) ;; 124|137) fail "kato $n: has not ended in $m s";; *) fail "kato $n: failed ($e)";; esac
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
roles() {
  me=$($PY -c 'import socket,sys
s=socket.socket(2,2);s.connect((sys.argv[1],9));print(s.getsockname()[0])' $CORE)
  [ -n "$me" ] || fail "there is no way to the core ($CORE)"
  listed() {
    doing kato node list; h=$(kato node list) || fail "kato node list: no answer"
    h=" $(echo "$h" | tr -s ',:[]' ' ' | sed -n "s/^ *$me //p") "
  }
  listed; x=
  for r in $1; do case $h in *" $r "*) ;; *) fail "kato node list does not show role $r on $me";; esac; done
  for r in $2; do case $h in *" $r "*) k role remove $r; x=1;; esac; done
  [ -n "$x" ] || return 0
  listed
  for r in $2; do case $h in *" $r "*) fail "kato role remove $r left it on $me";; esac; done
}
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
s_awake() { asuser start-supervisord; k start; }
secret() { get "$1" 2>$D/err || fail "waiting for secret $1: $(tail -n1 $D/err)"; }
unpack() {
  base64 -d <$D/share | tar xzpPf - -C / || fail "$1 came damaged"
  rm -f $D/share
}
share() {
  n=$1; shift
  if get $n 2>$D/err >$D/share; then unpack $n; return; fi
  grep -q NotFound $D/err || fail "cannot share $n: $(tail -n1 $D/err)"
  for f; do [ -s "$f" ] || fail "cannot share $n: there is no $f"; done
  tar czPf - "$@" | base64 | tr -d '\n' >$D/share && base64 -d <$D/share | tar tzPf - >/dev/null &&
    put $n $D/share 2>$D/err || fail "cannot share $n: $(tail -n1 $D/err)"
  rm -f $D/share
}
makekey() {
  h=/home/stackato/.ssh
  su - stackato -c "cd $h && rm -f new new.pub
    { [ -s id_rsa ] || { ssh-keygen -q -t rsa -N '' -f new && mv new id_rsa && mv new.pub id_rsa.pub; }; } &&
    { [ -s id_rsa.pub ] || { ssh-keygen -y -f id_rsa >new && mv new id_rsa.pub; }; }" || fail "cannot make a key in $h"
  for x in '' .pub; do
    [ -s $h/cluster_key$x ] || { cp -p $h/id_rsa$x $h/new && mv $h/new $h/cluster_key$x; } || fail "cannot write in $h"
  done
}
trust() {
  h=/home/stackato/.ssh; [ -s $h/cluster_key.pub ] || fail "there is no $h/cluster_key.pub"
  for f in authorized_keys config; do touch $h/$f; [ -z "$(tail -c1 $h/$f)" ] || echo >>$h/$f; done
  grep -qxF "$(cat $h/cluster_key.pub)" $h/authorized_keys || cat $h/cluster_key.pub >>$h/authorized_keys
  grep -q cluster_key $h/config ||
    printf 'Host %s.*\n  IdentityFile %s/cluster_key\n  StrictHostKeyChecking no\n' ${CORE%.*.*} $h >>$h/config
  chown -R stackato $h; chmod 600 $h/authorized_keys $h/config $h/cluster_key
}
meta() { curl -sSf -m 10 http://169.254.169.254/latest/meta-data/$1; }
aws() {
  r=$(meta iam/security-credentials/) && meta iam/security-credentials/$r >$D/req.c || { echo "no credentials from the metadata service" >&2; return 1; }
  $PY -c 'import sys,os,json,hmac,time
from hashlib import sha256 as H
v,t,r,x,c,b=sys.argv[1:]
c=json.load(open(c));b=open(b).read()
u=os.environ.get("AWS_ENDPOINT_URL") or "https://%s.%s.%s"%(v,r,x)
n=time.strftime("%Y%m%dT%H%M%SZ",time.gmtime())
h=[("content-type","application/x-amz-json-1.1"),("host",u.split("/")[2]),("x-amz-date",n),("x-amz-security-token",c["Token"]),("x-amz-target",t)]
s=";".join(k for k,_ in h)
q="\n".join(["POST","/",""]+[k+":"+w for k,w in h]+["",s,H(b.encode()).hexdigest()])
p="/".join([n[:8],r,v,"aws4_request"])
k=("AWS4"+c["SecretAccessKey"]).encode()
for w in p.split("/")+["\n".join(["AWS4-HMAC-SHA256",n,p,H(q.encode()).hexdigest()])]: g=hmac.new(k,w.encode(),H);k=g.digest()
h.append(("authorization","AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"%(c["AccessKeyId"],p,s,g.hexdigest())))
for w in [("url",u+"/"),("data",b)]+[("header",k+": "+w) for k,w in h]: print("%s=%s"%(w[0],json.dumps(w[1])))' $1 $2 us-west-2 amazonaws.com $D/req.c $3 >$D/req && curl -sS -m 30 -K $D/req
  e=$?; rm -f $D/req $D/req.c; return $e
}
field() { $PY -c 'import sys,json,os
t=sys.stdin.read()
try: d=json.loads(t)
except ValueError: sys.exit(t and "no JSON: "+t[:80] or 1)
for n in sys.argv[1:]:
  if n not in d: sys.exit("%s %s"%(d.get("__type"),d.get("message") or d.get("Message")))
  d=d[n]
os.write(1,(u"%s"%d).encode("utf-8"))' "$@"; }
value() { printf '{"SecretId":"%s"}' "$1" >$D/body; aws secretsmanager secretsmanager.GetSecretValue $D/body | field SecretString; }
get() { value "stackato/micro/$1"; }
put() {
  printf '{"SecretId":"%s","SecretString":"%s"}' "stackato/micro/$1" "$(cat $2)" >$D/body
  aws secretsmanager secretsmanager.PutSecretValue $D/body | field VersionId; e=$?; rm -f $D/body; return $e
}
s_ready() {
  ready process ready all
}
s_disk() {
  disk 100 /mnt/stackato
}
s_relocate() {
  keepdata /mnt/stackato services:/var/stackato/services data:/var/stackato/data droplets:/home/stackato/stackato/data
  ready process ready all
}
s_mdns() {
  k role remove mdns
}
s_rename() {
  k node rename micro.example.com --no-restart
}
s_core() {
  network
  k node setup core api.micro.example.com
  k role add dea mysql postgresql redis mongodb rabbit memcached filesystem
  roles 'primary controller router dea mysql postgresql redis mongodb rabbit memcached filesystem' mdns
}
s_key() {
  makekey
  share cluster-key /home/stackato/.ssh/cluster_key /home/stackato/.ssh/cluster_key.pub
  trust
}
s_license() {
  S_license=$(secret license) || exit 1
  kq 'license set (secret)' license set "$S_license"
  k license enable
}
s_admin() {
  S_admin_password=$(secret admin-password) || exit 1
  kq 'node setup firstuser -p (secret) -u ops@example.com ops@example.com Example' node setup firstuser -p "$S_admin_password" -u ops@example.com ops@example.com Example
}
s_kept() {
  keptdata /mnt/stackato
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
[ ! -f $D/done/boot ] || { w=; mountpoint -q /mnt/stackato || w=1; later /mnt/stackato; [ -z "$w" ] || attempt awake $(($(up) + 900)); follow; exit 0; }
own() {
  S=/etc/sudoers.d/stackato-node
  echo 'stackato ALL=(ALL) NOPASSWD: ALL' >$S.new && chmod 440 $S.new && mv $S.new $S || return
  [ "$0" = $B ] || { cp "$0" $D/script && chmod 700 $D/script && timeout 60 sync && mv $D/script $B; }
}
insist own
stage ready 1200
stage disk 900
stage relocate 1800
stage mdns 900
stage rename 900
stage core 2400
stage key 2400
stage license 2400
stage admin 2400
stage kept 900
touch $D/done/boot; say boot done $(up)
follow
