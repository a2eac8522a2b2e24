-- Every engine forgets what it remembers of people.
-- no rows
update installation
set people_version = people_version + 1
