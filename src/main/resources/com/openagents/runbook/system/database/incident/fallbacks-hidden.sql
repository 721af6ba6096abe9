-- Contract 8.3: a fallback that was used stands in the outcome and in the receipt.
with seen as (
  select t.run_id, t.tool_name, t.output, t.updated_at from runtime.tool_tasks t
  where t.updated_at > :now - :window
    and (t.output->'fallback'->>'used' = 'true' or t.output->'provider_result'->>'fallback_used' = 'true')
), bad as (
  select tool_name || ', provider '
    || coalesce(output->'fallback'->>'provider', output->'provider_result'->>'provider', 'not recorded') || ' in the place of '
    || coalesce(output->'fallback'->>'primary_provider', output->>'provider', 'one not recorded') as cause,
    updated_at as at, run_id as example
  from seen
  where coalesce(output->'receipt'->'fallback'->>'used', 'false') <> 'true'
)
