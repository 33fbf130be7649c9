#!/bin/sh
# First boot of router of twenty. Log: /var/log/stackato-node.log, state: /var/lib/stackato-node/status
set -u
umask 077
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D=/var/lib/stackato-node L=/var/log/stackato-node.log B=/var/lib/cloud/scripts/per-boot/stackato-node
PY=$(command -v python || command -v python3)
up() { cut -d. -f1 /proc/uptime; }
CORE='10.36.0.10'
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
roles() {
  me=$($PY -c 'import socket,sys
s=socket.socket(2,2);s.connect((sys.argv[1],9));print(s.getsockname()[0])' $CORE)
  h=" $(kato node list | tr -s ',:[]' ' ' | sed -n "s/^ *$me //p") "
  for r in $1; do case $h in *" $r "*) ;; *) fail "kato node list does not show role $r on $me";; esac; done
  for r in $2; do case $h in *" $r "*) k role remove $r;; esac; done
}
secret() { get "$1" 2>$D/err || fail "waiting for secret $1: $(tail -n1 $D/err)"; }
share() {
  n=$1; shift
  if get $n 2>$D/err >$D/share; then base64 -d <$D/share | tar xzpf - -C /; rm -f $D/share; return; fi
  grep -q NotFound $D/err || fail "cannot share $n: $(tail -n1 $D/err)"
  tar czPf - "$@" | base64 | tr -d '\n' >$D/share
  put $n $D/share 2>$D/err || fail "cannot share $n: $(tail -n1 $D/err)"
  rm -f $D/share
}
take() {
  until get $1 2>$D/err >$D/share; do why "waiting for the core to share $1: $(tail -n1 $D/err)"; sleep 5; done
  base64 -d <$D/share | tar xzpPf - -C /; rm -f $D/share
}
vault() {
  c=$D/secrets/application-credential
  [ -s $c ] || { echo "$c is not delivered yet" >&2; return 1; }
  $PY -c 'import sys,json
c=json.load(open(sys.argv[1]))
a={"identity":{"methods":["application_credential"],"application_credential":{"id":c["id"],"secret":c["secret"]}}}
print("url=%s\nheader=\"Content-Type: application/json\"\ndata=%s"%(json.dumps(sys.argv[2].rstrip("/")+"/auth/tokens"),json.dumps(json.dumps({"auth":a}))))' $c 'https://cloud.example.com:5000/v3' >$D/req && curl -sSf -m 30 -D $D/req.h -o $D/req.c -K $D/req &&
    $PY -c 'import sys,json
h,c,r,p=sys.argv[1:5]
t=[l.split(":",1)[1].strip() for l in open(h) if l.lower().startswith("x-subject-token:")][-1]
e=[x["url"].rstrip("/") for s in json.load(open(c))["token"]["catalog"] if s["type"]=="key-manager" for x in s["endpoints"] if x["interface"]=="public" and x["region"]==r]
if not e: sys.exit("no Barbican in region "+r)
o=["url="+json.dumps((e[0] if e[0].endswith("/v1") else e[0]+"/v1")+"/"+p),"header="+json.dumps("X-Auth-Token: "+t)]
o+=["header="+json.dumps("Content-Type: application/json"),"data="+json.dumps(open(sys.argv[5]).read())] if len(sys.argv)>5 else ["header="+json.dumps("Accept: "+("text/plain" if p.endswith("/payload") else "application/json"))]
print("\n".join(o))' $D/req.h $D/req.c 'RegionOne' "$@" >$D/req && curl -sSf -m 30 -K $D/req
  e=$?; rm -f $D/req $D/req.h $D/req.c; return $e
}
get() {
  vault "secrets?sort=created:desc&limit=1&name=stackato%2Ftwenty%2F$1" >$D/list && r=$($PY -c 'import sys,json
s=json.load(sys.stdin)["secrets"]
if not s: sys.exit("NotFound: no secret %s in Barbican"%sys.argv[1])
print(s[0]["secret_ref"].rstrip("/").split("/")[-1])' "$1" <$D/list) && vault "secrets/$r/payload"
  e=$?; rm -f $D/list; return $e
}
put() {
  $PY -c 'import sys,json
print(json.dumps({"name":sys.argv[1],"payload":open(sys.argv[2]).read(),"payload_content_type":"text/plain"}))' 'stackato/twenty/'$1 $2 >$D/body &&
    vault secrets $D/body >$D/list; e=$?; rm -f $D/body $D/list; return $e
}
s_ready() {
  ready process ready all
}
s_rename() {
  k node rename twenty.example.com --no-restart
}
s_core() {
  port 4222 'message bus'
  port 7474 'configuration store'
}
s_certificate() {
  take cluster-certificate
}
s_attach() {
  k node attach -e router "$CORE"
  roles router 'mdns controller dea filesystem mysql postgresql'
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
[ ! -f $D/done/boot ] || exit 0
[ "$0" = $B ] || { cp "$0" $B.new && chmod 700 $B.new && mv $B.new $B; }
mkdir -p /etc/sudoers.d
echo 'stackato ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/stackato-node; chmod 440 /etc/sudoers.d/stackato-node
stage ready 1200
stage rename 600
stage core 2400
stage certificate 2400
stage attach 600
: >$D/done/boot; say boot done $(up)
