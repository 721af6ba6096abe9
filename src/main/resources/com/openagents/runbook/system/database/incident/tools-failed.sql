-- Contract 8.1, 8.2.
with seen as (
  select t.*, coalesce(t.failed_at, t.timed_out_at, t.updated_at) as at from runtime.tool_tasks t
  where t.updated_at > :now - :window and t.state in ('succeeded', 'failed', 'canceled', 'timed_out')
), bad as (
  select tool_name || ', provider ' || coalesce(metadata->>'provider', output->>'provider', 'not recorded') || ', '
    || case state when 'timed_out' then 'timed out' else 'failed' end || ', class ' || coalesce(error_class, 'none') as cause,
    at, run_id as example
  from seen
  where state in ('failed', 'timed_out')
)
