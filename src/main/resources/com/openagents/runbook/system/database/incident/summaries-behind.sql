-- Contract 10.1: the summary of a run has its status; a projection follows at once, so some seconds are enough.
with seen as (
  select r.run_id, r.status, r.terminal_at as at, s.payload->>'status' as shown
  from runtime.runs r join runtime.sync_run_summaries s on s.doc_key = 'runtime/run_summary:' || r.run_id
  where r.status in ('succeeded', 'failed', 'canceled')
    and r.terminal_at > :now - :window and r.terminal_at < :now - interval '2 seconds'
), bad as (
  select 'ended ' || status || ', its summary says ' || coalesce(shown, 'nothing') as cause, at, run_id as example
  from seen where shown is distinct from status
)
