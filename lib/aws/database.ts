import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { DATABASE_DEFAULTS, majorVersion, serverSettings } from '../kato/roles/database';
import { resourceAddress } from '../stack/address';
import { RECORDS } from '../topology/kept';
import type { ManifestDatabase } from '../topology/manifest';
import type { Database as DatabasePlan } from '../topology/model';
import type { ClusterHandle } from './handle';
import { databaseClass, isAlias } from './props';
import { parameterName } from './secrets';
import { securityGroup } from './security';
import { tagsOf } from './tags';

/** Properties of a managed database for a role of a cluster. */
export interface DatabaseProps {
  /** The cluster whose nodes use it. */
  readonly join: ClusterHandle;
  /** Name of the database in the declaration. @default the construct's id */
  readonly name?: string;
  /** Database engine; the role that uses it must have the same. */
  readonly engine: 'mysql' | 'postgresql';
  /** Engine version. @default 8.0 for mysql, 16 for postgresql */
  readonly version?: string;
  /**
   * Whether RDS may change it to a version with another major number, as soon as the change is applied: there is no way back.
   * @default false: RDS refuses such a change
   */
  readonly majorUpgrade?: boolean;
  /** Storage, GiB. It can grow later, never shrink. */
  readonly storageGib: number;
  /** Machine size: a word that the cluster's table translates. @default medium */
  readonly size?: string;
  /** Whether a standby runs in another zone. @default false */
  readonly multiZone?: boolean;
  /** Number of days to keep automatic backups; 0 for none. @default 7 */
  readonly backupDays?: number;
  /** Pools and roles that use it, for the cluster's manifest. @default none */
  readonly usedBy?: DatabasePlan['usedBy'];
  /** Whether a release lifts its protection, so that it may go. @default false */
  readonly released?: boolean;
}

/**
 * An RDS instance: encrypted, protected, with a final snapshot before a destroy. RDS creates and stores its master password.
 * Nodes find it through a parameter that appears when it is up; nothing in Terraform waits for it.
 */
export class Database extends Construct {
  /** Id of its security group; permit its clients there. */
  readonly groupId: string;
  /** Terraform address of the security group. */
  readonly groupAddress: string;
  /** Host name of the database; the apply decides it. */
  readonly host: string;
  /** TCP port of the database. */
  readonly port: number;
  /** ARN of the secret with the master password. */
  readonly secretArn: string;
  /** The database in the cluster's manifest. */
  readonly manifest: ManifestDatabase;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { join } = props;
    const name = props.name ?? id;
    const full = `${join.name}-${name}`;
    const tags = tagsOf(join, { Name: full, 'stackato:database': name });
    const version = props.version ?? DATABASE_DEFAULTS[props.engine].version;
    const machine = databaseClass(join, props.size ?? 'medium', `databases.${name}.size`);
    const group = securityGroup(this, 'group', {
      cluster: join,
      name: `database-${name}`,
      vpcId: join.vpcId,
      egress: false,
    });
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name: full,
      description: `database ${name} of ${join.name}`,
      subnetIds: [...join.privateSubnetIds],
      tags,
      lifecycle: { ignoreChanges: ['name', 'description'] },
    });
    const { port } = DATABASE_DEFAULTS[props.engine];
    const settings = {
      ...standing(join, props),
      identifier: full,
      engine: ENGINES[props.engine],
      engineVersion: version,
      instanceClass: machine,
      port,
      ...parameters(this, { full, engine: props.engine, version, tags }),
    };
    const db = new DbInstance(this, 'instance', {
      ...settings,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [group.id],
      finalSnapshotIdentifier: lastSnapshot(this, full, settings),
      tags,
    });
    this.groupId = group.id;
    this.groupAddress = resourceAddress(group);
    this.host = db.address;
    this.port = port;
    this.secretArn = db.masterUserSecret.get(0).secretArn;
    new SsmParameter(this, 'parameter', {
      name: parameterName(join.name, name),
      description: `where nodes of ${join.name} find database ${name}`,
      type: 'String',
      value: JSON.stringify({ host: db.address, port, user: 'stackato', secret: this.secretArn, managed: 'true' }),
      tags,
    });
    this.manifest = {
      engine: props.engine,
      version,
      storageGib: props.storageGib,
      machine,
      resource: resourceAddress(db),
      usedBy: props.usedBy ?? [],
    };
  }
}

