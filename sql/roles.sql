-- who may write what: ARCHITECTURE's ownership table. Run after every migration; harmless when repeated.
-- Each daemon logs in as its own role, named like its system user; peer authentication, so no passwords.

do $$
declare
    daemon text;
begin
    foreach daemon in array array['itsupport-bot-gateway', 'itsupport-order-engine', 'itsupport-sla-watcher', 'itsupport-admin-web'] loop
        if not exists (select from pg_roles where rolname = daemon) then
            execute format('create role %I login', daemon);
        end if;
        execute format('revoke all on all tables in schema public from %I', daemon);
        execute format('revoke all on all sequences in schema public from %I', daemon);
        execute format('grant usage on schema public to %I', daemon);
        -- everybody reads the domain; secrets and other daemons' private tables are taken back below
        execute format('grant select on all tables in schema public to %I', daemon);
        execute format('grant insert, update on process_stats to %I', daemon);
        execute format('grant usage on all sequences in schema public to %I', daemon);
    end loop;
end $$;

-- order-engine: the domain
grant insert on calendar_intervals, calendar_holidays to "itsupport-order-engine";
grant insert, update on
    calendars, people, person_roles, tariffs, accounts, account_people, invites, applications, inquiries, orders, clock_runs, alerts, credentials, parameters,
    commands, notices, billing_months, upgrade_requests, offer_pings
    to "itsupport-order-engine";
grant insert on
    order_events, order_pins, order_passes, offer_declines, quota_entries, payout_entries, payout_marks, audit, example_orders,
    credential_views
    to "itsupport-order-engine";
grant insert, delete on deadlines, pins, person_categories, digests, managers_group to "itsupport-order-engine";
grant update (due_at) on deadlines to "itsupport-order-engine";
grant update on digests, managers_group to "itsupport-order-engine";
grant delete on commands, notices, parameters to "itsupport-order-engine";
grant update, delete on example_orders to "itsupport-order-engine";
grant execute on function make_order_partitions to "itsupport-order-engine";
grant update (parameters_version, people_version) on installation to "itsupport-order-engine";

-- Every statement of these two looks a few rows up by an index, in its order. A plan made while a table was small must not scan,
-- sort or hash it when it is large.
do $$
declare
    daemon text;
    setting text;
begin
    foreach daemon in array array['itsupport-order-engine', 'itsupport-bot-gateway'] loop
        foreach setting in array array['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'] loop
            execute format('alter role %I set %I = off', daemon, setting);
        end loop;
        -- and its way is the same whatever the values: planning anew costs a third of a deadline, half of a notice or a card
        execute format('alter role %I set plan_cache_mode = force_generic_plan', daemon);
    end loop;
end $$;

-- bot-gateway: the conversation with Telegram
grant insert, update, delete on chats, inbox, deliveries, disclosures, cards, topics, thread_links, edits, sender_marks to "itsupport-bot-gateway";

-- sla-watcher: the audit chain's seals
grant insert on audit_seals to "itsupport-sla-watcher";

-- admin-web: its logins and tokens
grant insert, update on admins, api_tokens to "itsupport-admin-web";

-- what nobody else need see
revoke select on credentials from "itsupport-bot-gateway", "itsupport-sla-watcher", "itsupport-admin-web";
revoke select on inbox, chats, disclosures from "itsupport-order-engine", "itsupport-sla-watcher", "itsupport-admin-web";
revoke select on admins, api_tokens from "itsupport-bot-gateway", "itsupport-order-engine", "itsupport-sla-watcher";

-- admin-web counts what waits there; what an update says is sealed from it all the same
grant select (received_at, parked_reason) on inbox to "itsupport-admin-web";
