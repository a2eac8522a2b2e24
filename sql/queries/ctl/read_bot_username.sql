-- the bot's username, as bot-gateway has last reported it
-- at most one row: username text
select counters ->> 'bot_username'
from process_stats
where daemon = 'bot-gateway' and counters ->> 'bot_username' is not null
order by seen_at desc
limit 1
