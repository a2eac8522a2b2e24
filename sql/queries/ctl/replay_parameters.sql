-- how the parameters have changed, in the order in which they did
-- no parameters
-- rows: at bigint ms, name text, value text (null: its default again)
select ms(at), substr(subject, length('parameter:') + 1), detail ->> 'value'
from audit
where starts_with(subject, 'parameter:')
order by at, id
