CREATE TABLE public.thread_links (
    chat_id bigint NOT NULL,
    message_id bigint NOT NULL,
    order_id bigint,
    inquiry_id bigint,
    source_chat_id bigint,
    source_message_id bigint,
    is_caption boolean DEFAULT false NOT NULL,
    CONSTRAINT leads_to_one_thing CHECK ((num_nonnulls(order_id, inquiry_id) = 1))
);

CREATE FUNCTION public.answered_message(files text[], reader bigint) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN (SELECT COALESCE((SELECT l.source_message_id FROM public.thread_links l WHERE ((l.chat_id = q.chat_id) AND (l.message_id = q.message_id) AND (l.source_chat_id = answered_message.reader))), (SELECT max(l.message_id) AS max FROM public.thread_links l WHERE ((l.source_chat_id = q.chat_id) AND (l.source_message_id = q.message_id) AND (l.chat_id = answered_message.reader)))) AS "coalesce" FROM (SELECT (split_part(f.file, ' '::text, 3))::bigint AS chat_id, (split_part(f.file, ' '::text, 4))::bigint AS message_id FROM unnest(answered_message.files) f(file) WHERE starts_with(f.file, 'quote '::text) LIMIT 1) q);

CREATE FUNCTION public.at_ms(bigint) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN to_timestamp((($1)::double precision / (1000)::double precision));

