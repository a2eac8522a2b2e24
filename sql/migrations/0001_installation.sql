-- the installation itself: what it is for, its test clock, its parameters, the processes that serve it

-- Times travel between C and SQL as bigint milliseconds since 1970 UTC. Both are written so that the planner inlines them: a function
-- that promises more than its body holds is called row by row. A double counts milliseconds exactly for the next 280,000 years.
create function ms(timestamptz) returns bigint
    language sql stable strict parallel safe
    return (date_part('epoch', $1) * 1000)::bigint;

create function at_ms(bigint) returns timestamptz
    language sql immutable strict parallel safe
    return to_timestamp($1::double precision / 1000);

create table installation (
    one                boolean primary key default true check (one),
    purpose            text not null default 'production' check (purpose in ('production', 'demo', 'test')),
    clock_offset_ms    bigint not null default 0,
    parameters_version bigint not null default 1, -- grows with every change of a parameter or tariff
    people_version     bigint not null default 1, -- grows with every change of a person, role or membership
    created_at         timestamptz not null default now(),
    constraint only_a_test_clock_moves check (clock_offset_ms = 0 or purpose <> 'production')
);
insert into installation default values;

-- The installation's time: real time plus the test offset. Read once per batch by order-engine.
create function suite_now() returns timestamptz
    language sql volatile
    begin atomic
        select clock_timestamp() + clock_offset_ms * interval '1 millisecond' from installation;
    end;

-- Only values that differ from the default of common/wire/parameters.def.
create table parameters (
    name       text primary key,
    value      text not null,
    changed_at timestamptz not null,
    changed_by text not null -- "login:root", "operator"
);

-- One row per process, upserted by itself every 15 s; /metrics and itsupportctl status render it.
create table process_stats (
    daemon   text not null check (daemon in ('bot-gateway', 'order-engine', 'sla-watcher', 'admin-web')),
    instance text not null,
    pid      integer not null,
    version  text not null,
    since    timestamptz not null,
    seen_at  timestamptz not null,
    state    text not null, -- "active", "standby", "waiting for ..."
    counters jsonb not null default '{}',
    primary key (daemon, instance)
);
