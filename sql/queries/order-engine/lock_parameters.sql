-- One parameter is changed at a time.
-- one row: is the currency fixed, because there is an order at its rate, or a payout
select exists (select from quota_entries) or exists (select from payout_entries)
from installation
for no key update
