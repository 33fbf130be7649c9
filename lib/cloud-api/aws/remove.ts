import { ToolError } from '../../base/input';
import type { Removal, Thing } from '../removal';
import { type AwsApi, type AwsObject, type AwsParameters, objects, text } from './api';

/** In use, not yet in the right state, or too many calls. */
export function awsPassing(error: ToolError): boolean {
  const code = /was refused: (\S+)/.exec(error.message)?.[1] ?? '';
  const busy = /DependencyViolation|InUse|Incorrect\w*State|Throttl|LimitExceeded|InternalError|Unavailable|^HTTP$/;
  // an interface that is going with its machine is "currently in use", under the code of every wrong value
  return busy.test(code) || /in use/i.test(error.detail ?? '') || /got no answer/.test(error.message);
}

/** How all that Terraform makes of a cluster in EC2 goes, in order: what stands on a thing goes before it. */
export function awsRemovals(api: Pick<AwsApi, 'ec2'>): Removal[] {
  const ec2 = async (action: string, parameters: AwsParameters) => void (await api.ec2(action, parameters));
  /** What an answer shows of a thing; nothing for one that is not there. */
  const shown = async (action: string, parameters: AwsParameters): Promise<AwsObject | undefined> => {
    try {
      const answer = await api.ec2(action, parameters);
      return objects(Object.values(answer).find((value) => Array.isArray(value)))[0];
    } catch (error) {
      if (error instanceof ToolError && /NotFound|Unknown/.test(error.message)) return undefined;
      throw error;
    }
  };
  const simple = (kind: string, of: Simple): Removal => ({
    kind,
    remove: async (thing) => {
      await of.before?.(thing);
      await ec2(of.remove, { [of.removeBy ?? of.id]: thing.id });
    },
    gone: async ({ id }) => {
      const found = await shown(of.show, { [`${of.id}.1`]: id });
      return found === undefined || (of.ended?.(found) ?? false);
    },
    ...(of.limitSeconds ? { limitSeconds: of.limitSeconds } : {}),
  });
  const describe = async (action: string, id: AwsParameters, set: string) => objects((await api.ec2(action, id))[set]);
  const rulesOf = (which: AwsParameters) => describe('DescribeSecurityGroupRules', which, 'securityGroupRuleSet');
  const revoke = (rule: AwsObject) => {
    const action = text(rule['isEgress']) === 'true' ? 'RevokeSecurityGroupEgress' : 'RevokeSecurityGroupIngress';
    return ec2(action, { GroupId: text(rule['groupId']), 'SecurityGroupRuleId.1': text(rule['securityGroupRuleId']) });
  };
  const state = (found: AwsObject) => text(found['state']);
  return [
    simple('instance', {
      remove: 'TerminateInstances',
      removeBy: 'InstanceId.1',
      show: 'DescribeInstances',
      id: 'InstanceId',
      limitSeconds: 900,
      // the core's protection is of the declaration, which has no such machine
      before: ({ id }) => ec2('ModifyInstanceAttribute', { InstanceId: id, 'DisableApiTermination.Value': 'false' }),
      ended: (reservation) =>
        objects(reservation['instancesSet']).every(
          (m) => text((m['instanceState'] as AwsObject)['name']) === 'terminated',
        ),
    }),
    simple('vpc-endpoint', {
      remove: 'DeleteVpcEndpoints',
      removeBy: 'VpcEndpointId.1',
      show: 'DescribeVpcEndpoints',
      id: 'VpcEndpointId',
      ended: (found) => /^deleted$/i.test(state(found)),
    }),
    simple('natgateway', {
      remove: 'DeleteNatGateway',
      removeBy: 'NatGatewayId',
      show: 'DescribeNatGateways',
      id: 'NatGatewayId',
      limitSeconds: 600,
      ended: (found) => state(found) === 'deleted',
    }),
    simple('elastic-ip', {
      remove: 'ReleaseAddress',
      removeBy: 'AllocationId',
      show: 'DescribeAddresses',
      id: 'AllocationId',
      before: async ({ id }) => {
        const [address] = await describe('DescribeAddresses', { 'AllocationId.1': id }, 'addressesSet');
        const association = text(address?.['associationId']);
        if (association) await ec2('DisassociateAddress', { AssociationId: association });
      },
    }),
    simple('network-interface', {
      remove: 'DeleteNetworkInterface',
      removeBy: 'NetworkInterfaceId',
      show: 'DescribeNetworkInterfaces',
      id: 'NetworkInterfaceId',
    }),
    simple('launch-template', {
      remove: 'DeleteLaunchTemplate',
      removeBy: 'LaunchTemplateId',
      show: 'DescribeLaunchTemplates',
      id: 'LaunchTemplateId',
    }),
    simple('route-table', {
      remove: 'DeleteRouteTable',
      removeBy: 'RouteTableId',
      show: 'DescribeRouteTables',
      id: 'RouteTableId',
      before: async ({ id }) => {
        const [table] = await describe('DescribeRouteTables', { 'RouteTableId.1': id }, 'routeTableSet');
        for (const one of objects(table?.['associationSet'])) {
          if (text(one['main']) === 'true') continue;
          await ec2('DisassociateRouteTable', { AssociationId: text(one['routeTableAssociationId']) });
        }
      },
    }),
    simple('subnet', { remove: 'DeleteSubnet', removeBy: 'SubnetId', show: 'DescribeSubnets', id: 'SubnetId' }),
    {
      kind: 'security-group-rule',
      remove: async ({ id }) => {
        for (const rule of await rulesOf({ 'SecurityGroupRuleId.1': id })) await revoke(rule);
      },
      gone: async ({ id }) =>
        (await shown('DescribeSecurityGroupRules', { 'SecurityGroupRuleId.1': id })) === undefined,
    },
    simple('security-group', {
      remove: 'DeleteSecurityGroup',
      removeBy: 'GroupId',
      show: 'DescribeSecurityGroups',
      id: 'GroupId',
      // groups that let each other in hold each other
      before: async ({ id }) => {
        for (const rule of await rulesOf({ Filter: [{ Name: 'group-id', Value: [id] }] })) await revoke(rule);
      },
    }),
    simple('internet-gateway', {
      remove: 'DeleteInternetGateway',
      removeBy: 'InternetGatewayId',
      show: 'DescribeInternetGateways',
      id: 'InternetGatewayId',
      before: async ({ id }) => {
        const [gateway] = await describe(
          'DescribeInternetGateways',
          { 'InternetGatewayId.1': id },
          'internetGatewaySet',
        );
        for (const { vpcId } of objects(gateway?.['attachmentSet'])) {
          await ec2('DetachInternetGateway', { InternetGatewayId: id, VpcId: text(vpcId) });
        }
      },
    }),
    simple('vpc', { remove: 'DeleteVpc', removeBy: 'VpcId', show: 'DescribeVpcs', id: 'VpcId' }),
    placementGroup(api, shown),
  ];
}

