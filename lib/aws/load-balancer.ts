import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { TerraformIterator } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterHandle } from './handle';
import { tagsOf } from './tags';

/** Properties of a load balancer for a cluster. */
export interface LoadBalancerProps {
  /** The cluster that it belongs to. */
  readonly cluster: ClusterHandle;
  /** Nodes by TCP port: name and instance id of each node that serves the port. */
  readonly ports: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

/** A network load balancer for TCP; certificates stay on the nodes, which see the client's address. */
export class LoadBalancer extends Construct {
  /** Its public DNS name. */
  readonly address: string;
  /** Id of the hosted zone of that name, for an alias. */
  readonly zoneId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { cluster } = props;
    const name = `${cluster.name}-lb`;
    const balancer = new Lb(this, 'balancer', {
      name,
      loadBalancerType: 'network',
      subnets: [...cluster.publicSubnetIds],
      enableCrossZoneLoadBalancing: true,
      tags: tagsOf(cluster, { Name: name }),
    });
    for (const [port, nodes] of Object.entries(props.ports)) {
      const tags = tagsOf(cluster, { Name: `${name}-${port}` });
      const group = new LbTargetGroup(this, `group-${port}`, {
        name: `${cluster.name}-${port}`,
        port: Number(port),
        protocol: 'TCP',
        vpcId: cluster.vpcId,
        healthCheck: { protocol: 'TCP', interval: 10 },
        tags,
      });
      new LbListener(this, `listener-${port}`, {
        loadBalancerArn: balancer.arn,
        port: Number(port),
        protocol: 'TCP',
        defaultAction: [{ type: 'forward', targetGroupArn: group.arn }],
        tags,
      });
      const each = TerraformIterator.fromMap(nodes);
      new LbTargetGroupAttachment(this, `members-${port}`, {
        forEach: each,
        targetGroupArn: group.arn,
        targetId: each.value,
        port: Number(port),
      });
    }
    this.address = balancer.dnsName;
    this.zoneId = balancer.zoneId;
  }
}
