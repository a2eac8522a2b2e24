-- One parameter is changed at a time.
-- one row: is the currency fixed, because somebody has earned something
select exists (select from payout_entries)
from installation
for no key update
