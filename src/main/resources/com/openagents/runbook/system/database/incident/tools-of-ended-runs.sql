-- Contract 7.7: what a run has open is canceled with it.
with seen as (
  select t.run_id, t.tool_name, t.state, t.metadata, r.status, coalesce(r.terminal_at, r.updated_at) as ended_at
  from runtime.tool_tasks t join runtime.runs r using (run_id)
  where t.state in ('queued', 'running', 'streaming')
), bad as (
  select tool_name || ' still ' || state || ', its run is ' || status as cause, ended_at as at, run_id as example
  from seen
  where status in ('succeeded', 'failed', 'canceled') and ended_at < :now - interval '2 seconds'
)
