"""Thin extensions of the in-tree fake drivers of nova and cinder."""
import os


def __getattr__(name):            # import only the one that is asked for
    if name == 'Compute':
        return _compute()
    if name == 'Volume':
        return _volume()
    raise AttributeError(name)


def barbican_app():
    """barbican's wsgi application; its own launcher wants a file in /etc."""
    from paste import deploy
    return deploy.loadapp('config:' + os.environ['STACKATO_OSLAB_BARBICAN_PASTE'])


def nova_compute():
    """nova-compute; it loads drivers from nova.virt only, so be there."""
    from nova.cmd import compute
    import nova.virt
    nova.virt.__path__.append(os.path.dirname(__file__))
    return compute.main()


def _compute():
    from nova import context as nova_context, objects
    from nova.compute import power_state
    from nova.virt import fake
    from oslo_concurrency import processutils

    db = 'unix:%s/run/db.sock' % os.environ['STACKATO_OSLAB_DIR']

    def ovs(*args):
        processutils.execute('ovs-vsctl', '--timeout=10', '--db=' + db, *args)

    def plug(vif):
        # What os-vif does on a compute host.  It makes ovn-controller claim
        # the port, and so neutron report it ACTIVE.
        tap = ('tap' + vif['id'])[:14]
        ovs('--may-exist', 'add-port', 'br-int', tap, '--',
            'set', 'Interface', tap, 'type=dummy',
            'external_ids:iface-id=' + vif['id'],
            'external_ids:attached-mac="%s"' % vif['address'])

    def unplug(vif):
        ovs('--if-exists', 'del-port', 'br-int', ('tap' + vif['id'])[:14])

    class Compute(fake.FakeDriver):
        """nova's FakeDriver whose ports are present on br-int, and whose
        guests outlive a restart of nova-compute, as guests do."""

        def init_host(self, host):
            super().init_host(host)
            for guest in objects.InstanceList.get_by_host(
                    nova_context.get_admin_context(), host,
                    expected_attrs=['info_cache', 'flavor']):
                if guest.power_state not in (power_state.RUNNING,
                                             power_state.SHUTDOWN):
                    continue
                self.instances[guest.uuid] = fake.FakeInstance(
                    guest.name, guest.power_state, guest.uuid)
                self.resources.claim(
                    vcpus=guest.flavor.vcpus, mem=guest.flavor.memory_mb,
                    disk=guest.flavor.root_gb)
                for vif in guest.get_network_info():
                    self._interfaces[vif['id']] = vif

        def default_root_device_name(self, instance, image_meta, root_bdm):
            # as under KVM; volumes are named after it
            return '/dev/vda'

        def spawn(self, context, instance, *args, network_info=None, **kw):
            super().spawn(context, instance, *args,
                          network_info=network_info, **kw)
            for vif in network_info or []:
                plug(vif)

        def destroy(self, context, instance, network_info, *args, **kw):
            super().destroy(context, instance, network_info, *args, **kw)
            for vif in network_info or []:
                unplug(vif)
                self._interfaces.pop(vif['id'], None)

        def attach_interface(self, context, instance, image_meta, vif):
            super().attach_interface(context, instance, image_meta, vif)
            plug(vif)

        def detach_interface(self, context, instance, vif):
            super().detach_interface(context, instance, vif)
            unplug(vif)

    return Compute


def _volume():
    from cinder.tests import fake_driver

    class Volume(fake_driver.FakeLoggingVolumeDriver):
        """cinder's logging driver; also 'copies' images to and fro."""

        def clone_image(self, context, volume, location, meta, service):
            return {}, True       # done, nothing to download

        def extend_volume(self, volume, new_size):
            pass                  # as the parent's is LVM's, which has no VG

    return Volume
