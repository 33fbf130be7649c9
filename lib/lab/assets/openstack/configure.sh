# shellcheck shell=bash
# Configuration files of the services, from templates/. Sourced by lab.sh.

# render TEMPLATE [FILE]: @NAME@ becomes the value of NAME; a line @IDENTITY@ becomes how a service logs in
render() {
  local script="/^@IDENTITY@\$/{
r $here/templates/identity.part
d
}" values="" name
  for name in "${PLACEHOLDERS[@]}"; do values+="s|@$name@|${!name}|g;"; done
  sed -e "$script" "$here/templates/$1" | sed -e "$values" >"${2:-$ETC/$1}"
}
PLACEHOLDERS=(
  LAB RUN ETC SHARE IP AUTH PASS CERT_MANAGER P_GLANCE P_PLACEMENT P_NOVA P_NEUTRON P_CINDER P_BARBICAN
  P_OCTAVIA P_DESIGNATE P_MDNS P_RABBIT
)

configure() {
  local name
  mkdir -p "$RUN" "$ETC" "$LOG" "$LAB"/{tmp,ovn,rabbit,home,keystone,nova/instances,images/staging,images/tasks}
  mkdir -p "$LAB"/{glance,placement,nova,neutron,cinder,octavia,designate,barbican}/lock
  mkdir -p "$LAB"/{cinder,designate}/coordination
  for name in rabbitmq.conf keystone.conf glance-api.conf placement.conf nova.conf neutron.conf cinder.conf; do
    render $name
  done
  : >"$ETC/enabled_plugins"
  if with octavia; then
    if [[ ! -e $ETC/octavia-ca.pem ]]; then
      openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=practice \
        -keyout "$ETC/octavia-ca.key" -out "$ETC/octavia-ca.pem" 2>/dev/null
    fi
    # shellcheck disable=SC2034 # of a template
    CERT_MANAGER=$(with barbican && echo barbican || echo local)_cert_manager
    render octavia.conf
  fi
  if with designate; then
    render designate.conf
    render pools.yaml
  fi
  if with barbican; then
    # its application takes no --config-file but looks below $HOME, ours
    mkdir -p "$HOME/.barbican"
    render barbican.conf "$HOME/.barbican/barbican.conf"
  fi
}
