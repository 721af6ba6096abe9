-- Contract 9.3: a revoked or expired budget denies everything. In use is what something was set aside from.
with seen as (
  select a.*, v.run_id as used_by from runtime.spend_authorizations a
  join lateral (select r.run_id from runtime.spend_reservations r where r.authorization_id = a.authorization_id
    and r.reserved_at > :now - :window order by r.reserved_at desc limit 1) v on true
), bad as (
  select 'authorization ' || authorization_id || ' of ' || coalesce('user ' || owner_user_id, 'guest ' || owner_guest_scope)
    || case when revoked_at is not null then ' was revoked' else ' has expired' end as cause,
    coalesce(revoked_at, expires_at) as at, used_by as example
  from seen
  where revoked_at > :now - :window or expires_at between :now - :window and :now
)