interface Simple {
  readonly remove: string;
  readonly removeBy?: string;
  readonly show: string;
  readonly id: string;
  readonly before?: (thing: Thing) => Promise<void>;
  /** Whether what is shown are only its remains. */
  readonly ended?: (found: AwsObject) => boolean;
  readonly limitSeconds?: number;
}

/** Known by its id, deleted by its name. */
function placementGroup(
  api: Pick<AwsApi, 'ec2'>,
  shown: (action: string, parameters: AwsParameters) => Promise<AwsObject | undefined>,
): Removal {
  const show = (id: string) => shown('DescribePlacementGroups', { 'GroupId.1': id });
  return {
    kind: 'placement-group',
    remove: async ({ id }) => {
      const found = await show(id);
      if (found) await api.ec2('DeletePlacementGroup', { GroupName: text(found['groupName']) });
    },
    gone: async ({ id }) => {
      const found = await show(id);
      return found === undefined || text(found['state']) === 'deleted';
    },
  };
}

/** Whether a volume or a database can be taken into the state: it is made, however it ended. */
export async function awsSettled(api: Pick<AwsApi, 'ec2' | 'query'>, { kind, id, name }: Thing): Promise<boolean> {
  if (kind === 'volume') {
    const [volume] = objects((await api.ec2('DescribeVolumes', { 'VolumeId.1': id }))['volumeSet']);
    return text(volume?.['status']) !== 'creating';
  }
  if (kind !== 'db-instance') return true;
  const answer = await api.query('rds', '2014-10-31', 'DescribeDBInstances', { DBInstanceIdentifier: name ?? id });
  const [database] = objects(answer['DBInstances']);
  // every other word of RDS is something that it does right now, or a fault that a plan shows
  return !/^(creating|backing-up|modifying|configuring-.*|rebooting|starting)$/.test(
    text(database?.['DBInstanceStatus']),
  );
}
