# shellcheck shell=bash
# What lies under the services: MariaDB, RabbitMQ, OVN with Open vSwitch. Sourced by lab.sh.

start_mysql() {
  local data=$LAB/mysql me
  me=$(id -un)
  if [[ ! -d $data/mysql ]]; then
    mariadb-install-db --no-defaults --datadir="$data" --skip-test-db --auth-root-authentication-method=normal \
      --user="$me" >"$LOG/mysql-install.log" 2>&1 || die "mariadb-install-db failed, see $LOG/mysql-install.log"
  fi
  start mysql mariadbd --no-defaults --user="$me" --datadir="$data" --socket="$RUN/mysql.sock" \
    --pid-file="$RUN/mysqld.pid" --skip-networking --skip-log-bin --innodb-flush-log-at-trx-commit=0 \
    --innodb-buffer-pool-size=128M --innodb-doublewrite=0 --performance-schema=0 --max-connections=400 \
    --character-set-server=utf8mb3
  wait_for 30 mariadb sql "select 1"
}
sql() { mariadb --no-defaults -u root -S "$RUN/mysql.sock" -N -e "$*"; }

start_rabbit() {
  local homes=(/usr/lib/rabbitmq/lib/rabbitmq_server-*/)
  export ERL_EPMD_PORT=$P_EPMD ERL_EPMD_ADDRESS=$IP
  start epmd epmd -address $IP -port $P_EPMD
  wait_for 10 epmd port_open $P_EPMD
  start rabbit env RABBITMQ_NODENAME=stackato@localhost RABBITMQ_MNESIA_BASE="$LAB/rabbit/mnesia" RABBITMQ_LOGS=- \
    RABBITMQ_LOG_BASE="$LOG" ERL_CRASH_DUMP="$LOG/erl_crash.dump" RABBITMQ_CONFIG_FILE="$ETC/rabbitmq.conf" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$ETC/enabled_plugins" RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_DIST_PORT=$P_RABBIT_DIST \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}" \
    "${homes[0]}sbin/rabbitmq-server"
}

# ovsdb NAME SOCKET FILE SCHEMA
start_ovsdb() {
  [[ -e $LAB/ovn/$3 ]] || ovsdb-tool create "$LAB/ovn/$3" "$4"
  start "$1" ovsdb-server --remote="punix:$RUN/$2" --unixctl="$RUN/$1.ctl" -vconsole:warn "$LAB/ovn/$3"
  wait_for 10 "$1" test -S "$RUN/$2"
}
vsctl() { ovs-vsctl --timeout=20 --db="unix:$RUN/db.sock" "$@"; }

start_ovn() {
  start_ovsdb ovn-nb ovnnb_db.sock ovnnb.db /usr/share/ovn/ovn-nb.ovsschema
  start_ovsdb ovn-sb ovnsb_db.sock ovnsb.db /usr/share/ovn/ovn-sb.ovsschema
  start_ovsdb ovsdb db.sock conf.db /usr/share/openvswitch/vswitch.ovsschema
  vsctl --no-wait init
  vsctl --no-wait set Open_vSwitch . external_ids:system-id=lab external_ids:hostname=lab \
    external_ids:ovn-remote="unix:$RUN/ovnsb_db.sock" \
    external_ids:ovn-encap-type=geneve external_ids:ovn-encap-ip=$IP \
    external_ids:ovn-bridge-mappings=physnet1:br-ex external_ids:ovn-cms-options=enable-chassis-as-gw
  # override: every datapath is the in-process dummy one; no kernel module, no tap device, no privilege
  start vswitchd ovs-vswitchd --enable-dummy=override --disable-system --unixctl="$RUN/vswitchd.ctl" \
    -vconsole:warn "unix:$RUN/db.sock"
  vsctl --may-exist add-br br-ex
  start northd ovn-northd --ovnnb-db="unix:$RUN/ovnnb_db.sock" --ovnsb-db="unix:$RUN/ovnsb_db.sock" \
    --unixctl="$RUN/northd.ctl" -vconsole:warn
  # ovn-controller 23.03 can crash on a southbound database that northd has not filled yet (2 of 15 starts), so let
  # northd finish one round first
  ovn-nbctl --timeout=20 --db="unix:$RUN/ovnnb_db.sock" --wait=sb sync
  start ovn-controller ovn-controller -vconsole:warn "unix:$RUN/db.sock"
  # Debian 12's skew: OVN 23.03 publishes these two in other_config only, neutron 21 reads them from external_ids;
  # without them no flat network can bind
  ovn-sbctl --timeout=20 --db="unix:$RUN/ovnsb_db.sock" wait-until Chassis lab -- \
    set Chassis lab external_ids:ovn-bridge-mappings=physnet1:br-ex \
    external_ids:ovn-cms-options=enable-chassis-as-gw
}
