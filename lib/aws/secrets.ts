import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { Construct } from 'constructs';
import type { Carrier } from '../kato/render';
import { shared, taken } from '../stack/boot';
import type { Pool } from '../topology/model';
import type { ClusterHandle } from './handle';
import { isAlias, partitionOf } from './props';
import { tagsOf } from './tags';

/**
 * How nodes read secrets: Secrets Manager and Parameter Store, signed with the machine's role. The signature is Python's
 * (2.7 and 3), the connection curl's: the old image's Python does not check certificates. `AWS_ENDPOINT_URL` is AWS's own
 * variable for another endpoint; a rehearsal sets it.
 */
export function carrier(handle: Pick<ClusterHandle, 'region' | 'secretPrefix' | 'name' | 'image'>): Carrier {
  const suffix = handle.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    meta: { text: metadata(handle.image.imdsv2) },
    zone: { needs: ['meta'], text: 'zone() { meta placement/availability-zone; }' },
    aws: {
      needs: ['meta'],
      text: `aws() {
  r=$(meta iam/security-credentials/) && meta iam/security-credentials/$r >$D/req.c || { echo "no credentials from the metadata service" >&2; return 1; }
  $PY -c '${SIGNER}' $1 $2 ${handle.region} ${suffix} $D/req.c $3 >$D/req && curl -sS -m 30 -K $D/req
  e=$?; rm -f $D/req $D/req.c; return $e
}`,
    },
    field: {
      text: `field() { $PY -c 'import sys,json,os
t=sys.stdin.read()
try: d=json.loads(t)
except ValueError: sys.exit(t and "no JSON: "+t[:80] or 1)
for n in sys.argv[1:]:
  if n not in d: sys.exit("%s %s"%(d.get("__type"),d.get("message") or d.get("Message")))
  d=d[n]
os.write(1,(u"%s"%d).encode("utf-8"))' "$@"; }`,
    },
    get: {
      needs: ['aws', 'field'],
      text: `value() { printf '{"SecretId":"%s"}' "$1" >$D/body; aws secretsmanager secretsmanager.GetSecretValue $D/body | field SecretString; }
get() { value "${handle.secretPrefix}$1"; }`,
    },
    put: {
      needs: ['aws', 'field'],
      text: `put() {
  printf '{"SecretId":"%s","SecretString":"%s"}' "${handle.secretPrefix}$1" "$(cat $2)" >$D/body
  aws secretsmanager secretsmanager.PutSecretValue $D/body | field VersionId; e=$?; rm -f $D/body; return $e
}`,
    },
    db: {
      needs: ['get', 'fail'],
      text: `db() {
  printf '{"Name":"${parameterName(handle.name, '%s')}"}' "$1" >$D/body
  j=$(aws ssm AmazonSSM.GetParameter $D/body 2>$D/err | field Parameter Value 2>>$D/err) ||
    fail "waiting for database $1: $(tail -n1 $D/err)"
  case $2 in
    password) value "$(echo "$j" | field secret)" 2>$D/err | field password 2>>$D/err || fail "password of database $1: $(tail -n1 $D/err)";;
    *) echo "$j" | field $2;;
  esac
}`,
    },
    // RDS gives its databases new ones every seven days (facts §7.5; H).
    passwords: {
      needs: ['db'],
      text: `passwords() { x=$(for n in $DB; do db $n password || exit 1; done) && printf %s "$x" | cksum; }`,
    },
  };
}

/** The parameter through which nodes find a database; Terraform writes it when the database is up. */
export function parameterName(cluster: string, database: string): string {
  return `/stackato/${cluster}/databases/${database}`;
}

function metadata(imdsv2: boolean): string {
  const url = 'http://169.254.169.254/latest';
  if (!imdsv2) return `meta() { curl -sSf -m 10 ${url}/meta-data/$1; }`;
  return `meta() {
  t=$(curl -sSf -m 10 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${url}/api/token) &&
    curl -sSf -m 10 -H "X-aws-ec2-metadata-token: $t" ${url}/meta-data/$1
}`;
}

/** Signature version 4, as a configuration for curl, so that no secret is an argument of a process. */
const SIGNER = `import sys,os,json,hmac,time
from hashlib import sha256 as H
v,t,r,x,c,b=sys.argv[1:]
c=json.load(open(c));b=open(b).read()
u=os.environ.get("AWS_ENDPOINT_URL") or "https://%s.%s.%s"%(v,r,x)
n=time.strftime("%Y%m%dT%H%M%SZ",time.gmtime())
h=[("content-type","application/x-amz-json-1.1"),("host",u.split("/")[2]),("x-amz-date",n),("x-amz-security-token",c["Token"]),("x-amz-target",t)]
s=";".join(k for k,_ in h)
q="\\n".join(["POST","/",""]+[k+":"+w for k,w in h]+["",s,H(b.encode()).hexdigest()])
p="/".join([n[:8],r,v,"aws4_request"])
k=("AWS4"+c["SecretAccessKey"]).encode()
for w in p.split("/")+["\\n".join(["AWS4-HMAC-SHA256",n,p,H(q.encode()).hexdigest()])]: g=hmac.new(k,w.encode(),H);k=g.digest()
h.append(("authorization","AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"%(c["AccessKeyId"],p,s,g.hexdigest())))
for w in [("url",u+"/"),("data",b)]+[("header",k+": "+w) for k,w in h]: print("%s=%s"%(w[0],json.dumps(w[1])))`;

