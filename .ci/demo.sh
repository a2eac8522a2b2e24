# shellcheck shell=bash
# demo.sh - ./itsupport demo and stop: a private PostgreSQL, the daemons and the simulator under one supervisord
#
# All of it lives in the state folder: data, keys, logs, supervisord's settings. Sockets live in a short folder beside.
repo=${repo:?set by itsupport}

programs=(telegram-simulator order-engine bot-gateway sla-watcher admin-web)
bin=$repo/build/release/bin
engines=2
seconds_to_start=60
seconds_to_stop=60

demo() {
    local fresh='' new_owner=''
    case ${1:-} in
    --fresh) fresh=1 ;;
    '') ;;
    *) die "usage: ./itsupport demo [--fresh]" ;;
    esac
    install_packages build run
    build release "${programs[@]}" itsupportctl
    choose_folders
    if is_running; then step "Stopping the earlier demo" stop_now; fi
    [ -z "$fresh" ] || step "Forgetting the data of earlier demos" forget
    step "Preparing $state" prepare
    choose_ports
    write_supervisord_conf
    step "Starting PostgreSQL" start_database
    step "Bringing the database up to date" migrate
    step "Starting the daemons" start_daemons
    if [ "$mode" = simulator ]; then
        step "People and their orders" people
    else
        step "Learning the bot's name" learn_bot_name
        new_owner=$(ctl invite --role owner)
    fi
    print_links "$new_owner"
}

stop() {
    choose_folders
    if ! is_running; then
        say "nothing is running; data: $state"
        return
    fi
    step "Stopping" stop_now
    say "Everything that demo started has ended. The data stays in $state"
}

# ---- where things are ----

