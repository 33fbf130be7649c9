# shellcheck shell=bash
# Starting, finding and ending processes. Sourced by lab.sh.
#
# Every service runs in the foreground of a session of its own. Its record `<name>.pid` holds pid and start time of the
# process, so that a recycled pid is never taken for ours.

# proc_stat PID: its state and its start time (proc(5), fields 3 and 22)
proc_stat() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '{print $1, $20}'; }

# ours NAME: whether the process of the record still has its number, be it as a zombie
ours() {
  local pid time now
  read -r pid time 2>/dev/null <"$RUN/$1.pid" || return 1
  read -r _ now < <(proc_stat "$pid") && [[ $now == "$time" ]]
}
alive() {
  local pid state
  ours "$1" && read -r pid _ <"$RUN/$1.pid" && read -r state _ < <(proc_stat "$pid") && [[ $state != [ZX] ]]
}

# start NAME COMMAND...
# The process writes its own record before it becomes the service: whoever is killed here, `down` finds it.
start() {
  local name=$1
  shift
  alive "$name" && return
  echo "$name" >>"$RUN/order"
  rm -f "$RUN/$name.pid"
  # shellcheck disable=SC2016 # for the new shell
  setsid bash -c 'read -r stat </proc/$$/stat; fields=(${stat##*) }); echo "$$ ${fields[19]}" >"$1"; shift; exec "$@"' \
    start "$RUN/$name.pid" "$@" >>"$LOG/$name.log" 2>&1 </dev/null 9>&- &
}

# members PID: everybody in its session; the main process may be gone while its children still hold a port
members() { ps -o pid=,stat= -s "$1" 2>/dev/null | awk '$2 !~ /^Z/ {print $1}'; }

stop() {
  local name=$1 pid i left
  if read -r pid _ 2>/dev/null <"$RUN/$name.pid" && { ours "$name" || [[ ! -e /proc/$pid ]]; }; then
    # a process that is gone keeps its number as that of the session, so nobody else can have it
    mapfile -t left < <(members "$pid")
    ((${#left[@]} == 0)) || kill -TERM "${left[@]}" 2>/dev/null || true
    for ((i = 0; i < 100 && ${#left[@]} > 0; i++)); do
      sleep 0.1
      mapfile -t left < <(members "$pid")
    done
    ((${#left[@]} == 0)) || kill -KILL "${left[@]}" 2>/dev/null || true
  fi
  rm -f "$RUN/$name.pid"
}

down() {
  [[ -e $RUN/order ]] || return 0
  # everything that talks to the bus and the databases first, then those
  local name pids=() base=" epmd rabbit mysql ovn-nb ovn-sb ovsdb vswitchd northd ovn-controller "
  for name in $(sort -u "$RUN/order"); do
    [[ $base == *" $name "* ]] && continue
    stop "$name" &
    pids+=($!)
  done
  wait "${pids[@]}"
  pids=()
  for name in $base; do
    stop "$name" &
    pids+=($!)
  done
  wait "${pids[@]}"
  rm -f "$RUN/order"
}

# One line per process: name, pid (0: it died), MiB of its session, shared memory counted in proportion.
status() {
  local name pid member kib
  [[ -e $RUN/order ]] || return 0
  for name in $(awk '!seen[$0]++' "$RUN/order"); do
    if alive "$name"; then
      read -r pid _ <"$RUN/$name.pid"
      kib=$(for member in $(members "$pid"); do
        # a worker may end meanwhile
        awk '/^Pss:/ {print $2}' "/proc/$member/smaps_rollup" 2>/dev/null || :
      done | awk '{s += $1} END {print s + 0}')
      echo "$name $pid $((kib / 1024))"
    else
      echo "$name 0 0"
    fi
  done
}

# Debian's python3-* packages carry the code but not all of the launchers; this calls a console entry point by name:
# ep module:function program arguments...
ep() {
  local target=$1
  shift
  exec "$PY" -c 'import sys, importlib
module, function = sys.argv[1].split(":")
sys.argv = sys.argv[2:]
sys.exit(getattr(importlib.import_module(module), function)())' "$target" "$@"
}
export -f ep
export PY

# start_ep NAME module:function program arguments...
start_ep() {
  local name=$1
  shift
  start "$name" bash -c 'ep "$@"' ep "$@"
}

# run_ep module:function program arguments...
run_ep() { (ep "$@") >>"$LOG/manage.log" 2>&1 || die "$2 failed, see $LOG/manage.log"; }

# wait_for SECONDS WHAT COMMAND...
wait_for() {
  local limit=$((SECONDS + $1)) seconds=$1 what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < limit)) || die "$what did not come up in $seconds s, see $LOG"
    sleep 0.2
  done
}

port_open() { (exec 3<>"/dev/tcp/$IP/$1") 2>/dev/null; }

# http_ok PORT: some HTTP answer, not only a socket
http_ok() (
  exec 3<>"/dev/tcp/$IP/$1" || exit 1
  printf 'GET / HTTP/1.0\r\nHost: %s\r\n\r\n' "$IP" >&3
  read -t 10 -r line <&3 && [[ $line == HTTP/* ]]
)
