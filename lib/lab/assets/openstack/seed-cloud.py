"""What every cloud has: images, flavors, a network to the outside. Arguments: an image file, octavia's file of ids."""
import sys

import openstack

blank, ids = sys.argv[1:]
cloud = openstack.connect()

for name, visibility, tags in (('debian-12', 'public', []), ('amphora', 'private', ['amphora'])):
    if not cloud.image.find_image(name):
        cloud.create_image(name, filename=blank, disk_format='raw', container_format='bare',
                           visibility=visibility, tags=tags, wait=True)
for name, cpu, ram, disk in (('m1.tiny', 1, 512, 1), ('m1.small', 1, 2048, 20), ('m1.medium', 2, 4096, 40),
                             ('m1.large', 4, 8192, 80), ('m1.xlarge', 8, 16384, 160)):
    if not cloud.compute.find_flavor(name):
        cloud.compute.create_flavor(name=name, vcpus=cpu, ram=ram, disk=disk)

network = cloud.network
public = network.find_network('public') or network.create_network(
    name='public', is_router_external=True, provider_network_type='flat', provider_physical_network='physnet1')
if not network.find_subnet('public'):
    network.create_subnet(name='public', network_id=public.id, ip_version=4, cidr='203.0.113.0/24',
                          gateway_ip='203.0.113.1', enable_dhcp=False)
management = network.find_network('lb-mgmt') or network.create_network(name='lb-mgmt')
if not network.find_subnet('lb-mgmt'):
    network.create_subnet(name='lb-mgmt', network_id=management.id, ip_version=4, cidr='192.0.2.0/24')

with open(ids, 'w') as file:
    file.write('[controller_worker]\namp_flavor_id = %s\namp_boot_network_list = %s\n'
               % (cloud.compute.find_flavor('m1.tiny').id, management.id))