choose_folders() {
    local hash
    state=${ITSUPPORT_STATE_DIR:-$repo/.itsupport}
    case $state in /*) ;; *) state=$PWD/$state ;; esac
    if [ -z "${ITSUPPORT_STATE_DIR:-}" ] && ! database_user_reaches "$repo"; then
        hash=$(printf %s "$repo" | sha256sum)
        state=/var/lib/itsupport-demo-${hash:0:8}
    fi
    hash=$(printf %s "$state" | sha256sum)
    if [ "$(id -u)" = 0 ]; then
        run=/run/itsupport-demo-${hash:0:8}
    else
        run=/tmp/itsupport-demo-$(id -u)-${hash:0:8}
    fi
    mode=simulator
    [ -z "${ITSUPPORT_TELEGRAM_TOKEN:-}" ] || mode=telegram
    database=demo_$mode # demo people never meet real ones
    conninfo="host=$run/db dbname=$database"
}

# As root PostgreSQL runs as the user postgres, who must get to its data.
database_user_reaches() {
    [ "$(id -u)" != 0 ] || setpriv --reuid postgres --regid postgres --init-groups test -x "$1"
}

prepare() {
    set -e
    mkdir -p "$state/log" "$run"
    chmod 755 "$state"
    if [ "$(id -u)" = 0 ]; then
        chmod 755 "$run"
        database_user_reaches "$state" || die "the user postgres cannot reach $state; set ITSUPPORT_STATE_DIR to a folder it can"
    else
        if [ ! -O "$run" ] || [ -L "$run" ]; then die "$run belongs to somebody else"; fi
        chmod 700 "$run"
    fi
    mkdir -p "$run/bus"
    [ -e "$state/vault-key" ] || (umask 077 && head -c 32 /dev/urandom | base64 >"$state/vault-key")
    [ -e "$state/simulator-token" ] ||
        (umask 077 && echo "7$(od -An -N3 -tu4 /dev/urandom | tr -d ' '):AA$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" >"$state/simulator-token")
    python -m harness.cluster create "$state/postgresql" "$run/db"
}

forget() {
    rm -rf -- "$state/postgresql" "$state/vault-key" "$state/simulator-token" "$state/log"
}

# The usual ports unless somebody else has them.
choose_ports() {
    simulator_port=$(free_port 8081 "$(port_of "${ITSUPPORT_ADMIN_LISTEN:-}")")
    admin_listen=${ITSUPPORT_ADMIN_LISTEN:-127.0.0.1:$(free_port 8080 "$simulator_port")}
    [ -n "${ITSUPPORT_ADMIN_LISTEN:-}" ] || [ "$(port_of "$admin_listen")" = 8080 ] || say "Port 8080 is taken, using $(port_of "$admin_listen")."
    [ "$mode" != simulator ] || [ "$simulator_port" = 8081 ] || say "Port 8081 is taken, using $simulator_port."
}

port_of() { echo "${1##*:}"; }

# free_port FIRST [NOT]: the first port from there that nobody listens on
free_port() {
    local port=$1
    while [ "$port" = "${2:-}" ] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

# ---- processes ----

write_supervisord_conf() {
    local token=@$state/simulator-token api_root=http://127.0.0.1:$simulator_port
    if [ "$mode" = telegram ]; then
        token= # stays in the environment alone
        api_root=${ITSUPPORT_TELEGRAM_API_ROOT:-https://api.telegram.org}
    fi
    rm -f "$state/supervisord.conf"
    (umask 077 && : >"$state/supervisord.conf")
    cat >"$state/supervisord.conf" <<END
; made by ./itsupport demo
[supervisord]
logfile=$state/log/supervisord.log
pidfile=$run/supervisord.pid
childlogdir=$state/log
directory=/
$([ "$(id -u)" != 0 ] || echo user=root)
environment=ITSUPPORT_DEMO="$state",ITSUPPORT_DATABASE_URL="$conninfo",ITSUPPORT_BUS_DIR="$run/bus",ITSUPPORT_LOG_LEVEL="${ITSUPPORT_LOG_LEVEL:-info}",ITSUPPORT_TELEGRAM_API_ROOT="$api_root",ITSUPPORT_ADMIN_LISTEN="$admin_listen"

[unix_http_server]
file=$run/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://$run/supervisor.sock

[program:postgresql]
command=/usr/lib/postgresql/15/bin/postgres -D "$state/postgresql" -k "$run/db"
$([ "$(id -u)" != 0 ] || echo user=postgres)
priority=1
stopsignal=INT
environment=ITSUPPORT_TELEGRAM_TOKEN=""
$(program_settings)
END
    [ "$mode" != simulator ] || program telegram-simulator 2 "\"$repo/.ci/next-world\" \"$conninfo user=itsupport\" \"$bin/telegram-simulator\" --quiet --listen 127.0.0.1:$simulator_port \
--token $(cat "$state/simulator-token") --bot-username itsupport_demo_bot \
--link \"Панель=http://$admin_listen/\" --clock-command \"'$bin/itsupportctl' clock advance\" --clock-show-command \"'$bin/itsupportctl' clock\"" \
        "ITSUPPORT_DATABASE_URL=\"$conninfo user=itsupport\""
    program order-engine 3 "\"$bin/order-engine\"" 'ITSUPPORT_ENGINE_INSTANCE="%(process_num)d"' \
        "numprocs=$engines" numprocs_start=1 'process_name=%(program_name)s@%(process_num)d'
    # the simulator is told to have no flood limits (demo.seed): who plays four people at once need not wait for Telegram's patience
    local pace=,ITSUPPORT_TELEGRAM_PER_SECOND=1000,ITSUPPORT_TELEGRAM_CHAT_PER_SECOND=30,ITSUPPORT_TELEGRAM_CHAT_BURST=30
    [ "$mode" = simulator ] || pace=
    program bot-gateway 4 "\"$bin/bot-gateway\"" "ITSUPPORT_VAULT_KEY=\"@$state/vault-key\"${token:+,ITSUPPORT_TELEGRAM_TOKEN=\"$token\"}$pace"
    program sla-watcher 4 "\"$bin/sla-watcher\""
    program admin-web 4 "\"$bin/admin-web\""
}

# Exit code 2 means: what we were told makes no sense; starting again would not help.
program_settings() {
    cat <<END
autorestart=unexpected
exitcodes=2
startsecs=1
stopwaitsecs=25
redirect_stderr=true
stdout_logfile=$state/log/%(program_name)s-%(process_num)d.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
END
}

# program NAME PRIORITY COMMAND [ENVIRONMENT [LINE...]]; only the gateway has a token in its environment
program() {
    local environment=${4:-}
    case $1 in
    bot-gateway) ;;
    *) environment="ITSUPPORT_TELEGRAM_TOKEN=\"\"${environment:+,$environment}" ;;
    esac
    {
        printf '\n[program:%s]\ncommand=%s\npriority=%s\nautostart=false\nenvironment=%s\n' "$1" "$3" "$2" "$environment"
        program_settings
        [ $# -lt 5 ] || printf '%s\n' "${@:5}"
    } >>"$state/supervisord.conf"
}

supervisorctl() { /usr/bin/supervisorctl -c "$state/supervisord.conf" "$@"; }

ctl() { ITSUPPORT_DATABASE_URL="$conninfo user=itsupport" "$bin/itsupportctl" "$@"; }

is_running() { [ -e "$run/supervisord.pid" ] && kill -0 "$(cat "$run/supervisord.pid")" 2>/dev/null; }

# wait_for SECONDS COMMAND...
wait_for() {
    local until=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.1
    done
}

start_database() {
    set -e
    local mode_token=()
    [ "$mode" != telegram ] || mode_token=(ITSUPPORT_TELEGRAM_TOKEN="$ITSUPPORT_TELEGRAM_TOKEN")
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$HOME" LANG=C.UTF-8 "${mode_token[@]}" \
        /usr/bin/supervisord -c "$state/supervisord.conf"
    python -m harness.cluster database "$run/db" "$database" || { tail_logs; return 1; }
}

migrate() {
    set -e
    ctl migrate --purpose demo || { say "./itsupport demo --fresh forgets these data and begins anew"; return 1; }
    ctl admin add demo || true # was there already
}

start_daemons() {
    [ "$mode" != simulator ] || supervisorctl start telegram-simulator || true
    supervisorctl start all || true # what failed is told below
    wait_for "$seconds_to_start" daemons_are_ready && return
    supervisorctl status
    tail_logs
    return 1
}

daemons_are_ready() {
    ! supervisorctl status | grep -v RUNNING && curl -fsS --noproxy '*' "http://$admin_listen/readyz"
}

tail_logs() { tail -n 12 "$state"/log/*.log; }

stop_now() {
    set -e
    supervisorctl shutdown
    wait_for "$seconds_to_stop" is_all_gone || { supervisorctl status; marked; return 1; }
    rm -rf -- "$run"
}

is_all_gone() { ! is_running && [ ! -e "$state/postgresql/postmaster.pid" ] && [ -z "$(marked)" ]; }

# Processes that demo started, wherever they may have gone: its mark stands in their environment.
marked() { grep -lszxF "ITSUPPORT_DEMO=$state" /proc/[0-9]*/environ 2>/dev/null || true; }

