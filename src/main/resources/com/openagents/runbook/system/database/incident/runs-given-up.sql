-- Contract 6.2: after the last attempt the janitor fails the run.
with seen as (
  select run_id, status, terminal_reason_class, terminal_at, recovery_attempt_count
  from runtime.runs where terminal_at > :now - :window
), bad as (
  select 'after ' || s.recovery_attempt_count || ' attempts, last held by '
    || coalesce((select regexp_replace(e.payload->>'lease_owner', ':(agent:|<).*$', '') from runtime.run_events e
      where e.run_id = s.run_id and e.event_type = 'run.executor_lost' order by e.seq desc limit 1), 'nobody known') as cause,
    s.terminal_at as at, s.run_id as example
  from seen s
  where s.status = 'failed' and s.terminal_reason_class = 'executor_recovery_exhausted'
)
