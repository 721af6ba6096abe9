-- The table belongs to an earlier migration, so taking the repair back leaves it.
SELECT 1;
