-- accounts paid for some time ahead whose end nobody would be told of, and ends of accounts that were never paid
-- rows: what text, id bigint, finding text, detail text
select 'account', a.id, 'deadline_missing', 'subscription end'
from accounts a
where a.paid_until > (suite_now() at time zone 'utc')::date + 1
  and not exists (select from deadlines d where d.account_id = a.id and d.step = 'end')
union all
select 'account', a.id, 'deadline_stray', 'subscription ' || d.step
from deadlines d
join accounts a on a.id = d.account_id
where a.paid_until is null
