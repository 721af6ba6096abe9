-- Contract 9.3: what is left is the total less what is spent and what is set aside.
with seen as (
  select a.* from runtime.spend_authorizations a
  where a.revoked_at is null and (a.expires_at is null or a.expires_at > :now) and a.mode <> 'deny' and a.max_total_sats > 0
), bad as (
  select 'authorization ' || authorization_id || ', '
    || greatest(max_total_sats - spent_sats - reserved_sats, 0) || ' of ' || max_total_sats || ' sats left ('
    || reserved_sats || ' set aside), of '
    || coalesce('user ' || owner_user_id, 'guest ' || owner_guest_scope) as cause,
    updated_at as at,
    coalesce((select v.run_id from runtime.spend_reservations v where v.authorization_id = seen.authorization_id
      group by v.run_id order by sum(v.amount_sats) desc limit 1), '') as example
  from seen
  where (max_total_sats - spent_sats - reserved_sats) * 100 < max_total_sats * :room
)