CREATE FUNCTION public.ms(timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN ((date_part('epoch'::text, $1) * (1000)::double precision))::bigint;

CREATE TABLE public.audit (
    id bigint NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    command_id text NOT NULL,
    detail jsonb
);

CREATE FUNCTION public.audit_text(public.audit) RETURNS text
    LANGUAGE sql STABLE
    RETURN concat_ws('|'::text, ($1).id, public.ms(($1).at), ($1).actor, ($1).action, ($1).subject, ($1).command_id, (($1).detail)::text);

CREATE TABLE public.installation (
    one boolean DEFAULT true NOT NULL,
    purpose text DEFAULT 'production'::text NOT NULL,
    clock_offset_ms bigint DEFAULT 0 NOT NULL,
    parameters_version bigint DEFAULT 1 NOT NULL,
    people_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT installation_one_check CHECK (one),
    CONSTRAINT installation_purpose_check CHECK ((purpose = ANY (ARRAY['production'::text, 'demo'::text, 'test'::text]))),
    CONSTRAINT only_a_test_clock_moves CHECK (((clock_offset_ms = 0) OR (purpose <> 'production'::text)))
);

CREATE FUNCTION public.suite_now() RETURNS timestamp with time zone
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT (clock_timestamp() + ((installation.clock_offset_ms)::double precision * '00:00:00.001'::interval))
    FROM public.installation;
END;

CREATE TABLE public.parameters (
    name text NOT NULL,
    value text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by text NOT NULL
);

CREATE FUNCTION public.waiting_bonus(waited_ms bigint) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN (SELECT LEAST(((GREATEST(waiting_bonus.waited_ms, (0)::bigint) / (every.minutes * 60000)) * step.minor), most.minor) AS "least" FROM (SELECT COALESCE((SELECT (((parameters.value)::numeric * (100)::numeric))::bigint AS int8 FROM public.parameters WHERE (parameters.name = 'BONUS_STEP'::text)), (0)::bigint) AS "coalesce") step(minor), (SELECT COALESCE((SELECT (parameters.value)::bigint AS value FROM public.parameters WHERE (parameters.name = 'BONUS_EVERY_MINUTES'::text)), (30)::bigint) AS "coalesce") every(minutes), (SELECT COALESCE((SELECT (((parameters.value)::numeric * (100)::numeric))::bigint AS int8 FROM public.parameters WHERE (parameters.name = 'BONUS_MAX'::text)), (0)::bigint) AS "coalesce") most(minor));

CREATE FUNCTION public.bonus_now(since timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN public.waiting_bonus((public.ms(public.suite_now()) - public.ms(since)));

CREATE TABLE public.calendar_holidays (
    calendar_id bigint NOT NULL,
    day date NOT NULL
);

CREATE TABLE public.calendar_intervals (
    calendar_id bigint NOT NULL,
    weekday integer NOT NULL,
    from_minute integer NOT NULL,
    to_minute integer NOT NULL,
    CONSTRAINT an_interval_lies_in_its_day CHECK (((0 <= from_minute) AND (from_minute < to_minute) AND (to_minute <= 1440))),
    CONSTRAINT calendar_intervals_weekday_check CHECK (((weekday >= 0) AND (weekday <= 6)))
);

CREATE TABLE public.calendars (
    id bigint NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    replaced_by bigint,
    CONSTRAINT calendars_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE FUNCTION public.calendar_words(bigint) RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT concat_ws('|'::text, c.time_zone, COALESCE((SELECT string_agg(concat_ws(' '::text, i.weekday, i.from_minute, i.to_minute), ';'::text ORDER BY i.weekday, i.from_minute) AS string_agg FROM public.calendar_intervals i WHERE (i.calendar_id = c.id)), ''::text), COALESCE((SELECT string_agg(((h.day - '1970-01-01'::date))::text, ' '::text ORDER BY h.day) AS string_agg FROM public.calendar_holidays h WHERE (h.calendar_id = c.id)), ''::text)) AS concat_ws FROM public.calendars c WHERE (c.id = $1));

CREATE TABLE public.clock_runs (
    order_id bigint NOT NULL,
    clock text NOT NULL,
    run integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    paused boolean DEFAULT false NOT NULL,
    counted_ms bigint NOT NULL,
    limit_ms bigint NOT NULL,
    due_at timestamp with time zone,
    shares smallint[] NOT NULL,
    fired smallint DEFAULT 0 NOT NULL,
    CONSTRAINT clock_runs_clock_check CHECK ((clock = ANY (ARRAY['reaction'::text, 'work'::text, 'confirm'::text, 'answer'::text, 'acceptance'::text]))),
    CONSTRAINT clock_runs_counted_ms_check CHECK ((counted_ms >= 0)),
    CONSTRAINT clock_runs_limit_ms_check CHECK ((limit_ms > 0)),
    CONSTRAINT clock_runs_run_check CHECK ((run >= 1))
)
WITH (fillfactor='80');

CREATE FUNCTION public.clock_due(c public.clock_runs) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN COALESCE(public.ms((c).due_at), ((public.ms((c).started_at) + (c).limit_ms) - (c).counted_ms));

CREATE FUNCTION public.clock_of(state text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE state WHEN 'new'::text THEN 'reaction'::text WHEN 'in_work'::text THEN 'work'::text WHEN 'waiting_client'::text THEN 'answer'::text WHEN 'done'::text THEN 'acceptance'::text ELSE NULL::text END;

CREATE FUNCTION public.is_attachment(file text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN (split_part(file, ' '::text, 1) <> ALL (ARRAY['text'::text, 'masked'::text, 'quote'::text]));

CREATE FUNCTION public.make_order_partitions(from_month date, months integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET lock_timeout TO '2s'
    AS $$
declare
    first date := date_trunc('month', from_month);
    month date;
begin
    for i in 0 .. months - 1 loop
        month := first + i * interval '1 month';
        continue when to_regclass(order_partition_of(month)) is not null
                   or exists (select from order_events_default where order_month = month);
        execute format('create table %I (like order_events including all)', order_partition_of(month));
        execute format('alter table order_events attach partition %I for values from (%L) to (%L)',
                       order_partition_of(month), month, (month + interval '1 month')::date);
    end loop;
end $$;

CREATE TABLE public.billing_months (
    id integer NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    billing_day integer NOT NULL,
    time_zone text NOT NULL,
    CONSTRAINT billing_months_billing_day_check CHECK (((billing_day >= 1) AND (billing_day <= 28))),
    CONSTRAINT billing_months_check CHECK ((starts_at < ends_at))
);

CREATE FUNCTION public.month_ago(bigint) RETURNS integer
    LANGUAGE sql STABLE
    RETURN (SELECT billing_months.id FROM public.billing_months WHERE (billing_months.starts_at <= public.suite_now()) ORDER BY billing_months.starts_at DESC OFFSET $1 LIMIT 1);

CREATE TABLE public.account_people (
    person_id bigint NOT NULL,
    account_id bigint NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone
);

CREATE TABLE public.credentials (
    order_id bigint NOT NULL,
    sealed bytea,
    sealed_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT credentials_check CHECK (((sealed IS NULL) = (erased_at IS NOT NULL)))
);

CREATE VIEW public.credential_times AS
 SELECT credentials.order_id,
    credentials.sealed_at,
    credentials.erased_at
   FROM public.credentials;

CREATE TABLE public.credential_views (
    command_id text NOT NULL,
    order_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.edits (
    chat_id bigint NOT NULL,
    message_id bigint NOT NULL,
    text text NOT NULL
);

CREATE TABLE public.order_events (
    order_month date NOT NULL,
    order_id bigint NOT NULL,
    version integer NOT NULL,
    event text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    role text NOT NULL,
    actor_id bigint,
    login text,
    at timestamp with time zone NOT NULL,
    command_id text NOT NULL,
    notices integer NOT NULL,
    detail jsonb,
    message_kind text,
    text text,
    files text[],
    CONSTRAINT one_of_them_did_it CHECK (((actor_id IS NULL) OR (login IS NULL))),
    CONSTRAINT order_events_message_kind_check CHECK ((message_kind = ANY (ARRAY['task'::text, 'details'::text, 'question'::text, 'answer'::text, 'say'::text, 'report'::text, 'reason'::text, 'review'::text, 'complaint'::text]))),
    CONSTRAINT order_events_role_check CHECK ((role = ANY (ARRAY['client'::text, 'contractor'::text, 'manager'::text, 'owner'::text, 'system'::text]))),
    CONSTRAINT words_have_a_kind CHECK (((message_kind IS NOT NULL) OR ((text IS NULL) AND (files IS NULL))))
)
PARTITION BY RANGE (order_month);

CREATE VIEW public.order_messages AS
 SELECT order_events.order_month,
    order_events.order_id,
    order_events.version,
    order_events.message_kind AS kind,
    order_events.actor_id AS author_id,
    order_events.role,
    order_events.text,
    order_events.files
   FROM public.order_events
  WHERE (order_events.message_kind IS NOT NULL);

CREATE VIEW public.edited_messages AS
 SELECT m.order_month,
    m.order_id,
    m.version,
    m.kind,
    m.author_id,
    m.role,
    m.text,
    m.files,
    e.text AS edited
   FROM ((public.order_messages m
     LEFT JOIN LATERAL regexp_match(m.files[1], ' (-?[0-9]{1,18}) ([0-9]{1,18})$'::text) a(address) ON (true))
     LEFT JOIN public.edits e ON (((e.chat_id = (a.address[1])::bigint) AND (e.message_id = (a.address[2])::bigint))));

CREATE TABLE public.orders (
    id bigint NOT NULL,
    month date NOT NULL,
    account_id bigint NOT NULL,
    ordered_by bigint NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    billing_month_id integer NOT NULL,
    tariff_id bigint NOT NULL,
    reaction_minutes integer NOT NULL,
    sees_contacts boolean NOT NULL,
    calendar_id bigint,
    rate_minor bigint NOT NULL,
    bonus_minor bigint DEFAULT 0 NOT NULL,
    currency text NOT NULL,
    offer_open boolean DEFAULT false NOT NULL,
    wish text,
    category_id smallint,
    contractor_id bigint,
    taken_at timestamp with time zone,
    estimate_minutes integer,
    estimate_named boolean DEFAULT false NOT NULL,
    reworks integer DEFAULT 0 NOT NULL,
    done_at timestamp with time zone,
    ended_at timestamp with time zone,
    rating integer,
    reaction_breached_at timestamp with time zone,
    work_breached_at timestamp with time zone,
    CONSTRAINT done_has_a_time CHECK (((state <> ALL (ARRAY['done'::text, 'closed'::text])) OR (done_at IS NOT NULL))),
    CONSTRAINT month_is_a_first_day CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT orders_bonus_minor_check CHECK ((bonus_minor >= 0)),
    CONSTRAINT orders_estimate_minutes_check CHECK ((estimate_minutes > 0)),
    CONSTRAINT orders_rate_minor_check CHECK ((rate_minor >= 0)),
    CONSTRAINT orders_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
    CONSTRAINT orders_state_check CHECK ((state = ANY (ARRAY['new'::text, 'in_work'::text, 'waiting_client'::text, 'done'::text, 'closed'::text, 'cancelled'::text]))),
    CONSTRAINT orders_version_check CHECK ((version >= 1)),
    CONSTRAINT the_end_has_a_time CHECK (((state = ANY (ARRAY['closed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT work_has_a_contractor CHECK (((contractor_id IS NOT NULL) OR (state = ANY (ARRAY['new'::text, 'cancelled'::text])))),
    CONSTRAINT work_has_an_estimate CHECK (((state <> ALL (ARRAY['in_work'::text, 'waiting_client'::text])) OR ((taken_at IS NOT NULL) AND (estimate_minutes IS NOT NULL))))
)
WITH (fillfactor='70');

CREATE TABLE public.people (
    id bigint NOT NULL,
    telegram_id bigint,
    name text NOT NULL,
    username text,
    phone text,
    language text DEFAULT ''::text NOT NULL,
    time_zone text DEFAULT ''::text NOT NULL,
    on_duty boolean DEFAULT true NOT NULL,
    away_until timestamp with time zone,
    reachable boolean DEFAULT true NOT NULL,
    unreachable_at timestamp with time zone,
    privacy_version integer,
    privacy_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT people_language_check CHECK ((language = ANY (ARRAY[''::text, 'ru'::text, 'en'::text]))),
    CONSTRAINT people_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT people_telegram_id_check CHECK ((telegram_id > 0)),
    CONSTRAINT people_time_zone_check CHECK ((length(time_zone) <= 63)),
    CONSTRAINT unreachable_has_a_time CHECK ((reachable = (unreachable_at IS NULL)))
);

CREATE TABLE public.person_roles (
    person_id bigint NOT NULL,
    role text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT person_roles_role_check CHECK ((role = ANY (ARRAY['client'::text, 'contractor'::text, 'manager'::text, 'owner'::text])))
);

CREATE VIEW public.person_facts AS
 SELECT p.id AS person_id,
    p.telegram_id,
    p.name,
    p.username,
    p.phone,
    p.language,
    p.time_zone,
    ( SELECT COALESCE(sum(
                CASE r.role
                    WHEN 'client'::text THEN 1
                    WHEN 'contractor'::text THEN 2
                    WHEN 'manager'::text THEN 4
                    WHEN 'owner'::text THEN 8
                    ELSE NULL::integer
                END), (0)::bigint) AS "coalesce"
           FROM public.person_roles r
          WHERE ((r.person_id = p.id) AND (r.removed_at IS NULL))) AS roles,
    c.account_id,
    (p.on_duty AND COALESCE((p.away_until <= public.suite_now()), true)) AS on_duty,
    public.ms(p.away_until) AS away_until,
    p.reachable
   FROM (public.people p
     LEFT JOIN public.account_people c ON (((c.person_id = p.id) AND (c.removed_at IS NULL))))
  WHERE (p.removed_at IS NULL);

CREATE FUNCTION public.order_history(reader bigint, of_order bigint) RETURNS TABLE(event text, to_state text, role text, at timestamp with time zone, estimate bigint, rating bigint, clock text, words text, files text[], version integer)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH seen AS (
          SELECT o.id,
             o.month,
             o.sees_contacts,
             ((p.roles & (12)::bigint) > 0) AS is_staff,
             (NOT (o.contractor_id IS DISTINCT FROM p.person_id)) AS is_worker
            FROM (( SELECT p_1.person_id,
                     p_1.telegram_id,
                     p_1.name,
                     p_1.username,
                     p_1.phone,
                     p_1.language,
                     p_1.time_zone,
                     p_1.roles,
                     p_1.account_id,
                     p_1.on_duty,
                     p_1.away_until,
                     p_1.reachable
                    FROM public.person_facts p_1
                   WHERE (p_1.telegram_id = order_history.reader)
                  OFFSET 0) p
              JOIN public.orders o ON ((o.id = order_history.of_order)))
           WHERE (((p.roles & (12)::bigint) > 0) OR (((p.roles & (1)::bigint) > 0) AND (o.account_id = p.account_id)) OR (o.contractor_id = p.person_id))
         )
  SELECT e.event,
     e.to_state,
     e.role,
     e.at,
     ((e.detail ->> 'estimate_minutes'::text))::bigint AS estimate,
     ((e.detail ->> 'rating'::text))::bigint AS rating,
     (e.detail ->> 'clock'::text) AS clock,
     COALESCE(m.edited, m.text) AS "coalesce",
     m.files,
     e.version
    FROM ((seen s
      JOIN public.order_events e ON (((e.order_month = s.month) AND (e.order_id = s.id))))
      LEFT JOIN public.edited_messages m ON (((m.order_month = s.month) AND (m.order_id = s.id) AND (m.version = e.version))))
   WHERE ((s.is_staff OR (e.event <> ALL (ARRAY['alert'::text, 'remind'::text, 'open_offer'::text, 'acknowledge'::text, 'settle'::text, 'repeat'::text, 'unacknowledge'::text])) OR ((e.event = 'settle'::text) AND (m.version IS NOT NULL))) AND (s.is_staff OR (NOT s.is_worker) OR ((e.event <> 'complain'::text) AND ((e.detail ->> 'to'::text) IS DISTINCT FROM 'client'::text))) AND (s.is_staff OR s.is_worker OR ((e.detail ->> 'to'::text) IS DISTINCT FROM 'contractor'::text)))
 UNION ALL
  SELECT 'credentials_handed_over'::text,
     NULL::text,
     'client'::text,
     c.sealed_at,
     NULL::bigint,
     NULL::bigint,
     NULL::text,
     NULL::text,
     NULL::text[] AS text,
     NULL::integer AS int4
    FROM (seen s
      JOIN public.credential_times c ON ((c.order_id = s.id)))
 UNION ALL
  SELECT 'credentials_seen'::text,
     NULL::text,
     'contractor'::text,
     v.at,
     NULL::bigint,
     NULL::bigint,
     NULL::text,
         CASE
             WHEN (s.is_staff OR s.is_worker OR s.sees_contacts) THEN w.name
             ELSE NULL::text
         END AS "case",
     NULL::text[],
     NULL::integer
    FROM ((seen s
      JOIN public.credential_views v ON ((v.order_id = s.id)))
      JOIN public.people w ON ((w.id = v.person_id)));
END;

CREATE FUNCTION public.order_partition_of(month date) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN (((('order_events'::text || '_'::text) || EXTRACT(year FROM month)) || '_'::text) || lpad((EXTRACT(month FROM month))::text, 2, '0'::text));

CREATE TABLE public.accounts (
    id bigint NOT NULL,
    name text NOT NULL,
    tariff_id bigint NOT NULL,
    paid_until date,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

CREATE VIEW public.order_months AS
 SELECT o.account_id,
    o.billing_month_id,
    m.starts_at,
    m.ends_at,
    count(*) AS orders,
    count(*) FILTER (WHERE ((o.taken_at IS NOT NULL) OR (o.reaction_breached_at IS NOT NULL))) AS taken,
    count(*) FILTER (WHERE ((o.taken_at IS NOT NULL) AND (o.reaction_breached_at IS NULL))) AS taken_in_time,
    count(*) FILTER (WHERE ((o.done_at IS NOT NULL) OR (o.work_breached_at IS NOT NULL))) AS worked,
    count(*) FILTER (WHERE ((o.done_at IS NOT NULL) AND (o.work_breached_at IS NULL))) AS done_in_time
   FROM (public.orders o
     JOIN public.billing_months m ON ((m.id = o.billing_month_id)))
  WHERE (o.state <> 'cancelled'::text)
  GROUP BY o.account_id, o.billing_month_id, m.starts_at, m.ends_at;

CREATE VIEW public.account_averages AS
 SELECT a.id AS account_id,
    count(*) AS complete_months,
    (COALESCE(sum(o.orders), (0)::numeric))::bigint AS orders,
    round((COALESCE(sum(o.orders), (0)::numeric) / (count(*))::numeric), 2) AS orders_per_month
   FROM ((public.accounts a
     JOIN public.billing_months m ON (((m.starts_at >= a.created_at) AND (m.ends_at <= public.suite_now()))))
     LEFT JOIN public.order_months o ON (((o.account_id = a.id) AND (o.billing_month_id = m.id))))
  GROUP BY a.id;

CREATE TABLE public.quota_entries (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    billing_month_id integer NOT NULL,
    order_id bigint,
    kind text NOT NULL,
    amount integer NOT NULL,
    reason text,
    at timestamp with time zone NOT NULL,
    command_id text NOT NULL,
    CONSTRAINT quota_entries_check CHECK (((kind = 'grant'::text) = (order_id IS NULL))),
    CONSTRAINT quota_entries_check1 CHECK (
CASE kind
    WHEN 'reserve'::text THEN (amount = '-1'::integer)
    WHEN 'grant'::text THEN (amount <> 0)
    ELSE (amount = 1)
END),
    CONSTRAINT quota_entries_kind_check CHECK ((kind = ANY (ARRAY['reserve'::text, 'return'::text, 'compensate'::text, 'grant'::text])))
);

CREATE VIEW public.account_months AS
 SELECT e.account_id,
    e.billing_month_id,
    m.starts_at,
    m.ends_at,
    count(*) FILTER (WHERE (e.kind = 'reserve'::text)) AS reserved,
    count(*) FILTER (WHERE (e.kind = 'return'::text)) AS returned,
    count(*) FILTER (WHERE (e.kind = 'compensate'::text)) AS compensated,
    COALESCE(sum(e.amount) FILTER (WHERE (e.kind = 'grant'::text)), (0)::bigint) AS granted,
    sum(e.amount) AS balance
   FROM (public.quota_entries e
     JOIN public.billing_months m ON ((m.id = e.billing_month_id)))
  GROUP BY e.account_id, e.billing_month_id, m.starts_at, m.ends_at;

CREATE VIEW public.running_month AS
 SELECT m.id,
    m.starts_at,
    m.ends_at
   FROM (( SELECT public.suite_now() AS instant
         OFFSET 0) present
     JOIN public.billing_months m ON (((m.starts_at <= present.instant) AND (m.ends_at > present.instant))));

CREATE TABLE public.tariffs (
    id bigint NOT NULL,
    name text NOT NULL,
    orders_per_month integer NOT NULL,
    reaction_minutes integer NOT NULL,
    price_minor bigint NOT NULL,
    may_pin boolean DEFAULT false NOT NULL,
    sees_contacts boolean DEFAULT false NOT NULL,
    open_orders integer DEFAULT 1 NOT NULL,
    rate_minor bigint,
    on_sale boolean DEFAULT true NOT NULL,
    calendar_id bigint,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tariffs_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT tariffs_open_orders_check CHECK (((open_orders >= 1) AND (open_orders <= 1000))),
    CONSTRAINT tariffs_orders_per_month_check CHECK (((orders_per_month >= 0) AND (orders_per_month <= 100000))),
    CONSTRAINT tariffs_price_minor_check CHECK ((price_minor >= 0)),
    CONSTRAINT tariffs_rate_minor_check CHECK ((rate_minor >= 0)),
    CONSTRAINT tariffs_reaction_minutes_check CHECK (((reaction_minutes >= 1) AND (reaction_minutes <= 43200)))
);

CREATE VIEW public.account_quota AS
 SELECT a.id AS account_id,
    t.id AS tariff_id,
    t.orders_per_month,
    q.balance,
    GREATEST((0)::bigint, (t.orders_per_month + q.balance)) AS quota_left
   FROM ((public.accounts a
     JOIN public.tariffs t ON ((t.id = a.tariff_id)))
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(e.amount), (0)::bigint) AS balance
           FROM (public.running_month m
             JOIN public.quota_entries e ON (((e.account_id = a.id) AND (e.billing_month_id = m.id))))) q);

ALTER TABLE public.accounts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.admins (
    login text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT admins_login_check CHECK ((login ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text))
);

CREATE TABLE public.alerts (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    cause text NOT NULL,
    level integer NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    acknowledged_by bigint,
    acknowledged_at timestamp with time zone,
    repeats integer DEFAULT 0 NOT NULL,
    solved_at timestamp with time zone,
    CONSTRAINT alerts_cause_check CHECK ((cause = ANY (ARRAY['not_taken'::text, 'late'::text, 'unconfirmed'::text, 'no_answer'::text, 'unreachable'::text, 'complaint'::text, 'low_rating'::text, 'reworked'::text]))),
    CONSTRAINT alerts_check CHECK (((acknowledged_by IS NULL) = (acknowledged_at IS NULL))),
    CONSTRAINT alerts_level_check CHECK (((level >= 1) AND (level <= 100))),
    CONSTRAINT alerts_repeats_check CHECK ((repeats >= 0))
);

CREATE VIEW public.alert_words AS
 SELECT a.id AS alert_id,
    e.text
   FROM ((public.alerts a
     JOIN public.orders o ON ((o.id = a.order_id)))
     JOIN public.order_events e ON (((e.order_month = o.month) AND (e.order_id = o.id) AND (e.at = a.raised_at) AND (e.message_kind IS NOT NULL))))
  WHERE (a.cause = ANY (ARRAY['complaint'::text, 'low_rating'::text, 'reworked'::text]));

ALTER TABLE public.alerts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_tokens (
    id bigint NOT NULL,
    login text NOT NULL,
    hash bytea NOT NULL,
    scopes text[] DEFAULT '{read,write}'::text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_tokens_hash_check CHECK ((length(hash) = 32))
);

ALTER TABLE public.api_tokens ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.applications (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    role text NOT NULL,
    words text,
    at timestamp with time zone NOT NULL,
    outcome text,
    decided_at timestamp with time zone,
    decided_by text,
    CONSTRAINT applications_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'declined'::text]))),
    CONSTRAINT applications_role_check CHECK ((role = ANY (ARRAY['client'::text, 'contractor'::text]))),
    CONSTRAINT applications_words_check CHECK (((length(words) >= 1) AND (length(words) <= 2000))),
    CONSTRAINT decided_with_an_outcome CHECK ((num_nulls(outcome, decided_at, decided_by) = ANY (ARRAY[0, 3])))
);

ALTER TABLE public.applications ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.applications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.audit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_seals (
    seq bigint NOT NULL,
    audit_id bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_seals_hash_check CHECK ((length(hash) = 32))
);

ALTER TABLE public.billing_months ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_months_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.calendars ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendars_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cards (
    chat_id bigint NOT NULL,
    order_id bigint NOT NULL,
    message_id bigint NOT NULL,
    kind text NOT NULL,
    stale boolean DEFAULT false NOT NULL
);

CREATE TABLE public.categories (
    id smallint NOT NULL,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    "position" integer NOT NULL,
    on_sale boolean DEFAULT true NOT NULL,
    CONSTRAINT categories_id_check CHECK (((id >= 1) AND (id <= 62))),
    CONSTRAINT categories_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 100))),
    CONSTRAINT categories_name_ru_check CHECK (((length(name_ru) >= 1) AND (length(name_ru) <= 100)))
);

CREATE TABLE public.chats (
    chat_id bigint NOT NULL,
    step text DEFAULT ''::text NOT NULL,
    seat text DEFAULT ''::text NOT NULL,
    drafts jsonb DEFAULT '{}'::jsonb NOT NULL,
    last_update_id bigint DEFAULT 0 NOT NULL,
    last_update_at timestamp with time zone NOT NULL,
    menu text DEFAULT ''::text NOT NULL
);

CREATE VIEW public.client_months AS
 SELECT m.id AS billing_month_id,
    a.id AS account_id,
    a.name,
    COALESCE(o.orders, (0)::bigint) AS orders,
    COALESCE(o.taken, (0)::bigint) AS taken,
    COALESCE(o.taken_in_time, (0)::bigint) AS taken_in_time,
    COALESCE(o.worked, (0)::bigint) AS worked,
    COALESCE(o.done_in_time, (0)::bigint) AS done_in_time,
    COALESCE(v.complete_months, (0)::bigint) AS complete_months,
    v.orders_per_month
   FROM (((public.billing_months m
     JOIN public.accounts a ON ((a.created_at < m.ends_at)))
     LEFT JOIN LATERAL ( SELECT order_months.account_id,
            order_months.billing_month_id,
            order_months.starts_at,
            order_months.ends_at,
            order_months.orders,
            order_months.taken,
            order_months.taken_in_time,
            order_months.worked,
            order_months.done_in_time
           FROM public.order_months
          WHERE ((order_months.billing_month_id = m.id) AND (order_months.account_id = a.id))) o ON (true))
     LEFT JOIN LATERAL ( SELECT account_averages.account_id,
            account_averages.complete_months,
            account_averages.orders,
            account_averages.orders_per_month
           FROM public.account_averages
          WHERE (account_averages.account_id = a.id)) v ON (true));

CREATE TABLE public.commands (
    id text NOT NULL,
    at timestamp with time zone NOT NULL,
    type text NOT NULL,
    order_id bigint,
    answer text NOT NULL,
    CONSTRAINT commands_id_check CHECK (((length(id) >= 1) AND (length(id) <= 100)))
);

CREATE TABLE public.deadlines (
    id bigint NOT NULL,
    order_id bigint,
    alert_id bigint,
    account_id bigint,
    clock text NOT NULL,
    run integer,
    step text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT deadlines_clock_check CHECK ((clock = ANY (ARRAY['reaction'::text, 'work'::text, 'confirm'::text, 'answer'::text, 'acceptance'::text, 'alert'::text, 'subscription'::text]))),
    CONSTRAINT deadlines_step_check CHECK ((step = ANY (ARRAY['open'::text, 'remind'::text, 'alert'::text, 'breach'::text, 'close'::text, 'repeat'::text, 'reopen'::text, 'week_before'::text, 'day_before'::text, 'end'::text]))),
    CONSTRAINT it_belongs_to_one_clock CHECK (
CASE clock
    WHEN 'alert'::text THEN ((num_nulls(order_id, alert_id) = 0) AND (num_nonnulls(run, account_id) = 0))
    WHEN 'subscription'::text THEN ((account_id IS NOT NULL) AND (num_nonnulls(order_id, alert_id, run) = 0))
    ELSE ((num_nulls(order_id, run) = 0) AND (num_nonnulls(alert_id, account_id) = 0))
END),
    CONSTRAINT its_clock_has_the_step CHECK (
CASE clock
    WHEN 'alert'::text THEN (step = ANY (ARRAY['repeat'::text, 'reopen'::text]))
    WHEN 'subscription'::text THEN (step = ANY (ARRAY['week_before'::text, 'day_before'::text, 'end'::text]))
    ELSE (step = ANY (ARRAY['open'::text, 'remind'::text, 'alert'::text, 'breach'::text, 'close'::text]))
END)
);

CREATE TABLE public.deliveries (
    id bigint NOT NULL,
    bot_id bigint NOT NULL,
    notice_id bigint,
    chat_id bigint NOT NULL,
    order_id bigint,
    order_version bigint,
    class smallint NOT NULL,
    state text NOT NULL,
    payload jsonb,
    message_id bigint,
    attempts integer DEFAULT 0 NOT NULL,
    error text,
    report text,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT a_reply_or_a_notice CHECK (((notice_id IS NOT NULL) OR (payload IS NOT NULL) OR (state <> 'waiting'::text))),
    CONSTRAINT deliveries_class_check CHECK (((class >= 0) AND (class <= 4))),
    CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'moot'::text, 'uncertain'::text, 'failed'::text]))),
    CONSTRAINT sent_has_a_message CHECK (((state <> 'sent'::text) OR (settled_at IS NOT NULL)))
);

