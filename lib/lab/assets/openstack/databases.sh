# shellcheck shell=bash
# Schemas of the services. Sourced by lab.sh. They are most of the first `up`; a stamp per database makes later ones
# skip them.

# once STAMP COMMAND...
once() {
  local stamp=$LAB/stamp/$1
  shift
  [[ -e $stamp ]] && return
  mkdir -p "$LAB/stamp"
  "$@"
  touch "$stamp"
}

db() { echo "mysql+pymysql://root@localhost/$1?unix_socket=$RUN/mysql.sock&charset=utf8"; }

db_keystone() {
  local c=(keystone.cmd.manage:main keystone-manage --config-file "$ETC/keystone.conf") owner
  owner=(--keystone-user "$(id -un)" --keystone-group "$(id -gn)")
  run_ep "${c[@]}" db_sync
  run_ep "${c[@]}" fernet_setup "${owner[@]}"
  run_ep "${c[@]}" credential_setup "${owner[@]}"
  run_ep "${c[@]}" bootstrap --bootstrap-password "$PASS" --bootstrap-region-id RegionOne \
    --bootstrap-public-url "$AUTH" --bootstrap-internal-url "$AUTH" --bootstrap-admin-url "$AUTH"
}
db_nova() {
  local c=(nova.cmd.manage:main nova-manage --config-file "$ETC/nova.conf")
  run_ep "${c[@]}" api_db sync
  run_ep "${c[@]}" cell_v2 map_cell0 --database_connection "$(db nova_cell0)"
  run_ep "${c[@]}" cell_v2 create_cell --name cell1
  run_ep "${c[@]}" db sync
}
db_glance() { run_ep glance.cmd.manage:main glance-manage --config-file "$ETC/glance-api.conf" db_sync; }
db_placement() {
  OS_PLACEMENT_CONFIG_DIR=$ETC run_ep placement.cmd.manage:main placement-manage \
    --config-file "$ETC/placement.conf" db sync
}
db_neutron() {
  run_ep neutron.db.migration.cli:main neutron-db-manage --config-file "$ETC/neutron.conf" upgrade heads
}
db_cinder() { run_ep cinder.cmd.manage:main cinder-manage --config-file "$ETC/cinder.conf" db sync; }
db_barbican() { run_ep barbican.cmd.db_manage:main barbican-db-manage upgrade; }
db_octavia() {
  run_ep octavia.db.migration.cli:main octavia-db-manage --config-file "$ETC/octavia.conf" upgrade head
}
db_designate() {
  run_ep designate.cmd.manage:main designate-manage --config-file "$ETC/designate.conf" database sync
}

migrate() {
  local name part pids=() pid
  # the slow ones first: two at a time is what a small machine does anyway
  local list=(keystone nova neutron cinder glance placement)
  for part in octavia designate barbican; do if with $part; then list+=("$part"); fi; done
  for name in "${list[@]}" nova_api nova_cell0; do
    sql "create database if not exists $name character set utf8mb3"
  done
  for name in "${list[@]}"; do
    (once "db-$name" "db_$name") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || die "a schema could not be made, see $LOG/manage.log"; done
}
