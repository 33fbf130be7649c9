import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { ToolError } from '../../base/input';
import type { Removal, Thing } from '../removal';
import type { AwsApi } from './api';

type Ec2 = AwsApi['ec2'];

/** In use, not yet in the right state, or throttled. */
export function awsPassing(error: ToolError): boolean {
  const code = /was refused: (\S+)/.exec(error.message)?.[1] ?? '';
  const busy = /DependencyViolation|InUse|Incorrect\w*State|Throttl|LimitExceeded|InternalError|Unavailable|^HTTP$/;
  // an interface that is deleted with its machine is "currently in use", under the general code for wrong values
  return busy.test(code) || /in use/i.test(error.detail ?? '') || /got no answer/.test(error.message);
}

/** How to delete everything that Terraform makes in EC2, in order: dependents first. */
export function awsRemovals({ ec2 }: Pick<AwsApi, 'ec2'>): Removal[] {
  return [
    instance(ec2),
    volume(ec2),
    vpcEndpoint(ec2),
    natGateway(ec2),
    elasticIp(ec2),
    networkInterface(ec2),
    launchTemplate(ec2),
    routeTable(ec2),
    subnet(ec2),
    securityGroupRule(ec2),
    securityGroup(ec2),
    internetGateway(ec2),
    vpc(ec2),
    placementGroup(ec2),
  ];
}

/** How to delete resources of a kind, by id. */
interface Going<T> {
  remove(id: string): Promise<unknown>;
  /** Reads a resource; the cloud may refuse when it does not exist. */
  show(id: string): Promise<readonly T[] | undefined>;
  /** Whether the answer shows a deleted resource. @default false */
  readonly ended?: (found: T) => boolean;
  readonly limitSeconds?: number;
}

function removal<T>(kind: string, { remove, show, ended = () => false, limitSeconds }: Going<T>): Removal {
  return {
    kind,
    remove: async ({ id }) => void (await remove(id)),
    gone: async ({ id }) => (await orNone(() => show(id))).every(ended),
    ...(limitSeconds === undefined ? {} : { limitSeconds }),
  };
}

/** The resource; undefined when it does not exist. */
async function orNone<T>(show: () => Promise<readonly T[] | undefined>): Promise<readonly T[]> {
  try {
    return (await show()) ?? [];
  } catch (error) {
    if (error instanceof ToolError && /NotFound|Unknown/.test(error.message)) return [];
    throw error;
  }
}

function instance(ec2: Ec2): Removal {
  return removal('instance', {
    async remove(id) {
      // the core is protected by the declaration, which does not have this machine
      await ec2('ModifyInstanceAttribute', { InstanceId: id, DisableApiTermination: { Value: false } });
      await ec2('TerminateInstances', { InstanceIds: [id] });
    },
    async show(id) {
      const { Reservations = [] } = await ec2('DescribeInstances', { InstanceIds: [id] });
      return Reservations.flatMap(({ Instances = [] }) => Instances);
    },
    ended: (machine) => machine.State?.Name === 'terminated',
    limitSeconds: 900,
  });
}

/** Refused while it is attached. Only empty copies get here. */
function volume(ec2: Ec2): Removal {
  return removal('volume', {
    remove: (id) => ec2('DeleteVolume', { VolumeId: id }),
    show: async (id) => (await ec2('DescribeVolumes', { VolumeIds: [id] })).Volumes,
    ended: ({ State }) => State === 'deleted',
  });
}

function vpcEndpoint(ec2: Ec2): Removal {
  return removal('vpc-endpoint', {
    remove: (id) => ec2('DeleteVpcEndpoints', { VpcEndpointIds: [id] }),
    show: async (id) => (await ec2('DescribeVpcEndpoints', { VpcEndpointIds: [id] })).VpcEndpoints,
    // EC2's key is in lower case, its library's begins with a capital
    ended: ({ State = '' }) => State.toLowerCase() === 'deleted',
  });
}

function natGateway(ec2: Ec2): Removal {
  return removal('natgateway', {
    remove: (id) => ec2('DeleteNatGateway', { NatGatewayId: id }),
    show: async (id) => (await ec2('DescribeNatGateways', { NatGatewayIds: [id] })).NatGateways,
    ended: ({ State }) => State === 'deleted',
    limitSeconds: 600,
  });
}

function elasticIp(ec2: Ec2): Removal {
  const show = async (id: string) => (await ec2('DescribeAddresses', { AllocationIds: [id] })).Addresses;
  return removal('elastic-ip', {
    async remove(id) {
      const [address] = (await show(id)) ?? [];
      if (address?.AssociationId) await ec2('DisassociateAddress', { AssociationId: address.AssociationId });
      await ec2('ReleaseAddress', { AllocationId: id });
    },
    show,
  });
}