CREATE TABLE public.notices (
    id bigint NOT NULL,
    kind text NOT NULL,
    person_id bigint,
    to_group boolean DEFAULT false NOT NULL,
    order_id bigint,
    order_version integer,
    at timestamp with time zone NOT NULL,
    not_before timestamp with time zone,
    withdrawn_at timestamp with time zone,
    wants_receipt boolean DEFAULT false NOT NULL,
    received_at timestamp with time zone,
    undeliverable text,
    instead_of bigint,
    rewrites bigint,
    detail jsonb,
    CONSTRAINT a_group_is_no_person CHECK (((NOT to_group) OR ((person_id IS NULL) AND (NOT wants_receipt))))
)
WITH (fillfactor='90');

CREATE TABLE public.sender_marks (
    bot_id bigint NOT NULL,
    notice_id bigint NOT NULL
);

CREATE VIEW public.concerns AS
 WITH clock AS (
         SELECT public.suite_now() AS now
        ), missed AS (
         SELECT deadlines.due_at AS since,
            deadlines.order_id
           FROM public.deadlines
          WHERE (deadlines.due_at < (( SELECT clock.now
                   FROM clock) - '00:01:00'::interval))
          ORDER BY deadlines.due_at
         LIMIT 1000
        ), unheard AS (
         SELECT a.raised_at AS since,
            a.order_id
           FROM public.alerts a
          WHERE ((a.solved_at IS NULL) AND (a.acknowledged_at IS NULL) AND (NOT (EXISTS ( SELECT
                   FROM public.notices n
                  WHERE ((n.order_id = a.order_id) AND starts_with(n.kind, 'alert_'::text) AND (n.kind = ('alert_'::text || a.cause)) AND (n.person_id IS NOT NULL) AND (n.withdrawn_at IS NULL) AND (n.undeliverable IS NULL) AND ((n.received_at IS NOT NULL) OR (n.at > (( SELECT clock.now
                           FROM clock) - '00:05:00'::interval))))))))
         LIMIT 1000
        ), stuck AS (
         SELECT COALESCE(n.not_before, n.at) AS since,
            n.order_id
           FROM public.notices n
          WHERE ((n.id > ( SELECT COALESCE(min(sender_marks.notice_id), (0)::bigint) AS "coalesce"
                   FROM public.sender_marks)) AND (n.person_id IS NOT NULL) AND (n.withdrawn_at IS NULL) AND (COALESCE(n.not_before, n.at) < (( SELECT clock.now
                   FROM clock) - '00:10:00'::interval)) AND (NOT (EXISTS ( SELECT
                   FROM public.deliveries d
                  WHERE ((d.notice_id = n.id) AND (d.settled_at IS NOT NULL))))))
         LIMIT 1000
        ), found AS (
         SELECT 'deadline_missed'::text AS kind,
            missed.since,
            missed.order_id
           FROM missed
        UNION ALL
         SELECT 'alert_unheard'::text,
            unheard.since,
            unheard.order_id
           FROM unheard
        UNION ALL
         SELECT 'notice_stuck'::text,
            stuck.since,
            stuck.order_id
           FROM stuck
        )
 SELECT found.kind,
    count(*) AS count,
    public.ms(min(found.since)) AS since,
    (array_agg(found.order_id ORDER BY found.since, found.order_id))[1] AS order_id
   FROM found
  GROUP BY found.kind;

