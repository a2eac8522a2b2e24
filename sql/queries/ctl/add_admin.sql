-- a login of the panel
-- $1 login text
-- no rows; none touched if it is there already
insert into admins (login)
values ($1::text)
on conflict do nothing
