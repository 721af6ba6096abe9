-- Contract 9.3: recover_stuck takes those older than a minute.
with seen as (
  select v.* from runtime.spend_reservations v where v.state = 'reserved'
), bad as (
  select 'authorization ' || authorization_id as cause, reserved_at as at,
    run_id || ', ' || amount_sats || ' sats' as example
  from seen
  where reserved_at < :now - interval '5 minutes'
)
