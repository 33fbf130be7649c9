import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { DATABASE_DEFAULTS } from '../kato/roles/database';
import { resourceAddress } from '../stack/address';
import type { ManifestDatabase } from '../topology/manifest';
import type { Database as DatabasePlan } from '../topology/model';
import type { ClusterHandle } from './handle';
import { type ExternalDatabase, portOf } from './handle';

/** Properties of an existing database for a role of a cluster: OpenStack has no managed databases. */
export interface DatabaseProps {
  /** The cluster whose nodes use it. */
  readonly join: ClusterHandle;
  /** Name of the database in the declaration. @default the construct's id */
  readonly name?: string;
  /** Database engine; the role that uses it must have the same. */
  readonly engine: 'mysql' | 'postgresql';
  /** Its host, port, user and password secret. */
  readonly external: ExternalDatabase;
  /** Engine version, for the cluster's manifest. @default 8.0 for mysql, 16 for postgresql */
  readonly version?: string;
  /** Storage, GiB, for the cluster's manifest. @default 0: unknown */
  readonly storageGib?: number;
  /** Pools and roles that use it, for the cluster's manifest. @default none */
  readonly usedBy?: DatabasePlan['usedBy'];
}

/**
 * An existing database by its host. Its owner backs it up, protects it and permits the nodes in its firewall. Terraform
 * only records it, so that a review reports a move.
 */
export class Database extends Construct {
  /** Host name or address of the database. */
  readonly host: string;
  /** TCP port of the database. */
  readonly port: number;
  /** Its entry for a guest's handle: `{ ...handle, databases: { reports: database.endpoint } }`. */
  readonly endpoint: ExternalDatabase;
  /** The database in the cluster's manifest. */
  readonly manifest: ManifestDatabase;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { engine, external } = props;
    const port = portOf(engine, external.port);
    const note = new TerraformResource(this, 'note', {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
    const name = `${props.join.name}-${props.name ?? id}`;
    note.addOverride('input', { name, engine, host: external.host, port, user: external.user });
    this.host = external.host;
    this.port = port;
    this.endpoint = { ...external, port };
    this.manifest = {
      engine,
      version: props.version ?? DATABASE_DEFAULTS[engine].version,
      storageGib: props.storageGib ?? 0,
      machine: `${external.host}:${port}`,
      resource: resourceAddress(note),
      usedBy: props.usedBy ?? [],
    };
  }
}
