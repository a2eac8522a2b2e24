# shellcheck shell=bash
# test.sh - ./itsupport test: every kind is a function test_KIND that leaves JUnit or TAP files in $results; tally.py counts
repo=${repo:?set by itsupport}
log_folder=${log_folder:?set by lib.sh}

named_kinds="mutants" # only when asked for
all_kinds="static unit simulation sql scenario api ui fuzz coverage"
waiting_kinds="api" # their tests mostly wait: they run beside the kind that follows

# A kind exists when the thing it runs does.
kind_exists() {
    case $1 in
    static | unit | simulation | mutants | coverage) true ;;
    sql | scenario) compgen -G "$repo/tests/$1/*.py" >/dev/null ;;
    ui | api) [ -e "$repo/tests/$1/package.json" ] || compgen -G "$repo/tests/$1/*.py" >/dev/null ;;
    fuzz) compgen -G "$repo/tests/fuzz/fuzz_*.c" >/dev/null ;;
    *) false ;;
    esac
}

run_tests() {
    local kind kinds=() red=() began=$SECONDS
    for kind in "${@:-}"; do
        [ -z "$kind" ] && continue
        kind_exists "$kind" || die "there are no tests of the kind '$kind'; kinds: $all_kinds $named_kinds"
        kinds+=("$kind")
    done
    if [ ${#kinds[@]} = 0 ]; then
        for kind in $all_kinds; do kind_exists "$kind" && kinds+=("$kind"); done
    fi
    install_packages build run test
    install_ahead "${kinds[@]}"
    : >"$log_folder/tallies"
    local waiting='' waiting_pid
    for kind in "${kinds[@]}"; do
        if [[ " $waiting_kinds " == *" $kind "* && $kind != "${kinds[-1]}" ]]; then
            run_kind "$kind" >"$log_folder/$kind" &
            waiting=$kind waiting_pid=$!
            continue
        fi
        run_kind "$kind" || red+=("$kind")
        if [ -n "$waiting" ]; then
            wait "$waiting_pid" || red+=("$waiting")
            cat "$log_folder/$waiting"
            waiting=
        fi
    done
    if [ ${#kinds[@]} -gt 1 ]; then
        say "== all ${#kinds[@]} kinds, $((SECONDS - began)) s${red:+; red: ${red[*]}}"
        awk '{ p += $1; f += $3; s += $5 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s }' "$log_folder/tallies"
    fi
    [ ${#red[@]} = 0 ]
}

# install_ahead KIND...: a browser takes a minute to come, which other kinds of tests need not wait for. What fails here is
# tried again by who needs it.
install_ahead() {
    [[ $# -gt 1 && " $* " == *" ui "* ]] || return 0
    (install_packages ui) >"$log_folder/install-ahead" 2>&1 &
    ahead_pid=$!
}
ahead_pid=

# run_kind KIND: its tests' own exit code says less than what they report
run_kind() {
    local kind=$1 began=$SECONDS verdict=0 reports
    local results=$repo/build/test/$kind
    rm -rf "$results"
    mkdir -p "$results"
    say "== $kind"
    ("test_$kind") || true # in a shell of its own: what it cannot fetch or build makes it red, the others still run
    mapfile -t reports < <(find "$results" -maxdepth 1 \( -name '*.xml' -o -name '*.tap' \))
    python -m harness.tally "$kind" "${reports[@]}" >"$results/tally" || verdict=1
    say "   $((SECONDS - began)) s"
    tail -n 1 "$results/tally" >>"$log_folder/tallies"
    [ "$verdict" = 0 ] || show_log "$results/log"
    cat "$results/tally"
    return "$verdict"
}

show_log() {
    [ ! -e "$1" ] || { tail -n 60 "$1" && say "all of it: $1"; }
}

# pytest_kind FOLDER [OPTION...]
pytest_kind() {
    local folder=$1
    shift
    python -m pytest -q -c "$repo/tests/pytest.ini" "$repo/tests/$folder" "$@" --junitxml="$results/$folder.xml" >>"$results/log" 2>&1
}

# Its files are shared out to a process per core, each with a PostgreSQL, ports and folders of its own. One more would be an eighth
# faster, for they wait for their daemons a fifth of the time; but then races in tests show that a quieter machine forgives.
shared_out=(-n "$(nproc)" --dist loadfile)

# npm_kind FOLDER: a Playwright or node project that reports JUnit
npm_kind() {
    step "Fetching what tests/$1 needs" npm --prefix "$repo/tests/$1" ci --no-audit --no-fund
    (cd "$repo/tests/$1" && RESULTS=$results npm test) >"$results/log" 2>&1
}

test_static() { "$repo/tests/check.sh" >"$results/static.tap" 2>"$results/log"; }

# The tests' own tools first.
test_unit() {
    build asan
    pytest_kind harness
    python -m harness.cluster run ctest --test-dir "$repo/build/asan" -L unit --output-junit "$results/unit.xml" \
        --test-output-size-passed 1000000 --output-on-failure >>"$results/log" 2>&1
}

# Five service-years of random histories through the rules; ITSUPPORT_SIMULATION_YEARS for a longer night.
test_simulation() {
    build_mutable
    python -m simulation.run "$repo/build/release/bin/simulate" --years "${ITSUPPORT_SIMULATION_YEARS:-5}" >"$results/simulation.tap" 2>"$results/log" || true
    python -m simulation.mutants "$repo" "$repo/build/release" --sample 6 >"$results/mutants.tap" 2>>"$results/log" || true
    ITSUPPORT_TEST_BUILD=build/release pytest_kind simulation
    sed -n 's/^# //p' "$results/simulation.tap"
}

# Small faults in the rules, one by one: each must be noticed.
test_mutants() {
    build_mutable
    python -m simulation.mutants "$repo" "$repo/build/release" 2>"$results/log" | tee "$results/mutants.tap" || true
}

# The simulator, and the unit tests that mutants.py asks for what no history can show.
build_mutable() {
    local tests
    mapfile -t tests < <(python -c 'from simulation.mutants import UNIT_TESTS; print(*UNIT_TESTS, sep="\n")')
    build release simulate "${tests[@]}"
}

test_sql() {
    build asan
    pytest_kind sql
}

# The simulator is proven first: everything else believes it.
test_scenario() {
    build asan
    ITSUPPORT_SIMULATOR=$repo/build/asan/bin/telegram-simulator pytest_kind simulator
    pytest_kind scenario "${shared_out[@]}"
}

test_ui() {
    install_ui
    build release
    npm_kind ui
}

install_ui() {
    while [ -n "$ahead_pid" ] && kill -0 "$ahead_pid" 2>/dev/null; do sleep 0.5; done # not a child of this shell: wait cannot
    install_packages ui
}

test_api() {
    build asan
    if [ -e "$repo/tests/api/package.json" ]; then
        install_ui
        npm_kind api
    else
        pytest_kind api
    fi
}

# Each target for a while, side by side.
test_fuzz() {
    local name names
    mapfile -t names < <(basename --suffix=.c "$repo"/tests/fuzz/fuzz_*.c)
    build fuzz "${names[@]}"
    for name in "${names[@]}"; do
        fuzz "$name" &
    done
    wait
    cat "$results"/fuzz_*.log >"$results/log"
}

# fuzz TARGET: begins with the committed corpus; a finding stays in build/test/fuzz
fuzz() {
    local name=$1 seconds=${ITSUPPORT_FUZZ_SECONDS:-15} verdict=ok
    mkdir -p "$results/corpus/$name"
    "$repo/build/fuzz/tests/fuzz/$name" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -artifact_prefix="$results/$name-" \
        "$results/corpus/$name" "$repo/tests/fuzz/corpus/${name#fuzz_}" >"$results/$name.log" 2>&1 || verdict="not ok"
    say "$verdict - $name, $seconds s" >"$results/$name.tap"
}

# Every branch of the pure files, taken by unit tests; admin-web's by those of its API.
test_coverage() {
    build coverage
    find "$repo/build/coverage" -name '*.gcda' -delete
    python -m harness.cluster run ctest --test-dir "$repo/build/coverage" -L unit >"$results/unit.log" 2>&1 &
    ITSUPPORT_TEST_BUILD=build/coverage python -m pytest -q -c "$repo/tests/pytest.ini" "$repo/tests/api" >"$results/log" 2>&1 # these mostly wait
    wait
    cat "$results/unit.log" >>"$results/log"
    python -m harness.branches "$repo" "$repo/build/coverage" >"$results/coverage.tap" 2>>"$results/log"
}
