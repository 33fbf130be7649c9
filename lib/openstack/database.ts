import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { DATABASE_DEFAULTS } from '../kato/roles/database';
import { resourceAddress } from '../stack/address';
import type { ManifestDatabase } from '../topology/manifest';
import type { Database as DatabasePlan } from '../topology/model';
import type { ClusterHandle } from './handle';
import { type ExternalDatabase, portOf } from './handle';

/** A database for a role of a cluster, which exists already: OpenStack has none to offer. */
export interface DatabaseProps {
  /** The cluster whose nodes use it. */
  readonly join: ClusterHandle;
  /** Name of the database in the declaration. @default the construct's id */
  readonly name?: string;
  readonly engine: 'mysql' | 'postgresql';
  /** Where it is. */
  readonly external: ExternalDatabase;
  /** Engine version, for the cluster's manifest. @default 8.0 for mysql, 16 for postgresql */
  readonly version?: string;
  /** GiB, for the cluster's manifest. @default 0: not known here */
  readonly storageGib?: number;
  /** Pools and roles that use it, for the cluster's manifest. @default none */
  readonly usedBy?: DatabasePlan['usedBy'];
}

/**
 * A database by its host: nothing is made, backed up or protected here, and its firewall must let the nodes in. Terraform
 * keeps a note of it, so that a review sees when it moves.
 */
export class Database extends Construct {
  readonly host: string;
  readonly port: number;
  /** What a guest's handle needs to use it: `{ ...handle, databases: { reports: database.endpoint } }`. */
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
