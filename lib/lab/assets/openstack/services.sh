# shellcheck shell=bash
# The OpenStack services, in an order that each of them bears. Sourced by lab.sh.

# wsgi NAME PORT MODULE [ARGUMENTS]
# One thread per process: with more, eventlet's locks (which keystone brings in with oslo.log) deadlock sooner or later,
# "cannot switch to a different thread". uwsgi never keeps a connection alive, so it must say so.
wsgi() {
  start "$1" uwsgi --plugins-dir /usr/lib/uwsgi/plugins --plugin python3 --http-socket "$IP:$2" --module "$3" \
    --pyargv "${4:-}" --master --processes 2 --threads 1 --enable-threads --lazy-apps --single-interpreter \
    --die-on-term --need-app --buffer-size 65535 --disable-logging --add-header 'Connection: close'
}

start_services() {
  local e=$ETC port
  export OS_KEYSTONE_CONFIG_FILES=$e/keystone.conf OS_PLACEMENT_CONFIG_DIR=$e
  say "starting keystone"
  wsgi keystone $P_KEYSTONE 'keystone.server.wsgi:initialize_public_application()'
  wait_for 60 keystone http_ok $P_KEYSTONE
  once "identity-${WITH// /-}" seed "$here/seed-identity.py" "$PASS" "$IP" "$WITH"

  say "starting glance, placement, nova, neutron and cinder"
  wsgi placement $P_PLACEMENT 'placement.wsgi:init_application()'
  start_ep glance glance.cmd.api:main glance-api --config-file "$e/glance-api.conf"
  start_ep neutron neutron.cmd.eventlet.server:main neutron-server --config-file "$e/neutron.conf"
  start_ep nova-conductor nova.cmd.conductor:main nova-conductor --config-file "$e/nova.conf"
  start_ep nova-scheduler nova.cmd.scheduler:main nova-scheduler --config-file "$e/nova.conf"
  start_ep nova-api nova.cmd.api:main nova-api --config-file "$e/nova.conf"
  start_ep nova-compute labdrivers:nova_compute nova-compute --config-file "$e/nova.conf"
  start_ep cinder-api cinder.cmd.api:main cinder-api --config-file "$e/cinder.conf"
  start_ep cinder-scheduler cinder.cmd.scheduler:main cinder-scheduler --config-file "$e/cinder.conf"
  start_ep cinder-volume cinder.cmd.volume:main cinder-volume --config-file "$e/cinder.conf"
  if with designate; then start_designate central api; fi
  for port in $P_GLANCE $P_PLACEMENT $P_NOVA $P_NEUTRON $P_CINDER; do
    wait_for 120 "the service on port $port" http_ok "$port"
  done
  once cells map_compute_host
  head -c 1048576 /dev/zero >"$LAB/images/blank.raw"
  once cloud seed "$here/seed-cloud.py" "$LAB/images/blank.raw" "$ETC/octavia-ids.conf"
  if with barbican; then start_barbican; fi # before octavia, which reads certificates there
  if with octavia; then start_octavia; fi
  if with designate; then
    say "starting designate"
    wait_for 60 designate http_ok $P_DESIGNATE
    once designate-pool run_ep designate.cmd.manage:main designate-manage \
      --config-file "$e/designate.conf" pool update --file "$e/pools.yaml"
    start_designate worker producer mdns # these call central as they start
  fi
}

start_barbican() {
  say "starting barbican"
  export STACKATO_OSLAB_BARBICAN_PASTE=$SHARE/usr/share/barbican-common/barbican-api-paste.ini
  wsgi barbican $P_BARBICAN 'labdrivers:barbican_app()'
  wait_for 60 barbican http_ok $P_BARBICAN
}

start_octavia() {
  local files="--config-file $ETC/octavia.conf --config-file $ETC/octavia-ids.conf"
  say "starting octavia"
  wsgi octavia-api $P_OCTAVIA 'octavia.api.app:setup_app()' "$files"
  # shellcheck disable=SC2086
  start_ep octavia-worker octavia.cmd.octavia_worker:main octavia-worker $files
  wait_for 60 octavia http_ok $P_OCTAVIA
}

start_designate() {
  local part
  for part in "$@"; do
    start_ep "designate-$part" "designate.cmd.$part:main" "designate-$part" --config-file "$ETC/designate.conf"
  done
}

one_compute_node() { [[ $(sql "select count(*) from nova.compute_nodes") == 1 ]]; }
map_compute_host() {
  wait_for 60 nova-compute one_compute_node
  run_ep nova.cmd.manage:main nova-manage --config-file "$ETC/nova.conf" cell_v2 discover_hosts
}

# seed SCRIPT ARGUMENTS...: with openstacksdk, one process instead of thirty calls of a client
seed() {
  say "filling the cloud: $(basename "$1" .py)"
  OS_AUTH_URL=$AUTH OS_IDENTITY_API_VERSION=3 OS_USERNAME=admin OS_PASSWORD=$PASS OS_PROJECT_NAME=admin \
    OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default OS_REGION_NAME=RegionOne \
    "$PY" "$@" 2>>"$LOG/seed.log" || die "$(basename "$1") failed, see $LOG/seed.log"
}
