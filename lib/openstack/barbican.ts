import { z } from 'zod';
import { InputError, zodProblems } from '../base/input';
import { openstackSchema } from '../declaration/clouds-openstack';
import type { Carrier } from '../kato/render';
import { CREDENTIAL } from '../topology/manifest';
import type { ClusterHandle } from './handle';

/**
 * Access to Barbican by application credential. No secret is an argument of a process: requests are files for curl. curl
 * checks certificates; the Python of the old image does not, so it only reads and writes JSON here.
 * @throws InputError when the handle lacks the address of Keystone.
 */
export function barbican(handle: Pick<ClusterHandle, 'region' | 'secretPrefix' | 'authUrl'>): Carrier {
  const { authUrl, region } = openstackSchema.shape;
  const wrong = z.object({ authUrl: authUrl.unwrap(), region }).safeParse(handle).error;
  if (wrong) {
    const problems = zodProblems(wrong, () => [], handle);
    throw new InputError(
      'secrets by Barbican',
      problems.map((p) => ({ ...p, path: `join.${p.path}`, rule: 'carrier-address' })),
    );
  }
  const name = (shell: string) => `${encodeURIComponent(handle.secretPrefix)}${shell}`;
  return {
    vault: {
      text: `vault() {
  c=$D/secrets/${CREDENTIAL}
  [ -s $c ] || { echo "$c is not delivered yet" >&2; return 1; }
  $PY -c '${TOKEN}' $c '${handle.authUrl}' >$D/req && curl -sSf -m 30 -D $D/req.h -o $D/req.c -K $D/req &&
    $PY -c '${REQUEST}' $D/req.h $D/req.c '${handle.region}' "$@" >$D/req && curl -sSf -m 30 -K $D/req
  e=$?; rm -f $D/req $D/req.h $D/req.c; return $e
}`,
    },
    get: {
      needs: ['vault'],
      text: `get() {
  vault "secrets?sort=created:desc&limit=1&name=${name('$1')}" >$D/list && r=$($PY -c '${LATEST}' "$1" <$D/list) && vault "secrets/$r/payload"
  e=$?; rm -f $D/list; return $e
}`,
    },
    put: {
      needs: ['vault'],
      text: `put() {
  $PY -c 'import sys,json
print(json.dumps({"name":sys.argv[1],"payload":open(sys.argv[2]).read(),"payload_content_type":"text/plain"}))' '${handle.secretPrefix}'$1 $2 >$D/body &&
    vault secrets $D/body >$D/list; e=$?; rm -f $D/body $D/list; return $e
}`,
    },
  };
}

/** A request for a token, as a configuration for curl. */
const TOKEN = `import sys,json
c=json.load(open(sys.argv[1]))
a={"identity":{"methods":["application_credential"],"application_credential":{"id":c["id"],"secret":c["secret"]}}}
print("url=%s\\nheader=\\"Content-Type: application/json\\"\\ndata=%s"%(json.dumps(sys.argv[2].rstrip("/")+"/auth/tokens"),json.dumps(json.dumps({"auth":a}))))`;

/** A request to the key manager of the region, with the token and the catalogue of the answer before. */
const REQUEST = `import sys,json
h,c,r,p=sys.argv[1:5]
t=[l.split(":",1)[1].strip() for l in open(h) if l.lower().startswith("x-subject-token:")][-1]
e=[x["url"].rstrip("/") for s in json.load(open(c))["token"]["catalog"] if s["type"]=="key-manager" for x in s["endpoints"] if x["interface"]=="public" and x["region"]==r]
if not e: sys.exit("no Barbican in region "+r)
o=["url="+json.dumps((e[0] if e[0].endswith("/v1") else e[0]+"/v1")+"/"+p),"header="+json.dumps("X-Auth-Token: "+t)]
o+=["header="+json.dumps("Content-Type: application/json"),"data="+json.dumps(open(sys.argv[5]).read())] if len(sys.argv)>5 else ["header="+json.dumps("Accept: "+("text/plain" if p.endswith("/payload") else "application/json"))]
print("\\n".join(o))`;

/** The id of the secret in an answer with at most one. */
const LATEST = `import sys,json
s=json.load(sys.stdin)["secrets"]
if not s: sys.exit("NotFound: no secret %s in Barbican"%sys.argv[1])
print(s[0]["secret_ref"].rstrip("/").split("/")[-1])`;