ALTER TABLE public.deadlines ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.deadlines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.deliveries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.departed AS
 SELECT people.id AS person_id,
    people.telegram_id,
    (0)::bigint AS roles,
    NULL::bigint AS account_id,
    people.language,
    people.time_zone
   FROM public.people
  WHERE (people.removed_at IS NOT NULL);

CREATE TABLE public.digests (
    person_id bigint NOT NULL,
    every text NOT NULL,
    since timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT digests_check CHECK ((due_at > since)),
    CONSTRAINT digests_every_check CHECK ((every = ANY (ARRAY['day'::text, 'week'::text, 'month'::text])))
);

CREATE TABLE public.disclosures (
    id bigint NOT NULL,
    bot_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    order_id bigint NOT NULL,
    language text NOT NULL,
    sealed text,
    message_id bigint,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT shown_has_a_message CHECK (((sealed IS NOT NULL) OR (message_id IS NOT NULL)))
);

ALTER TABLE public.disclosures ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disclosures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.example_orders (
    language text NOT NULL,
    "position" integer NOT NULL,
    text text NOT NULL,
    CONSTRAINT example_orders_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text])))
);

CREATE VIEW public.hour_months AS
 SELECT o.billing_month_id,
    ((EXTRACT(isodow FROM (o.created_at AT TIME ZONE m.time_zone)) - (1)::numeric))::integer AS weekday,
    (EXTRACT(hour FROM (o.created_at AT TIME ZONE m.time_zone)))::integer AS hour,
    count(*) AS orders
   FROM (public.orders o
     JOIN public.billing_months m ON ((m.id = o.billing_month_id)))
  WHERE (o.state <> 'cancelled'::text)
  GROUP BY o.billing_month_id, (((EXTRACT(isodow FROM (o.created_at AT TIME ZONE m.time_zone)) - (1)::numeric))::integer), ((EXTRACT(hour FROM (o.created_at AT TIME ZONE m.time_zone)))::integer);

CREATE TABLE public.inbox (
    bot_id bigint NOT NULL,
    update_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    sealed bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    parked_reason text
);

CREATE TABLE public.inquiries (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    person_id bigint NOT NULL,
    text text NOT NULL,
    files text[] DEFAULT '{}'::text[] NOT NULL,
    at timestamp with time zone NOT NULL,
    answer text,
    answer_files text[],
    answered_at timestamp with time zone,
    answered_by bigint,
    CONSTRAINT answered_by_somebody CHECK ((num_nulls(answer, answer_files, answered_at, answered_by) = ANY (ARRAY[0, 4])))
);

ALTER TABLE public.inquiries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inquiries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.invites (
    id bigint NOT NULL,
    token text NOT NULL,
    role text NOT NULL,
    tariff_id bigint,
    account_id bigint,
    account_name text,
    paid_until date,
    telegram_id bigint,
    created_by text NOT NULL,
    inviter_id bigint,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_by bigint,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT clients_need_a_tariff_or_an_account CHECK (((role = 'client'::text) = ((tariff_id IS NOT NULL) OR (account_id IS NOT NULL)))),
    CONSTRAINT invites_role_check CHECK ((role = ANY (ARRAY['client'::text, 'contractor'::text, 'manager'::text, 'owner'::text]))),
    CONSTRAINT invites_telegram_id_check CHECK ((telegram_id > 0)),
    CONSTRAINT invites_token_check CHECK (((length(token) >= 22) AND (length(token) <= 64))),
    CONSTRAINT one_end CHECK ((num_nonnulls(used_at, revoked_at) <= 1)),
    CONSTRAINT used_by_somebody CHECK (((used_at IS NULL) = (used_by IS NULL)))
);

ALTER TABLE public.invites ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.invites_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.managers_group (
    one boolean DEFAULT true NOT NULL,
    chat_id bigint NOT NULL,
    title text NOT NULL,
    is_forum boolean NOT NULL,
    bound_at timestamp with time zone NOT NULL,
    CONSTRAINT managers_group_chat_id_check CHECK ((chat_id < 0)),
    CONSTRAINT managers_group_one_check CHECK (one),
    CONSTRAINT managers_group_title_check CHECK (((length(title) >= 1) AND (length(title) <= 255)))
);

CREATE TABLE public.payout_entries (
    id bigint NOT NULL,
    contractor_id bigint NOT NULL,
    billing_month_id integer NOT NULL,
    order_id bigint,
    kind text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    reason text,
    at timestamp with time zone NOT NULL,
    command_id text NOT NULL,
    CONSTRAINT payout_entries_check CHECK (((kind = 'correction'::text) OR ((order_id IS NOT NULL) AND (amount_minor >= 0)))),
    CONSTRAINT payout_entries_check1 CHECK (((kind = 'order'::text) OR (reason IS NOT NULL))),
    CONSTRAINT payout_entries_kind_check CHECK ((kind = ANY (ARRAY['order'::text, 'correction'::text])))
);

CREATE TABLE public.payout_marks (
    id bigint NOT NULL,
    contractor_id bigint NOT NULL,
    billing_month_id integer NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    at timestamp with time zone NOT NULL,
    marked_by text NOT NULL,
    command_id text NOT NULL,
    CONSTRAINT payout_marks_amount_minor_check CHECK ((amount_minor <> 0))
);

