import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ADDRESSES_OUTPUT, MANIFEST_OUTPUT, type Manifest, type NodeAddress } from '../topology/manifest';
import { literal } from './literal';

/** Adds the cluster's manifest to the stack's outputs, under the fixed name that a review reads. */
export function manifestOutput(scope: Construct, manifest: Manifest): void {
  // Values for kato are text, even if they look like Terraform templates.
  const { rules, config, roles } = manifest;
  const plain = { ...manifest, ...literal({ rules, config, roles }) };
  named(scope, 'manifest', MANIFEST_OUTPUT, plain, 'the cluster as cdktf-stackato review reads it');
}

/** Adds the data that other stacks need to join the cluster to the stack's outputs. */
export function handleOutput(scope: Construct, handle: object): void {
  named(scope, 'handle', 'stackato_handle', handle, 'what a stack of yours needs to join nodes to the cluster');
}

/** Ids and addresses of a pool's nodes, by name. */
export interface PlacedPool {
  readonly instanceIds: Readonly<Record<string, string>>;
  readonly addresses: Readonly<Record<string, string>>;
  /** Public addresses, or private ones for nodes without. */
  readonly publicAddresses: Readonly<Record<string, string>>;
}

/** Id and addresses of the core. */
export interface PlacedCore {
  readonly instanceId: string;
  readonly address: string;
  readonly publicAddress: string | undefined;
}

/** Adds the nodes' addresses to the stack's outputs, for operators who log in. */
export function addressesOutput(scope: Construct, core: PlacedCore, pools: readonly PlacedPool[]): void {
  const outside = core.publicAddress ? { outside: core.publicAddress } : {};
  const first: NodeAddress = { machine: core.instanceId, inside: core.address, ...outside };
  const addresses = Object.assign({ core: first }, ...pools.map(poolAddresses));
  named(scope, 'addresses', ADDRESSES_OUTPUT, addresses, 'where each node is, for those who log in to it');
}

function poolAddresses({ instanceIds, addresses, publicAddresses }: PlacedPool): Record<string, NodeAddress> {
  const one = (node: string): NodeAddress => {
    const [inside, outside] = [addresses[node]!, publicAddresses[node]!];
    return { machine: instanceIds[node]!, inside, ...(outside === inside ? {} : { outside }) };
  };
  return Object.fromEntries(Object.keys(addresses).map((node) => [node, one(node)]));
}

function named(scope: Construct, id: string, name: string, value: unknown, description: string): void {
  const stack = TerraformStack.of(scope);
  // A second cluster in the same stack keeps its own names.
  const taken = stack.node.findAll().some((c) => c instanceof TerraformOutput && c.friendlyUniqueId === name);
  const output = new TerraformOutput(scope, id, { value, description, staticId: !taken });
  if (!taken) output.overrideLogicalId(name);
}
