/** What a rule of `openstackProblems` means and what to do about it, for `explain`. */
export interface OpenstackRule {
  readonly id: string;
  readonly explain: string;
  readonly remedy: string;
}

const rule = (id: string, explain: string, remedy: string): OpenstackRule => ({ id, explain, remedy });

export const openstackRules: readonly OpenstackRule[] = [
  rule(
    'openstack-flavor',
    'The cloud shows this project no flavor of that name or id.',
    'Write one that `openstack flavor list` shows, by size word: clouds: { openstack: { flavors: { large: m1.large } } }.',
  ),
  rule(
    'openstack-image',
    'The cloud shows this project no usable image of that name or id, or several of one name.',
    'Upload it (openstack image create), wait until it is active, or write the id of the intended one.',
  ),
  rule(
    'openstack-network',
    'The cloud shows this project no network of that name or id, or several of one name.',
    'Write one that `openstack network list` shows, or the id of the intended one.',
  ),
  rule(
    'openstack-subnet',
    'The subnet is not in the network, or the address for the core is not available: outside of the subnet, its gateway, or taken.',
    "Write the subnet's network and a free address that `openstack port list` does not show, or leave coreAddress out: Neutron then chooses.",
  ),
  rule(
    'openstack-router',
    'Floating addresses reach nodes through a router between their subnet and the external network; the subnet has none.',
    'Make it: openstack router create, openstack router set --external-gateway, openstack router add subnet; or leave externalNetwork out.',
  ),
  rule(
    'openstack-external-network',
    'There is no external network of that name: routers and floating addresses need one.',
    'Write one that `openstack network list --external` shows.',
  ),
  rule(
    'openstack-zone',
    'The cloud has no availability zone of that name, or it is not available now. Nova and Cinder have zones of their own.',
    'Write zones that `openstack availability zone list` shows.',
  ),
  rule(
    'openstack-key-pair',
    'The user has no key pair of that name; key pairs belong to users, not to projects.',
    'Make it with the credentials that deploy: openstack keypair create --public-key ~/.ssh/id_rsa.pub NAME.',
  ),
  rule(
    'openstack-volume-type',
    'Cinder shows this project no volume type of that name or id.',
    'Write one that `openstack volume type list` shows, or leave volumeType out: the cloud then takes its default.',
  ),
  rule(
    'openstack-service',
    'The declaration needs a service that the cloud does not have, or that does not answer now.',
    'Remove the part of the declaration that the message names, or ask the cloud operator for the service.',
  ),
  rule(
    'openstack-root-disk',
    'The image needs a larger disk than the flavor, or the root volume, gives it; Nova would refuse each server.',
    'Write image: { name: …, rootGib: … } with the GiB that the message names, or a size whose flavor has them.',
  ),
  rule(
    'openstack-root-memory',
    'The image asks for more memory than the flavor has; Nova would refuse each server.',
    'Write a larger size, or another flavor for it.',
  ),
  rule(
    'openstack-dns-zone',
    'Designate already has the zone that would be made, or lacks the named zone, or that zone does not contain the hostname.',
    'Write the id of the zone that contains the hostname: dns: { zoneId: … }; `openstack zone list` shows it.',
  ),
  rule(
    'openstack-quota',
    'The deployment would need more than the quota of the project leaves; it would stop half-way.',
    'Delete what is not needed, or ask the cloud operator for the quota that the message names.',
  ),
];
