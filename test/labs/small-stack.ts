/** A stack with one of each thing that matters to a deployment, as a synthesis would write it. */
export function smallStack(options: { stateFile: string; protect: boolean }): unknown {
  const tags = (name: string) => ({ Name: `small-${name}`, 'stackato:cluster': 'small' });
  return {
    terraform: {
      required_providers: { aws: { source: 'aws', version: '5.100.0' } },
      backend: { local: { path: options.stateFile } },
    },
    // moto answers a lack of capacity with 500, as EC2 does: the provider would retry for a quarter of an hour
    provider: { aws: [{ region: 'us-west-2', max_retries: 2 }] },
    resource: {
      aws_vpc: { net: { cidr_block: '10.0.0.0/16', tags: tags('net') } },
      aws_subnet: { a: { vpc_id: '${aws_vpc.net.id}', cidr_block: '10.0.0.0/24', tags: tags('a') } },
      aws_security_group: {
        nodes: { vpc_id: '${aws_vpc.net.id}', name: 'small-nodes', description: 'nodes', tags: tags('nodes') },
      },
      aws_instance: {
        core: {
          ami: 'ami-7d5fb21d',
          instance_type: 'm3.large',
          key_name: 'ops',
          subnet_id: '${aws_subnet.a.id}',
          private_ip: '10.0.0.10',
          vpc_security_group_ids: ['${aws_security_group.nodes.id}'],
          disable_api_termination: options.protect,
          tags: tags('core'),
        },
      },
      aws_ebs_volume: {
        data: {
          availability_zone: 'us-west-2a',
          size: 10,
          tags: tags('data'),
          ...(options.protect ? { lifecycle: { prevent_destroy: true } } : {}),
        },
      },
      aws_secretsmanager_secret: { own: { name: 'small/own', recovery_window_in_days: 0, tags: tags('own') } },
    },
  };
}