function networkInterface(ec2: Ec2): Removal {
  return removal('network-interface', {
    remove: (id) => ec2('DeleteNetworkInterface', { NetworkInterfaceId: id }),
    show: async (id) => (await ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] })).NetworkInterfaces,
  });
}

function launchTemplate(ec2: Ec2): Removal {
  return removal('launch-template', {
    remove: (id) => ec2('DeleteLaunchTemplate', { LaunchTemplateId: id }),
    show: async (id) => (await ec2('DescribeLaunchTemplates', { LaunchTemplateIds: [id] })).LaunchTemplates,
  });
}

function routeTable(ec2: Ec2): Removal {
  const show = async (id: string) => (await ec2('DescribeRouteTables', { RouteTableIds: [id] })).RouteTables;
  return removal('route-table', {
    async remove(id) {
      const [table] = (await show(id)) ?? [];
      for (const { Main, RouteTableAssociationId } of table?.Associations ?? []) {
        if (!Main) await ec2('DisassociateRouteTable', { AssociationId: RouteTableAssociationId });
      }
      await ec2('DeleteRouteTable', { RouteTableId: id });
    },
    show,
  });
}

function subnet(ec2: Ec2): Removal {
  return removal('subnet', {
    remove: (id) => ec2('DeleteSubnet', { SubnetId: id }),
    show: async (id) => (await ec2('DescribeSubnets', { SubnetIds: [id] })).Subnets,
  });
}

async function revoke(ec2: Ec2, rules: readonly SecurityGroupRule[] | undefined): Promise<void> {
  for (const { IsEgress, GroupId, SecurityGroupRuleId = '' } of rules ?? []) {
    const action = IsEgress ? 'RevokeSecurityGroupEgress' : 'RevokeSecurityGroupIngress';
    await ec2(action, { GroupId, SecurityGroupRuleIds: [SecurityGroupRuleId] });
  }
}

function securityGroupRule(ec2: Ec2): Removal {
  const show = async (id: string) =>
    (await ec2('DescribeSecurityGroupRules', { SecurityGroupRuleIds: [id] })).SecurityGroupRules;
  return removal('security-group-rule', { remove: async (id) => revoke(ec2, await show(id)), show });
}

function securityGroup(ec2: Ec2): Removal {
  return removal('security-group', {
    async remove(id) {
      // groups that refer to each other block each other's deletion
      const ofGroup = { Filters: [{ Name: 'group-id', Values: [id] }] };
      await revoke(ec2, (await ec2('DescribeSecurityGroupRules', ofGroup)).SecurityGroupRules);
      await ec2('DeleteSecurityGroup', { GroupId: id });
    },
    show: async (id) => (await ec2('DescribeSecurityGroups', { GroupIds: [id] })).SecurityGroups,
  });
}

function internetGateway(ec2: Ec2): Removal {
  const show = async (id: string) =>
    (await ec2('DescribeInternetGateways', { InternetGatewayIds: [id] })).InternetGateways;
  return removal('internet-gateway', {
    async remove(id) {
      const [gateway] = (await show(id)) ?? [];
      for (const { VpcId } of gateway?.Attachments ?? [])
        await ec2('DetachInternetGateway', { InternetGatewayId: id, VpcId });
      await ec2('DeleteInternetGateway', { InternetGatewayId: id });
    },
    show,
  });
}

function vpc(ec2: Ec2): Removal {
  return removal('vpc', {
    remove: (id) => ec2('DeleteVpc', { VpcId: id }),
    show: async (id) => (await ec2('DescribeVpcs', { VpcIds: [id] })).Vpcs,
  });
}

/** Identified by its id, deleted by its name. */
function placementGroup(ec2: Ec2): Removal {
  const show = async (id: string) => (await ec2('DescribePlacementGroups', { GroupIds: [id] })).PlacementGroups;
  return removal('placement-group', {
    async remove(id) {
      const [found] = await orNone(() => show(id));
      if (found) await ec2('DeletePlacementGroup', { GroupName: found.GroupName });
    },
    show,
    ended: ({ State }) => State === 'deleted',
  });
}

/** Whether a volume or a database can be imported: its creation has ended, in any state. */
export async function awsSettled(api: Pick<AwsApi, 'ec2' | 'rds'>, { kind, id, name }: Thing): Promise<boolean> {
  if (kind === 'volume') {
    const { Volumes = [] } = await api.ec2('DescribeVolumes', { VolumeIds: [id] });
    return Volumes[0]?.State !== 'creating';
  }
  if (kind !== 'db-instance') return true;
  const { DBInstances = [] } = await api.rds('DescribeDBInstances', { DBInstanceIdentifier: name ?? id });
  // RDS's other states are operations in progress, or errors that a plan shows
  return !/^(creating|backing-up|modifying|configuring-.*|rebooting|starting)$/.test(
    DBInstances[0]?.DBInstanceStatus ?? '',
  );
}