# ---- people and links ----

people() {
    python -m demo.seed --simulator "http://127.0.0.1:$simulator_port" --ctl "$bin/itsupportctl" --sockets "$run/db" --database "$database"
}

# The gateway asks Telegram for its own name and reports it with its figures, every 15 s.
learn_bot_name() {
    wait_for "$seconds_to_start" bot_is_known && return
    tail_logs
    return 1
}

bot_is_known() { psql -XAt -d "$conninfo user=itsupport" -f "$repo/sql/queries/ctl/read_bot_username.sql" | grep .; }

print_links() {
    say
    if [ "$mode" = simulator ]; then
        say "  Be anybody in Telegram     http://127.0.0.1:$simulator_port/"
    else
        say "  The owner's invite link    $1"
    fi
    say "  Panel                      http://$admin_listen/"
    say "  An API token               ITSUPPORT_DATABASE_URL='$conninfo user=itsupport' $bin/itsupportctl api-token demo"
    say "  Logs                       $state/log"
    say "  The end                    ./itsupport stop"
    if [ -n "${SSH_CONNECTION:-}" ]; then
        # shellcheck disable=SC2086
        set -- $SSH_CONNECTION
        local port simulator=
        port=$(port_of "$admin_listen")
        [ "$mode" != simulator ] || simulator=" -L $simulator_port:127.0.0.1:$simulator_port"
        say "  On your own machine first  ssh -p $4$simulator -L $port:127.0.0.1:$port $(id -un)@$3"
    fi
}
