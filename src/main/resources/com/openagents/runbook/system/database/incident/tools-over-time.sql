-- Contract 8.1: the default budget is 5 s; a second more is for writing the result. Tools of ended runs are asked for elsewhere.
with seen as (
  select t.*, coalesce(t.succeeded_at, t.failed_at, t.canceled_at, t.timed_out_at, :now) - t.running_at as took
  from runtime.tool_tasks t join runtime.runs r using (run_id)
  where t.running_at is not null and (t.updated_at > :now - :window
    or (t.state in ('running', 'streaming') and r.status not in ('succeeded', 'failed', 'canceled')))
), bad as (
  select tool_name || ', provider ' || coalesce(metadata->>'provider', output->>'provider', 'not recorded') || ', '
    || case when state in ('running', 'streaming') then 'still ' || state else state || ' too late' end as cause,
    running_at as at,
    run_id || ' after ' || floor(extract(epoch from took)) || ' s' as example
  from seen s
  where took > :budget + interval '1 second'
    and (state not in ('running', 'streaming') or exists (select 1 from runtime.runs r
      where r.run_id = s.run_id and r.status not in ('succeeded', 'failed', 'canceled', 'canceling')))
)