/** Entries of the store that the core fills at boot. They are created empty here, so that a destroy of the cluster removes them. */
export function sharedSecrets(
  scope: Construct,
  handle: Pick<ClusterHandle, 'name' | 'secretPrefix' | 'tags' | 'kmsKeyId'>,
  core: Pool,
): void {
  for (const name of shared(core.boot)) {
    new SecretsmanagerSecret(scope, name, {
      name: `${handle.secretPrefix}${name}`,
      description: `shared by the core of ${handle.name} with its nodes`,
      recoveryWindowInDays: 0,
      tags: tagsOf(handle, { Name: `${handle.name}-${name}` }),
      ...(handle.kmsKeyId ? { kmsKeyId: handle.kmsKeyId } : {}),
    });
  }
}

/**
 * The identity of a pool's machines. It may read only the secrets that their boot reads; the core may also fill those that
 * it shares. Undefined if a pool reads nothing.
 */
export function identity(scope: Construct, handle: ClusterHandle, pool: Pool): NodeIdentity | undefined {
  const reads = [...pool.secrets, ...taken(pool.boot), ...shared(pool.boot)];
  if (!reads.length && !pool.databases.length) return undefined;
  return new NodeIdentity(scope, 'identity', {
    handle,
    pool: pool.name,
    reads,
    writes: shared(pool.boot),
    databases: pool.databases,
  });
}

/** For resources whose name cannot change: those of a renamed pool or database keep the one that they were created with. */
export const AS_CREATED = { ignoreChanges: ['name'] };

/** An instance profile with its role. */
export class NodeIdentity extends Construct {
  readonly profileName: string;
  readonly roleName: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      handle: ClusterHandle;
      pool: string;
      reads: readonly string[];
      writes: readonly string[];
      databases: readonly string[];
    },
  ) {
    super(scope, id);
    const { handle, reads, writes, databases } = props;
    const name = `${handle.name}-${props.pool}-${handle.region}`;
    const arn = (service: string, resource: string) =>
      `arn:${partitionOf(handle.region)}:${service}:${handle.region}:*:${resource}`;
    // Secrets Manager adds a dash and six characters to a secret's name in its ARN.
    const secretArns = (names: readonly string[]) =>
      names.map((n) => arn('secretsmanager', `secret:${handle.secretPrefix}${n}-??????`));
    const service = handle.region.startsWith('cn-') ? 'ec2.amazonaws.com.cn' : 'ec2.amazonaws.com';
    const role = new IamRole(this, 'role', {
      name,
      assumeRolePolicy: policy([{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }]),
      tags: tagsOf(handle, { Name: name }),
      lifecycle: AS_CREATED,
    });
    const parameters = databases.map((d) => arn('ssm', `parameter${parameterName(handle.name, d)}`));
    new IamRolePolicy(this, 'secrets', {
      name: 'secrets',
      role: role.name,
      policy: policy([
        ...(reads.length ? [allow('secretsmanager:GetSecretValue', secretArns(reads))] : []),
        ...(writes.length ? [allow('secretsmanager:PutSecretValue', secretArns(writes))] : []),
        ...(parameters.length ? [allow('ssm:GetParameter', parameters)] : []),
        ...(handle.kmsKeyId
          ? [
              allowKey('kms:Decrypt', handle.kmsKeyId),
              ...(writes.length ? [allowKey('kms:GenerateDataKey', handle.kmsKeyId)] : []),
            ]
          : []),
      ]),
    });
    const profile = new IamInstanceProfile(this, 'profile', {
      name,
      role: role.name,
      tags: tagsOf(handle, { Name: name }),
      lifecycle: AS_CREATED,
    });
    this.profileName = profile.name;
    this.roleName = role.name;
  }
}

/** Permits nodes to read the passwords of the databases that they use. */
export function mayReadDatabases(
  scope: Construct,
  role: string,
  plan: Pool,
  secretArns: Readonly<Record<string, string>>,
): void {
  for (const [database, arn] of Object.entries(secretArns)) {
    if (!plan.databases.includes(database)) continue;
    const name = `database-${database}`;
    new IamRolePolicy(scope, name, {
      name,
      role,
      policy: policy([allow('secretsmanager:GetSecretValue', [arn])]),
      lifecycle: AS_CREATED,
    });
  }
}

/** A policy document of these statements. */
export function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** The same for a key: IAM takes an alias only as a condition on its keys (KMS developer guide, `kms:ResourceAliases`; H). */
function allowKey(action: string, key: string) {
  if (!isAlias(key)) return allow(action, [key]);
  const [arn, alias] = key.split(/:(?=alias\/)/) as [string, string];
  return {
    ...allow(action, [`${arn}:key/*`]),
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
  };
}

/** A statement that allows an action on resources. */
export const allow = (action: string, resources: readonly string[]) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resources,
});
