-- Contract 6.2: the janitor comes every 5 s and leaves a run alone for 30 s after an attempt.
with seen as (
  select l.run_id, l.lease_owner, l.lease_expires_at, r.recovery_attempt_count
  from runtime.run_leases l join runtime.runs r using (run_id)
  where r.status not in ('succeeded', 'failed', 'canceled')
), bad as (
  select 'of ' || regexp_replace(lease_owner, ':(agent:|<).*$', '') || ', '
    || case recovery_attempt_count when 0 then 'the janitor never came'
      else 'after ' || recovery_attempt_count || ' attempts of the janitor' end as cause,
    lease_expires_at as at, run_id as example
  from seen
  where lease_expires_at < :now - :stale
)