/**
 * Attributes whose change must not replace a database (`test/aws/by-itself.test.ts` asks the provider): another identifier
 * would give it another host name, which its nodes do not know; one that was restored and imported may be without
 * encryption. The provider itself accepts another minor version, maintenance window and CA than the declared ones.
 */
const KEPT = ['identifier', 'storage_encrypted'];

/** Settings of all databases of a cluster: encrypted, protected, with a password from RDS. */
function standing(join: ClusterHandle, props: DatabaseProps) {
  return {
    allocatedStorage: props.storageGib,
    storageType: 'gp3',
    storageEncrypted: true,
    username: 'stackato',
    manageMasterUserPassword: true,
    multiAz: props.multiZone ?? false,
    backupRetentionPeriod: props.backupDays ?? 7,
    copyTagsToSnapshot: true,
    deletionProtection: join.protect && !props.released,
    skipFinalSnapshot: false,
    lifecycle: {
      preventDestroy: join.protect && !props.released,
      ignoreChanges: [...KEPT, ...(isAlias(join.kmsKeyId) ? ['kms_key_id', 'master_user_secret_kms_key_id'] : [])],
    },
    ...(join.kmsKeyId ? { kmsKeyId: join.kmsKeyId, masterUserSecretKmsKeyId: join.kmsKeyId } : {}),
    // At once, because a parameter group of the old version cannot be deleted while the database still waits with it.
    ...(props.majorUpgrade ? { allowMajorVersionUpgrade: true, applyImmediately: true } : {}),
  };
}

/** What RDS calls the engines. */
const ENGINES = { mysql: 'mysql', postgresql: 'postgres' } as const;

/** A parameter group for a server that would refuse the clients of the image; nothing where the server's own settings let them in. */
function parameters(
  scope: Construct,
  given: { full: string; engine: DatabaseProps['engine']; version: string; tags: Readonly<Record<string, string>> },
): { parameterGroupName?: string } {
  const { full, engine, version, tags } = given;
  const settings = Object.entries(serverSettings(engine, version));
  if (settings.length === 0) return {};
  const family = `${ENGINES[engine]}${majorVersion(engine, version)}`;
  // Loaded only where it is needed: bindings are slow to load.
  const { DbParameterGroup } = require('@cdktf/provider-aws/lib/db-parameter-group') as ParameterGroups;
  const group = new DbParameterGroup(scope, 'parameters', {
    name: `${full}-${family}`.replaceAll('.', '-'),
    family,
    description: `lets the services of ${full} in`,
    parameter: settings.map(([name, value]) => ({ name, value })),
    // A new major version needs another group, while the database still uses this one.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ['name', 'description'] },
    tags,
  });
  return { parameterGroupName: group.name };
}

type ParameterGroups = typeof import('@cdktf/provider-aws/lib/db-parameter-group');

/**
 * The settings whose change replaces an instance: those of the provider's resource with `ForceNew` that we set (provider 5.100;
 * H). Terraform asks the provider only after it has planned the name of the snapshot, so we must know them.
 */
const REPLACES = ['engine', 'username', 'storageEncrypted', 'kmsKeyId'] as const;

/**
 * The name of the final snapshot, new for every instance of the database: an existing snapshot of that name would block the
 * next destroy. A destroy reads the name from the state, so each instance must have it from its beginning: `life` is
 * replaced by what replaces the instance, and has a new id then. It cannot simply follow the instance, which needs its id.
 */
function lastSnapshot(
  scope: Construct,
  full: string,
  settings: Partial<Record<(typeof REPLACES)[number], string | boolean>>,
): string {
  const life = new TerraformResource(scope, RECORDS.life, {
    terraformResourceType: 'terraform_data',
    terraformGeneratorMetadata: { providerName: 'terraform' },
  });
  life.addOverride('input', full);
  const set = REPLACES.filter((name) => settings[name] !== undefined);
  life.addOverride('triggers_replace', Object.fromEntries(set.map((name) => [name, settings[name]])));
  return `${full}-final-${life.getStringAttribute('id')}`;
}
