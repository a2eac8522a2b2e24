-- the limits of a lent session: no statement outlasts a reader's patience, times are shown in UTC
-- one row, of no interest
select set_config('statement_timeout', '5s', false), set_config('timezone', 'UTC', false);
