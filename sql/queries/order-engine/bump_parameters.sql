-- Every process reads the parameters again before its next step.
-- no rows
update installation
set parameters_version = parameters_version + 1