CREATE VIEW public.payout_months AS
 SELECT l.contractor_id,
    l.billing_month_id,
    m.starts_at,
    m.ends_at,
    l.currency,
    sum(l.orders) AS orders,
    (sum(l.earned))::bigint AS earned_minor,
    (sum(l.paid))::bigint AS paid_minor,
    ((sum(l.earned) - sum(l.paid)))::bigint AS unpaid_minor
   FROM (( SELECT payout_entries.contractor_id,
            payout_entries.billing_month_id,
            payout_entries.currency,
            payout_entries.amount_minor AS earned,
            (0)::bigint AS paid,
            ((payout_entries.kind = 'order'::text))::integer AS orders
           FROM public.payout_entries
        UNION ALL
         SELECT payout_marks.contractor_id,
            payout_marks.billing_month_id,
            payout_marks.currency,
            0,
            payout_marks.amount_minor,
            0
           FROM public.payout_marks) l
     JOIN public.billing_months m ON ((m.id = l.billing_month_id)))
  GROUP BY l.contractor_id, l.billing_month_id, m.starts_at, m.ends_at, l.currency;

CREATE VIEW public.month_totals AS
 SELECT m.id AS billing_month_id,
    m.starts_at,
    m.ends_at,
    o.accounts,
    o.orders,
    o.taken,
    o.taken_in_time,
    o.worked,
    o.done_in_time,
    p.contractors,
    p.earned_minor,
    p.paid_minor,
    p.unpaid_minor,
    COALESCE(p.currency, ( SELECT parameters.value
           FROM public.parameters
          WHERE (parameters.name = 'CURRENCY'::text)), 'RUB'::text) AS currency
   FROM ((public.billing_months m
     CROSS JOIN LATERAL ( SELECT count(*) AS accounts,
            (COALESCE(sum(order_months.orders), (0)::numeric))::bigint AS orders,
            (COALESCE(sum(order_months.taken), (0)::numeric))::bigint AS taken,
            (COALESCE(sum(order_months.taken_in_time), (0)::numeric))::bigint AS taken_in_time,
            (COALESCE(sum(order_months.worked), (0)::numeric))::bigint AS worked,
            (COALESCE(sum(order_months.done_in_time), (0)::numeric))::bigint AS done_in_time
           FROM public.order_months
          WHERE (order_months.billing_month_id = m.id)) o)
     CROSS JOIN LATERAL ( SELECT count(*) AS contractors,
            (COALESCE(sum(payout_months.earned_minor), (0)::numeric))::bigint AS earned_minor,
            (COALESCE(sum(payout_months.paid_minor), (0)::numeric))::bigint AS paid_minor,
            (COALESCE(sum(payout_months.unpaid_minor), (0)::numeric))::bigint AS unpaid_minor,
            min(payout_months.currency) AS currency
           FROM public.payout_months
          WHERE (payout_months.billing_month_id = m.id)) p);

ALTER TABLE public.notices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.offer_declines (
    order_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.offer_pings (
    order_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.order_events_default (
    order_month date NOT NULL,
    order_id bigint NOT NULL,
    version integer NOT NULL,
    event text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    role text NOT NULL,
    actor_id bigint,
    login text,
    at timestamp with time zone NOT NULL,
    command_id text NOT NULL,
    notices integer NOT NULL,
    detail jsonb,
    message_kind text,
    text text,
    files text[],
    CONSTRAINT one_of_them_did_it CHECK (((actor_id IS NULL) OR (login IS NULL))),
    CONSTRAINT order_events_message_kind_check CHECK ((message_kind = ANY (ARRAY['task'::text, 'details'::text, 'question'::text, 'answer'::text, 'say'::text, 'report'::text, 'reason'::text, 'review'::text, 'complaint'::text]))),
    CONSTRAINT order_events_role_check CHECK ((role = ANY (ARRAY['client'::text, 'contractor'::text, 'manager'::text, 'owner'::text, 'system'::text]))),
    CONSTRAINT words_have_a_kind CHECK (((message_kind IS NOT NULL) OR ((text IS NULL) AND (files IS NULL))))
);

CREATE VIEW public.order_facts AS
 SELECT o.id AS order_id,
    o.state,
    o.version,
    o.account_id,
    a.name AS account,
    public.ms(o.created_at) AS created_at,
    public.clock_due(c.*) AS due_at,
    public.ms(o.taken_at) AS taken_at,
    o.estimate_minutes,
    o.estimate_named,
    public.ms(o.done_at) AS done_at,
    public.ms(o.ended_at) AS ended_at,
    o.rating,
    (o.rate_minor +
        CASE
            WHEN (o.state <> 'new'::text) THEN o.bonus_minor
            WHEN (EXISTS ( SELECT
               FROM public.parameters
              WHERE (parameters.name = 'BONUS_STEP'::text))) THEN public.bonus_now(c.started_at)
            ELSE (0)::bigint
        END) AS rate_minor,
    o.currency,
    o.sees_contacts,
    o.offer_open,
    (o.reaction_breached_at IS NOT NULL) AS taken_late,
    (o.work_breached_at IS NOT NULL) AS work_late,
    task.text AS task,
    COALESCE(task.files, (0)::bigint) AS files,
    o.wish,
    o.category_id,
    (g.name_ru ||
        CASE
            WHEN (g.name_en = g.name_ru) THEN ''::text
            ELSE (' / '::text || g.name_en)
        END) AS category,
    client.id AS client_id,
    client.telegram_id AS client_telegram_id,
    client.name AS client_name,
    client.username AS client_username,
    client.phone AS client_phone,
    worker.id AS contractor_id,
    worker.telegram_id AS contractor_telegram_id,
    worker.name AS contractor_name,
    worker.username AS contractor_username,
    worker.phone AS contractor_phone,
    (EXISTS ( SELECT
           FROM public.credentials k
          WHERE ((k.order_id = o.id) AND (k.sealed IS NOT NULL)))) AS has_credentials
   FROM ((((((public.orders o
     JOIN public.accounts a ON ((a.id = o.account_id)))
     JOIN public.people client ON ((client.id = o.ordered_by)))
     LEFT JOIN public.people worker ON ((worker.id = o.contractor_id)))
     LEFT JOIN public.categories g ON ((g.id = o.category_id)))
     LEFT JOIN public.clock_runs c ON (((c.order_id = o.id) AND (c.ended_at IS NULL) AND (c.clock = public.clock_of(o.state)))))
     LEFT JOIN LATERAL ( SELECT string_agg(NULLIF(m.text, ''::text), '
'::text ORDER BY m.version) AS text,
            sum(COALESCE(cardinality(m.files), 0)) AS files
           FROM public.order_messages m
          WHERE ((m.order_month = o.month) AND (m.order_id = o.id) AND (m.kind = ANY (ARRAY['task'::text, 'details'::text])))) task ON (true));

CREATE TABLE public.order_passes (
    order_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.order_pins (
    order_id bigint NOT NULL,
    person_id bigint NOT NULL
);

CREATE VIEW public.order_timeline AS
 SELECT o.id AS order_id,
    'order'::text AS kind,
    public.ms(public.suite_now()) AS at,
    public.ms(o.created_at) AS until,
    (0)::bigint AS version,
    o.state AS name,
    NULL::text AS role,
    o.contractor_id AS person_id,
    NULL::bigint AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    NULL::text AS clock,
    NULL::text AS step,
    NULL::bigint AS run,
    NULL::text AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    NULL::bigint AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    NULL::bigint AS amount,
    NULL::text AS currency,
    NULL::text AS login
   FROM public.orders o
UNION ALL
 SELECT o.id AS order_id,
    'event'::text AS kind,
    public.ms(e.at) AS at,
    NULL::bigint AS until,
    (e.version)::bigint AS version,
    e.event AS name,
    e.role,
    e.actor_id AS person_id,
    NULL::bigint AS person_roles,
    e.from_state,
    e.to_state,
    (e.detail ->> 'clock'::text) AS clock,
    (e.detail ->> 'step'::text) AS step,
    ((e.detail ->> 'run'::text))::bigint AS run,
    (e.detail)::text AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    NULL::bigint AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    NULL::bigint AS amount,
    NULL::text AS currency,
    e.login
   FROM (public.orders o
     JOIN public.order_events e ON (((e.order_month = o.month) AND (e.order_id = o.id))))
UNION ALL
 SELECT c.order_id,
    'run'::text AS kind,
    public.ms(c.started_at) AS at,
    public.ms(c.ended_at) AS until,
    NULL::bigint AS version,
    c.clock AS name,
    NULL::text AS role,
    NULL::bigint AS person_id,
    NULL::bigint AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    c.clock,
    NULL::text AS step,
    (c.run)::bigint AS run,
        CASE c.clock
            WHEN 'reaction'::text THEN public.calendar_words(o.calendar_id)
            ELSE NULL::text
        END AS detail,
    c.counted_ms,
    c.limit_ms,
    c.paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    NULL::bigint AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    NULL::bigint AS amount,
    NULL::text AS currency,
    NULL::text AS login
   FROM (public.clock_runs c
     JOIN public.orders o ON ((o.id = c.order_id)))
UNION ALL
 SELECT d.order_id,
    'deadline'::text AS kind,
    public.ms(d.due_at) AS at,
    NULL::bigint AS until,
    NULL::bigint AS version,
    d.step AS name,
    NULL::text AS role,
    NULL::bigint AS person_id,
    NULL::bigint AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    d.clock,
    d.step,
    (d.run)::bigint AS run,
    NULL::text AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    NULL::bigint AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    NULL::bigint AS amount,
    NULL::text AS currency,
    NULL::text AS login
   FROM public.deadlines d
UNION ALL
 SELECT a.order_id,
    'alert'::text AS kind,
    public.ms(a.raised_at) AS at,
    public.ms(a.solved_at) AS until,
    NULL::bigint AS version,
    a.cause AS name,
    NULL::text AS role,
    a.acknowledged_by AS person_id,
    NULL::bigint AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    NULL::text AS clock,
    NULL::text AS step,
    NULL::bigint AS run,
    NULL::text AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    public.ms(a.acknowledged_at) AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    (a.level)::bigint AS amount,
    NULL::text AS currency,
    NULL::text AS login
   FROM public.alerts a
UNION ALL
 SELECT q.order_id,
    'quota'::text AS kind,
    public.ms(q.at) AS at,
    NULL::bigint AS until,
    NULL::bigint AS version,
    q.kind AS name,
    NULL::text AS role,
    NULL::bigint AS person_id,
    NULL::bigint AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    NULL::text AS clock,
    NULL::text AS step,
    NULL::bigint AS run,
    q.reason AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    NULL::bigint AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    (q.amount)::bigint AS amount,
    NULL::text AS currency,
    NULL::text AS login
   FROM public.quota_entries q
  WHERE (q.order_id IS NOT NULL)
UNION ALL
 SELECT p.order_id,
    'payout'::text AS kind,
    public.ms(p.at) AS at,
    NULL::bigint AS until,
    NULL::bigint AS version,
    p.kind AS name,
    'contractor'::text AS role,
    p.contractor_id AS person_id,
    NULL::bigint AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    NULL::text AS clock,
    NULL::text AS step,
    NULL::bigint AS run,
    p.reason AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    NULL::bigint AS not_before,
    NULL::bigint AS handed_at,
    NULL::bigint AS received_at,
    NULL::bigint AS withdrawn_at,
    NULL::text AS failure,
    p.amount_minor AS amount,
    p.currency,
    NULL::text AS login
   FROM public.payout_entries p
  WHERE (p.order_id IS NOT NULL)
UNION ALL
 SELECT n.order_id,
    'notice'::text AS kind,
    public.ms(n.at) AS at,
    NULL::bigint AS until,
    (n.order_version)::bigint AS version,
    n.kind AS name,
    NULL::text AS role,
    n.person_id,
    ( SELECT COALESCE(sum(
                CASE r.role
                    WHEN 'client'::text THEN 1
                    WHEN 'contractor'::text THEN 2
                    WHEN 'manager'::text THEN 4
                    WHEN 'owner'::text THEN 8
                    ELSE NULL::integer
                END), (0)::bigint) AS "coalesce"
           FROM public.person_roles r
          WHERE (r.person_id = n.person_id)) AS person_roles,
    NULL::text AS from_state,
    NULL::text AS to_state,
    NULL::text AS clock,
    NULL::text AS step,
    NULL::bigint AS run,
    d.state AS detail,
    NULL::bigint AS counted_ms,
    NULL::bigint AS limit_ms,
    false AS paused,
    public.ms(n.not_before) AS not_before,
        CASE
            WHEN (d.state = 'sent'::text) THEN public.ms(d.settled_at)
            ELSE NULL::bigint
        END AS handed_at,
    public.ms(n.received_at) AS received_at,
    public.ms(n.withdrawn_at) AS withdrawn_at,
    COALESCE(n.undeliverable, d.error) AS failure,
    NULL::bigint AS amount,
    NULL::text AS currency,
    NULL::text AS login
   FROM (public.notices n
     LEFT JOIN public.deliveries d ON ((d.notice_id = n.id)))
  WHERE ((n.order_id IS NOT NULL) AND (n.person_id IS NOT NULL));

ALTER TABLE public.orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_id_seq
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.payout_entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payout_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.payout_marks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payout_marks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.people ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.person_categories (
    person_id bigint NOT NULL,
    category_id smallint NOT NULL
);

CREATE TABLE public.pins (
    account_id bigint NOT NULL,
    contractor_id bigint NOT NULL,
    pinned_at timestamp with time zone NOT NULL
);

CREATE TABLE public.process_stats (
    daemon text NOT NULL,
    instance text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    since timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    counters jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT process_stats_daemon_check CHECK ((daemon = ANY (ARRAY['bot-gateway'::text, 'order-engine'::text, 'sla-watcher'::text, 'admin-web'::text])))
);

ALTER TABLE public.quota_entries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quota_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.readers AS
 SELECT person_facts.person_id,
    person_facts.telegram_id,
    person_facts.roles,
    person_facts.account_id,
    person_facts.language,
    person_facts.time_zone
   FROM public.person_facts
UNION ALL
 SELECT managers_group.chat_id AS person_id,
    managers_group.chat_id AS telegram_id,
    4 AS roles,
    NULL::bigint AS account_id,
    ''::text AS language,
    ''::text AS time_zone
   FROM public.managers_group;

ALTER TABLE public.tariffs ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tariffs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.topics (
    chat_id bigint NOT NULL,
    order_id bigint NOT NULL,
    topic_id bigint NOT NULL
);

CREATE TABLE public.upgrade_requests (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    person_id bigint NOT NULL,
    tariff_id bigint,
    at timestamp with time zone NOT NULL,
    outcome text,
    closed_at timestamp with time zone,
    closed_by text,
    granted_tariff_id bigint,
    words text,
    passed_at timestamp with time zone,
    passed_by bigint,
    CONSTRAINT a_tariff_is_granted CHECK (((granted_tariff_id IS NULL) OR COALESCE((outcome = 'granted'::text), false))),
    CONSTRAINT closed_with_an_outcome CHECK ((num_nulls(outcome, closed_at, closed_by) = ANY (ARRAY[0, 3]))),
    CONSTRAINT upgrade_requests_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'declined'::text]))),
    CONSTRAINT upgrade_requests_words_check CHECK (((length(words) >= 1) AND (length(words) <= 2000))),
    CONSTRAINT words_decline CHECK (((words IS NULL) OR COALESCE((outcome = 'declined'::text), false)))
);

