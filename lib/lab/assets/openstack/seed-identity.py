"""Services of the catalog, roles, and who may use them. Arguments: password, address, optional parts."""
import sys

import openstack

password, ip, optional = sys.argv[1:]
identity = openstack.connect().identity

CATALOG = [  # name, type, URL
    ('glance', 'image', 'http://%s:9292'),
    ('placement', 'placement', 'http://%s:8778'),
    ('nova', 'compute', 'http://%s:8774/v2.1'),
    ('neutron', 'network', 'http://%s:9696'),
    ('cinderv3', 'volumev3', 'http://%s:8776/v3/%%(project_id)s'),
    ('cinder', 'block-storage', 'http://%s:8776/v3/%%(project_id)s'),
    ('octavia', 'load-balancer', 'http://%s:9876'),
    ('designate', 'dns', 'http://%s:9001'),
    ('barbican', 'key-manager', 'http://%s:9311'),
]
have = {service.name: service for service in identity.services()}
for name, type_, url in CATALOG:
    if name in ('octavia', 'designate', 'barbican') and name not in optional.split():
        continue
    if name in have:
        continue
    service = identity.create_service(name=name, type=type_)
    for interface in 'public', 'internal', 'admin':
        identity.create_endpoint(service_id=service.id, interface=interface, url=url % ip, region_id='RegionOne')

roles = {role.name: role for role in identity.roles()}
for name in 'service', 'load-balancer_member', 'creator':
    roles[name] = roles.get(name) or identity.create_role(name=name)
for name, grants in (('service', ('admin', 'service')), ('demo', ('member', 'load-balancer_member', 'creator'))):
    project = identity.find_project(name) or identity.create_project(name=name, domain_id='default')
    user = identity.find_user(name) or identity.create_user(
        name=name, password=password, domain_id='default', default_project_id=project.id)
    for role in grants:
        identity.assign_project_role_to_user(project, user, roles[role])

# user data, for one, is shown to an administrator only; this one sees demo's project as demo does
identity.assign_project_role_to_user(
    identity.find_project('demo'), identity.find_user('admin'), roles['admin'])
