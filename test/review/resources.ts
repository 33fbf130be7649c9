import { keeps, type Values } from './fixtures';

/** Resources as the providers show them. */

/** A machine as the AWS provider shows it. */
export const instance = (more: Values = {}): Values => ({
  id: 'i-0123',
  ami: 'ami-0aaa',
  instance_type: 'm3.large',
  private_ip: '10.0.0.21',
  user_data_replace_on_change: false,
  tags: { Name: 'mvp' },
  ...more,
});

export const volume = (more: Values = {}): Values => ({
  id: 'vol-0c3',
  availability_zone: 'us-west-2a',
  size: 200,
  encrypted: false,
  final_snapshot: false,
  snapshot_id: '',
  ...more,
});

export const database = (more: Values = {}): Values => ({
  id: 'mvp-apps',
  identifier: 'mvp-apps',
  engine: 'mysql',
  address: 'mvp-apps.abc.rds.example',
  port: 3306,
  username: 'root',
  password: 'Tr0ub4dor-and-3',
  allocated_storage: 50,
  storage_encrypted: false,
  deletion_protection: false,
  skip_final_snapshot: true,
  final_snapshot_identifier: null,
  backup_retention_period: 7,
  delete_automated_backups: true,
  ...more,
});

export const databaseMarks = { beforeSensitive: { password: true }, afterSensitive: { password: true } };

export const group = (name: string) => keeps(`aws_security_group.${name}`, { id: `sg-${name}`, ingress: [] });

export const ingress = (port: number, from: Values, groupName = 'paas_core'): Values => ({
  type: 'ingress',
  protocol: 'tcp',
  from_port: port,
  to_port: port,
  cidr_blocks: null,
  ipv6_cidr_blocks: null,
  self: false,
  security_group_id: `sg-${groupName}`,
  ...from,
});