CREATE VIEW public.unanswered AS
 SELECT 'inquiry_sent'::text AS kind,
    i.id,
    i.person_id,
    i.account_id,
    NULL::text AS role,
    i.text AS words,
    i.at,
    jsonb_build_object('inquiry_id', i.id, 'person_id', i.person_id, 'account_id', i.account_id) AS detail
   FROM public.inquiries i
  WHERE (i.answered_at IS NULL)
UNION ALL
 SELECT 'upgrade_requested'::text AS kind,
    u.id,
    u.person_id,
    u.account_id,
    NULL::text AS role,
    NULL::text AS words,
    u.at,
    jsonb_build_object('request_id', u.id, 'person_id', u.person_id, 'account_id', u.account_id) AS detail
   FROM public.upgrade_requests u
  WHERE (u.closed_at IS NULL)
UNION ALL
 SELECT 'application_sent'::text AS kind,
    y.id,
    y.person_id,
    NULL::bigint AS account_id,
    y.role,
    y.words,
    y.at,
    jsonb_build_object('application_id', y.id, 'person_id', y.person_id, 'role', y.role) AS detail
   FROM public.applications y
  WHERE (y.decided_at IS NULL);

ALTER TABLE public.upgrade_requests ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.upgrade_requests_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.order_events ATTACH PARTITION public.order_events_default DEFAULT;

ALTER TABLE ONLY public.account_people
    ADD CONSTRAINT account_people_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.admins
    ADD CONSTRAINT admins_pkey PRIMARY KEY (login);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_audit_id_key UNIQUE (audit_id);

ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.billing_months
    ADD CONSTRAINT billing_months_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_holidays
    ADD CONSTRAINT calendar_holidays_pkey PRIMARY KEY (calendar_id, day);

ALTER TABLE ONLY public.calendar_intervals
    ADD CONSTRAINT calendar_intervals_pkey PRIMARY KEY (calendar_id, weekday, from_minute);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_pkey PRIMARY KEY (chat_id, order_id);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_name_en_key UNIQUE (name_en);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_name_ru_key UNIQUE (name_ru);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_pkey PRIMARY KEY (chat_id);

ALTER TABLE ONLY public.clock_runs
    ADD CONSTRAINT clock_runs_pkey PRIMARY KEY (order_id, clock, run);

