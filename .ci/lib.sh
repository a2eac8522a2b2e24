# shellcheck shell=bash
# lib.sh - what the front door's parts share: steps with seconds, a log, packages, builds

repo=${repo:?set by itsupport}
log_folder=$repo/build/log
log=$log_folder/$(date +%Y%m%d-%H%M%S).log

say() { printf '%s\n' "$*"; }

die() {
    printf 'itsupport: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The daemons and the panel are at home on this machine: no proxy stands between.
python() { PYTHONPATH=$repo/tests PYTHONDONTWRITEBYTECODE=1 no_proxy='*' /usr/bin/python3 "$@"; }

# step LABEL COMMAND...: its output into the log; a line with the seconds it took; the log's end if it fails.
# The command runs in a process of its own: it may use `set -e` and functions, but not set our variables.
step() {
    local label=$1 began=$SECONDS result=0
    shift
    mkdir -p "$log_folder"
    printf '%-52s' "$label"
    printf '\n## %s\n' "$label" >>"$log"
    "$@" >>"$log" 2>&1 &
    step_pid=$!
    while [ -t 1 ] && kill -0 "$step_pid" 2>/dev/null; do
        printf '\r%-52s%4d s' "$label" $((SECONDS - began))
        sleep 0.5
    done
    wait "$step_pid" || result=$?
    step_pid=
    [ ! -t 1 ] || printf '\r%-52s' "$label"
    if [ "$result" != 0 ]; then
        say " failed"
        tail -n 25 "$log" >&2
        die "$label: failed; all of it: $log"
    fi
    printf '%4d s\n' $((SECONDS - began))
}

step_pid=
end_step() { [ -z "$step_pid" ] || kill "$step_pid" 2>/dev/null || true; }
trap end_step EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- packages ----

# missing_packages SECTION...: those of packages.txt that are not installed
missing_packages() {
    local section package rest command
    local wanted=()
    while read -r section package rest; do
        command=${rest##* }
        case " $* " in *" $section "*) ;; *) continue ;; esac
        [ "$command" != . ] && [ -n "$(type -P "$command")" ] && continue
        wanted+=("$package")
    done <"$repo/.ci/packages.txt"
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
        awk '$1 == "installed" { print $2 }' | sort >"$log_folder/installed" || true
    printf '%s\n' "${wanted[@]}" | sort | comm -23 - "$log_folder/installed"
}

# install_packages SECTION...: nothing of what comes is started or left enabled, and no database cluster is made
install_packages() {
    local missing
    mkdir -p "$log_folder"
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || [ -n "$(type -P sudo)" ] ||
        die "these packages are missing, and there is no sudo to install them with: ${missing[*]}"
    [ "$(id -u)" = 0 ] || sudo -v || die "sudo is needed to install: ${missing[*]}"
    step "Reading the package lists" as_root apt-get update
    step "Installing ${#missing[@]} packages" as_root "$repo/.ci/install-quietly" "${missing[@]}"
}

# ---- builds ----

# build PRESET [TARGET...]
build() {
    local preset=$1 targets=()
    shift
    [ $# = 0 ] || targets=(--target "$@")
    step "Building ($preset)" build_now "$preset" "${targets[@]}"
}

build_now() {
    set -e
    local preset=$1
    shift
    cd "$repo"
    cmake --preset "$preset" "${cmake_options[@]}"
    cmake --build "build/$preset" -j "$(nproc)" "$@"
}
cmake_options=("-DSUITE_WERROR=${ITSUPPORT_WERROR:-OFF}")
