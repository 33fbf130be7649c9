import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { DATABASE_DEFAULTS } from '../kato/roles/database';
import { resourceAddress } from '../stack/address';
import type { ManifestDatabase } from '../topology/manifest';
import type { Database as DatabasePlan } from '../topology/model';
import type { ClusterHandle } from './handle';
import { databaseClass } from './props';
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
    const db = new DbInstance(this, 'instance', {
      ...standing(join, props),
      identifier: full,
      engine: props.engine === 'mysql' ? 'mysql' : 'postgres',
      engineVersion: version,
      instanceClass: machine,
      port,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [group.id],
      finalSnapshotIdentifier: lastSnapshot(this, full),
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
    // another identifier would give the database another host name, which its nodes do not know
    lifecycle: { preventDestroy: join.protect && !props.released, ignoreChanges: ['identifier'] },
    ...(join.kmsKeyId ? { kmsKeyId: join.kmsKeyId, masterUserSecretKmsKeyId: join.kmsKeyId } : {}),
  };
}

/** The name of the final snapshot, new for every instance of the database: an existing snapshot of that name would block a destroy. */
function lastSnapshot(scope: Construct, full: string): string {
  const life = new TerraformResource(scope, 'life', {
    terraformResourceType: 'terraform_data',
    terraformGeneratorMetadata: { providerName: 'terraform' },
  });
  life.addOverride('input', full);
  return `${full}-final-${life.getStringAttribute('id')}`;
}