ALTER TABLE ONLY public.commands
    ADD CONSTRAINT commands_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.credential_views
    ADD CONSTRAINT credential_views_pkey PRIMARY KEY (command_id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (order_id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_order_id_clock_run_step_key UNIQUE (order_id, clock, run, step);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_notice_id_key UNIQUE (notice_id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.digests
    ADD CONSTRAINT digests_pkey PRIMARY KEY (person_id, every);

ALTER TABLE ONLY public.disclosures
    ADD CONSTRAINT disclosures_bot_id_chat_id_order_id_key UNIQUE (bot_id, chat_id, order_id);

ALTER TABLE ONLY public.disclosures
    ADD CONSTRAINT disclosures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.edits
    ADD CONSTRAINT edits_pkey PRIMARY KEY (chat_id, message_id);

ALTER TABLE ONLY public.example_orders
    ADD CONSTRAINT example_orders_pkey PRIMARY KEY (language, "position");

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (bot_id, update_id);

ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT inquiries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_token_key UNIQUE (token);

ALTER TABLE ONLY public.managers_group
    ADD CONSTRAINT managers_group_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.billing_months
    ADD CONSTRAINT months_do_not_overlap EXCLUDE USING gist (tstzrange(starts_at, ends_at) WITH &&);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offer_declines
    ADD CONSTRAINT offer_declines_pkey PRIMARY KEY (order_id, person_id);

ALTER TABLE ONLY public.offer_pings
    ADD CONSTRAINT offer_pings_pkey PRIMARY KEY (order_id, person_id);

ALTER TABLE ONLY public.order_events
    ADD CONSTRAINT order_events_pkey PRIMARY KEY (order_month, order_id, version);

ALTER TABLE ONLY public.order_events_default
    ADD CONSTRAINT order_events_default_pkey PRIMARY KEY (order_month, order_id, version);

ALTER TABLE ONLY public.order_passes
    ADD CONSTRAINT order_passes_pkey PRIMARY KEY (order_id, person_id);

ALTER TABLE ONLY public.order_pins
    ADD CONSTRAINT order_pins_pkey PRIMARY KEY (order_id, person_id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parameters
    ADD CONSTRAINT parameters_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.payout_entries
    ADD CONSTRAINT payout_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payout_marks
    ADD CONSTRAINT payout_marks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_telegram_id_key UNIQUE (telegram_id);

ALTER TABLE ONLY public.person_categories
    ADD CONSTRAINT person_categories_pkey PRIMARY KEY (person_id, category_id);

ALTER TABLE ONLY public.person_roles
    ADD CONSTRAINT person_roles_pkey PRIMARY KEY (person_id, role);

ALTER TABLE ONLY public.pins
    ADD CONSTRAINT pins_pkey PRIMARY KEY (account_id, contractor_id);

ALTER TABLE ONLY public.process_stats
    ADD CONSTRAINT process_stats_pkey PRIMARY KEY (daemon, instance);

ALTER TABLE ONLY public.quota_entries
    ADD CONSTRAINT quota_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sender_marks
    ADD CONSTRAINT sender_marks_pkey PRIMARY KEY (bot_id);

ALTER TABLE ONLY public.tariffs
    ADD CONSTRAINT tariffs_name_key UNIQUE (name);

ALTER TABLE ONLY public.tariffs
    ADD CONSTRAINT tariffs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.thread_links
    ADD CONSTRAINT thread_links_pkey PRIMARY KEY (chat_id, message_id);

ALTER TABLE ONLY public.topics
    ADD CONSTRAINT topics_pkey PRIMARY KEY (chat_id, order_id);

ALTER TABLE ONLY public.upgrade_requests
    ADD CONSTRAINT upgrade_requests_pkey PRIMARY KEY (id);

CREATE INDEX account_people_account_id_idx ON public.account_people USING btree (account_id);

CREATE INDEX alerts_of_person ON public.alerts USING btree (acknowledged_by) WHERE ((acknowledged_by IS NOT NULL) AND (solved_at IS NULL));

CREATE UNIQUE INDEX alerts_once ON public.alerts USING btree (order_id, cause) WHERE (solved_at IS NULL);

CREATE UNIQUE INDEX applied_once ON public.applications USING btree (person_id) WHERE (decided_at IS NULL);

CREATE INDEX audit_txid_idx ON public.audit USING btree (txid);

CREATE UNIQUE INDEX calendars_present ON public.calendars USING btree (name) WHERE (replaced_by IS NULL);

CREATE INDEX cards_of_order ON public.cards USING btree (order_id);

CREATE INDEX cards_stale ON public.cards USING btree (order_id) WHERE stale;

CREATE UNIQUE INDEX clock_runs_once ON public.clock_runs USING btree (order_id, clock) WHERE (ended_at IS NULL);

CREATE INDEX commands_at_idx ON public.commands USING brin (at);

CREATE INDEX credential_views_order_id_idx ON public.credential_views USING btree (order_id);

CREATE INDEX deadlines_due_at_idx ON public.deadlines USING btree (due_at);

CREATE UNIQUE INDEX deadlines_of_account ON public.deadlines USING btree (account_id, step) WHERE (account_id IS NOT NULL);

CREATE UNIQUE INDEX deadlines_of_alert ON public.deadlines USING btree (alert_id) WHERE (alert_id IS NOT NULL);

CREATE INDEX deadlines_windows ON public.deadlines USING btree (order_id) WHERE (step = 'open'::text);

CREATE INDEX deliveries_of_alerts ON public.deliveries USING btree (chat_id, message_id) WHERE (class = 2);

CREATE INDEX deliveries_of_order ON public.deliveries USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX deliveries_unreported ON public.deliveries USING btree (id) WHERE (report IS NOT NULL);

CREATE INDEX deliveries_unsettled ON public.deliveries USING btree (id) WHERE (settled_at IS NULL);

CREATE INDEX digests_due_at_idx ON public.digests USING btree (due_at);

CREATE INDEX inbox_chat_id_update_id_idx ON public.inbox USING btree (chat_id, update_id);

CREATE INDEX inquiries_account_id_at_idx ON public.inquiries USING btree (account_id, at);

CREATE INDEX inquiries_unanswered ON public.inquiries USING btree (at) WHERE (answered_at IS NULL);

CREATE INDEX invites_telegram_id_idx ON public.invites USING btree (telegram_id) WHERE ((used_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX notices_asking ON public.notices USING btree (kind, detail) WHERE (kind = ANY (ARRAY['inquiry_sent'::text, 'upgrade_requested'::text, 'application_sent'::text]));

CREATE INDEX notices_of_order ON public.notices USING btree (order_id) WHERE (((person_id IS NOT NULL) OR to_group) AND (withdrawn_at IS NULL) AND (starts_with(kind, 'alert_'::text) OR (kind = ANY (ARRAY['offer'::text, 'work_reminder'::text, 'confirm_reminder'::text, 'answer_reminder'::text, 'accept_reminder'::text]))));

CREATE INDEX notices_order_id_idx ON public.notices USING brin (order_id);

CREATE INDEX notices_urgent ON public.notices USING btree (id) WHERE starts_with(kind, 'alert_'::text);

CREATE INDEX notices_waiting ON public.notices USING btree (person_id, at) WHERE (kind = 'orders_wait'::text);

CREATE INDEX notices_with_receipt ON public.notices USING btree (order_id) WHERE wants_receipt;

CREATE INDEX offer_declines_person_id_at_idx ON public.offer_declines USING btree (person_id, at);

CREATE INDEX order_events_order_month_order_id_idx ON ONLY public.order_events USING btree (order_month, order_id) WHERE (message_kind = ANY (ARRAY['task'::text, 'details'::text, 'report'::text]));

CREATE INDEX order_events_default_order_month_order_id_idx ON public.order_events_default USING btree (order_month, order_id) WHERE (message_kind = ANY (ARRAY['task'::text, 'details'::text, 'report'::text]));

CREATE INDEX orders_account_id_created_at_idx ON public.orders USING btree (account_id, created_at);

CREATE INDEX orders_done ON public.orders USING btree (done_at) WHERE (done_at IS NOT NULL);

CREATE INDEX orders_late ON public.orders USING btree (work_breached_at) WHERE (work_breached_at IS NOT NULL);

CREATE INDEX orders_not_taken ON public.orders USING btree (reaction_breached_at) WHERE (reaction_breached_at IS NOT NULL);

CREATE INDEX orders_of_month ON public.orders USING btree (billing_month_id, account_id);

CREATE INDEX orders_open_of_contractor ON public.orders USING btree (contractor_id) WHERE (state = ANY (ARRAY['in_work'::text, 'waiting_client'::text]));

CREATE INDEX orders_rated ON public.orders USING btree (contractor_id, ended_at) INCLUDE (rating) WHERE (rating IS NOT NULL);

CREATE INDEX orders_taken ON public.orders USING btree (contractor_id, taken_at);

CREATE INDEX orders_unfinished ON public.orders USING btree (state, created_at) WHERE (state <> ALL (ARRAY['closed'::text, 'cancelled'::text]));

CREATE INDEX payout_entries_billing_month_id_contractor_id_idx ON public.payout_entries USING btree (billing_month_id, contractor_id);

CREATE INDEX payout_marks_billing_month_id_contractor_id_idx ON public.payout_marks USING btree (billing_month_id, contractor_id);

CREATE UNIQUE INDEX payout_once ON public.payout_entries USING btree (order_id) WHERE (kind = 'order'::text);

CREATE INDEX people_away ON public.people USING btree (away_until) WHERE (away_until IS NOT NULL);

CREATE INDEX person_roles_role_idx ON public.person_roles USING btree (role) WHERE (removed_at IS NULL);

CREATE INDEX quota_entries_account_id_billing_month_id_idx ON public.quota_entries USING btree (account_id, billing_month_id);

CREATE UNIQUE INDEX quota_reserved_once ON public.quota_entries USING btree (order_id) WHERE (kind = 'reserve'::text);

CREATE UNIQUE INDEX quota_returned_once ON public.quota_entries USING btree (order_id) WHERE (kind = ANY (ARRAY['return'::text, 'compensate'::text]));

CREATE INDEX thread_links_source_chat_id_source_message_id_idx ON public.thread_links USING btree (source_chat_id, source_message_id);

CREATE UNIQUE INDEX upgrade_requested_once ON public.upgrade_requests USING btree (account_id) WHERE (closed_at IS NULL);

ALTER INDEX public.order_events_order_month_order_id_idx ATTACH PARTITION public.order_events_default_order_month_order_id_idx;

ALTER INDEX public.order_events_pkey ATTACH PARTITION public.order_events_default_pkey;

ALTER TABLE ONLY public.account_people
    ADD CONSTRAINT account_people_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.account_people
    ADD CONSTRAINT account_people_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_tariff_id_fkey FOREIGN KEY (tariff_id) REFERENCES public.tariffs(id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_login_fkey FOREIGN KEY (login) REFERENCES public.admins(login);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_audit_id_fkey FOREIGN KEY (audit_id) REFERENCES public.audit(id);

ALTER TABLE ONLY public.calendar_holidays
    ADD CONSTRAINT calendar_holidays_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.calendar_intervals
    ADD CONSTRAINT calendar_intervals_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.calendars(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clock_runs
    ADD CONSTRAINT clock_runs_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.credential_views
    ADD CONSTRAINT credential_views_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.credential_views
    ADD CONSTRAINT credential_views_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alerts(id);

ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT deadlines_order_id_clock_run_fkey FOREIGN KEY (order_id, clock, run) REFERENCES public.clock_runs(order_id, clock, run);

ALTER TABLE ONLY public.digests
    ADD CONSTRAINT digests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT inquiries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT inquiries_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.inquiries
    ADD CONSTRAINT inquiries_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_tariff_id_fkey FOREIGN KEY (tariff_id) REFERENCES public.tariffs(id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_used_by_fkey FOREIGN KEY (used_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.offer_declines
    ADD CONSTRAINT offer_declines_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.offer_declines
    ADD CONSTRAINT offer_declines_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.offer_pings
    ADD CONSTRAINT offer_pings_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.offer_pings
    ADD CONSTRAINT offer_pings_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.order_passes
    ADD CONSTRAINT order_passes_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.order_passes
    ADD CONSTRAINT order_passes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.order_pins
    ADD CONSTRAINT order_pins_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.order_pins
    ADD CONSTRAINT order_pins_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_billing_month_id_fkey FOREIGN KEY (billing_month_id) REFERENCES public.billing_months(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_category_id_fkey FOREIGN KEY (category_id) REFERENCES public.categories(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_ordered_by_fkey FOREIGN KEY (ordered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_tariff_id_fkey FOREIGN KEY (tariff_id) REFERENCES public.tariffs(id);

ALTER TABLE ONLY public.payout_entries
    ADD CONSTRAINT payout_entries_billing_month_id_fkey FOREIGN KEY (billing_month_id) REFERENCES public.billing_months(id);

ALTER TABLE ONLY public.payout_entries
    ADD CONSTRAINT payout_entries_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.payout_entries
    ADD CONSTRAINT payout_entries_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.payout_marks
    ADD CONSTRAINT payout_marks_billing_month_id_fkey FOREIGN KEY (billing_month_id) REFERENCES public.billing_months(id);

ALTER TABLE ONLY public.payout_marks
    ADD CONSTRAINT payout_marks_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.person_categories
    ADD CONSTRAINT person_categories_category_id_fkey FOREIGN KEY (category_id) REFERENCES public.categories(id);

ALTER TABLE ONLY public.person_categories
    ADD CONSTRAINT person_categories_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.person_roles
    ADD CONSTRAINT person_roles_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.pins
    ADD CONSTRAINT pins_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.pins
    ADD CONSTRAINT pins_contractor_id_fkey FOREIGN KEY (contractor_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.quota_entries
    ADD CONSTRAINT quota_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.quota_entries
    ADD CONSTRAINT quota_entries_billing_month_id_fkey FOREIGN KEY (billing_month_id) REFERENCES public.billing_months(id);

ALTER TABLE ONLY public.quota_entries
    ADD CONSTRAINT quota_entries_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE ONLY public.tariffs
    ADD CONSTRAINT tariffs_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES public.calendars(id);

ALTER TABLE ONLY public.upgrade_requests
    ADD CONSTRAINT upgrade_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.upgrade_requests
    ADD CONSTRAINT upgrade_requests_granted_tariff_id_fkey FOREIGN KEY (granted_tariff_id) REFERENCES public.tariffs(id);

ALTER TABLE ONLY public.upgrade_requests
    ADD CONSTRAINT upgrade_requests_passed_by_fkey FOREIGN KEY (passed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.upgrade_requests
    ADD CONSTRAINT upgrade_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.upgrade_requests
    ADD CONSTRAINT upgrade_requests_tariff_id_fkey FOREIGN KEY (tariff_id) REFERENCES public.tariffs(id);

GRANT USAGE ON SCHEMA public TO "itsupport-bot-gateway";
GRANT USAGE ON SCHEMA public TO "itsupport-order-engine";
GRANT USAGE ON SCHEMA public TO "itsupport-sla-watcher";
GRANT USAGE ON SCHEMA public TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.thread_links TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.thread_links TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.thread_links TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.thread_links TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.audit TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.audit TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.audit TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.audit TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.installation TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.installation TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.installation TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.installation TO "itsupport-admin-web";

GRANT UPDATE(parameters_version) ON TABLE public.installation TO "itsupport-order-engine";

GRANT UPDATE(people_version) ON TABLE public.installation TO "itsupport-order-engine";

GRANT SELECT ON TABLE public.parameters TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parameters TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.parameters TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.parameters TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.calendar_holidays TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.calendar_holidays TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.calendar_holidays TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.calendar_holidays TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.calendar_intervals TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.calendar_intervals TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.calendar_intervals TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.calendar_intervals TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.calendars TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.calendars TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.calendars TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.calendars TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.clock_runs TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.clock_runs TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.clock_runs TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.clock_runs TO "itsupport-admin-web";

REVOKE ALL ON FUNCTION public.make_order_partitions(from_month date, months integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_order_partitions(from_month date, months integer) TO "itsupport-order-engine";

GRANT SELECT ON TABLE public.billing_months TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.billing_months TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.billing_months TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.billing_months TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.account_people TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.account_people TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.account_people TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.account_people TO "itsupport-admin-web";

GRANT SELECT,INSERT,UPDATE ON TABLE public.credentials TO "itsupport-order-engine";

GRANT SELECT ON TABLE public.credential_times TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.credential_times TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.credential_times TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.credential_times TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.credential_views TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.credential_views TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.credential_views TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.credential_views TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.edits TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.edits TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.edits TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.edits TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_events TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.order_events TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_events TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_events TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_messages TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.order_messages TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_messages TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_messages TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.edited_messages TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.edited_messages TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.edited_messages TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.edited_messages TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.orders TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.orders TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.orders TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.orders TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.people TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.people TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.people TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.people TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.person_roles TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.person_roles TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.person_roles TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.person_roles TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.person_facts TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.person_facts TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.person_facts TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.person_facts TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.accounts TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.accounts TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.accounts TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.accounts TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_months TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.order_months TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_months TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_months TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.account_averages TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.account_averages TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.account_averages TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.account_averages TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.quota_entries TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.quota_entries TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.quota_entries TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.quota_entries TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.account_months TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.account_months TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.account_months TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.account_months TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.running_month TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.running_month TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.running_month TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.running_month TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.tariffs TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.tariffs TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.tariffs TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.tariffs TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.account_quota TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.account_quota TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.account_quota TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.account_quota TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.accounts_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.accounts_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.accounts_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.accounts_id_seq TO "itsupport-admin-web";

GRANT SELECT,INSERT,UPDATE ON TABLE public.admins TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.alerts TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.alerts TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.alerts TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.alerts TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.alert_words TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.alert_words TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.alert_words TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.alert_words TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.alerts_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.alerts_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.alerts_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.alerts_id_seq TO "itsupport-admin-web";

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_tokens TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.api_tokens_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.api_tokens_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.api_tokens_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.api_tokens_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.applications TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.applications TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.applications TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.applications TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.applications_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.applications_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.applications_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.applications_id_seq TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.audit_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.audit_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.audit_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.audit_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.audit_seals TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.audit_seals TO "itsupport-order-engine";
GRANT SELECT,INSERT ON TABLE public.audit_seals TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.audit_seals TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.billing_months_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.billing_months_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.billing_months_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.billing_months_id_seq TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.calendars_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.calendars_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.calendars_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.calendars_id_seq TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cards TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.cards TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.cards TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.cards TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.categories TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.categories TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.categories TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.categories TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chats TO "itsupport-bot-gateway";

GRANT SELECT ON TABLE public.client_months TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.client_months TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.client_months TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.client_months TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.commands TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.commands TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.commands TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.commands TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.deadlines TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE ON TABLE public.deadlines TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.deadlines TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.deadlines TO "itsupport-admin-web";

GRANT UPDATE(due_at) ON TABLE public.deadlines TO "itsupport-order-engine";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.deliveries TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.deliveries TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.deliveries TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.deliveries TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.notices TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.notices TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.notices TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sender_marks TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.sender_marks TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.sender_marks TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.sender_marks TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.concerns TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.concerns TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.concerns TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.concerns TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.deadlines_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.deadlines_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.deadlines_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.deadlines_id_seq TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.deliveries_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.deliveries_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.deliveries_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.deliveries_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.departed TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.departed TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.departed TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.departed TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.digests TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.digests TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.digests TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.digests TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.disclosures TO "itsupport-bot-gateway";

GRANT USAGE ON SEQUENCE public.disclosures_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.disclosures_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.disclosures_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.disclosures_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.example_orders TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.example_orders TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.example_orders TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.example_orders TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.hour_months TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.hour_months TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.hour_months TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.hour_months TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbox TO "itsupport-bot-gateway";

GRANT SELECT(received_at) ON TABLE public.inbox TO "itsupport-admin-web";

GRANT SELECT(parked_reason) ON TABLE public.inbox TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.inquiries TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.inquiries TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.inquiries TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.inquiries TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.inquiries_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.inquiries_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.inquiries_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.inquiries_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.invites TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.invites TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.invites TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.invites TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.invites_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.invites_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.invites_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.invites_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.managers_group TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.managers_group TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.managers_group TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.managers_group TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.payout_entries TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.payout_entries TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.payout_entries TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.payout_entries TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.payout_marks TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.payout_marks TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.payout_marks TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.payout_marks TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.payout_months TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.payout_months TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.payout_months TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.payout_months TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.month_totals TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.month_totals TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.month_totals TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.month_totals TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.notices_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.notices_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.notices_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.notices_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.offer_declines TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.offer_declines TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.offer_declines TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.offer_declines TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.offer_pings TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.offer_pings TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.offer_pings TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.offer_pings TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_events_default TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.order_events_default TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_events_default TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_events_default TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_facts TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.order_facts TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_facts TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_facts TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_passes TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.order_passes TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_passes TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_passes TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_pins TO "itsupport-bot-gateway";
GRANT SELECT,INSERT ON TABLE public.order_pins TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_pins TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_pins TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.order_timeline TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.order_timeline TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.order_timeline TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.order_timeline TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.orders_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.orders_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.orders_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.orders_id_seq TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.payout_entries_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.payout_entries_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.payout_entries_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.payout_entries_id_seq TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.payout_marks_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.payout_marks_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.payout_marks_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.payout_marks_id_seq TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.people_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.people_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.people_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.people_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.person_categories TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE ON TABLE public.person_categories TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.person_categories TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.person_categories TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.pins TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,DELETE ON TABLE public.pins TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.pins TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.pins TO "itsupport-admin-web";

GRANT SELECT,INSERT,UPDATE ON TABLE public.process_stats TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.process_stats TO "itsupport-order-engine";
GRANT SELECT,INSERT,UPDATE ON TABLE public.process_stats TO "itsupport-sla-watcher";
GRANT SELECT,INSERT,UPDATE ON TABLE public.process_stats TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.quota_entries_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.quota_entries_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.quota_entries_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.quota_entries_id_seq TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.readers TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.readers TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.readers TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.readers TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.tariffs_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.tariffs_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.tariffs_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.tariffs_id_seq TO "itsupport-admin-web";

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.topics TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.topics TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.topics TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.topics TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.upgrade_requests TO "itsupport-bot-gateway";
GRANT SELECT,INSERT,UPDATE ON TABLE public.upgrade_requests TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.upgrade_requests TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.upgrade_requests TO "itsupport-admin-web";

GRANT SELECT ON TABLE public.unanswered TO "itsupport-bot-gateway";
GRANT SELECT ON TABLE public.unanswered TO "itsupport-order-engine";
GRANT SELECT ON TABLE public.unanswered TO "itsupport-sla-watcher";
GRANT SELECT ON TABLE public.unanswered TO "itsupport-admin-web";

GRANT USAGE ON SEQUENCE public.upgrade_requests_id_seq TO "itsupport-bot-gateway";
GRANT USAGE ON SEQUENCE public.upgrade_requests_id_seq TO "itsupport-order-engine";
GRANT USAGE ON SEQUENCE public.upgrade_requests_id_seq TO "itsupport-sla-watcher";
GRANT USAGE ON SEQUENCE public.upgrade_requests_id_seq TO "itsupport-admin-web";
