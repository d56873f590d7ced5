import type { Migration } from './migration.js'

/**
 * Work that has fallen due since it was put is filed among the ready first, so that the scan by rank meets no row that is not due
 * and ends after `most` rows and those leased just now. A function, for two reasons: each of its statements sees what was committed
 * before it, and its settings hold the planner to that scan; on a table that fills and empties within a minute, statistics lie, and the
 * plan they suggest (fetch all that is due, sort it) takes 10 ms for 20,000 rows instead of 0.3.
 */
export const claim: Migration = {
  version: 2,
  name: 'claim',
  sql: (s) => `
create function ${s}.claim_work(kinds text[], present int8, expired int8, except_lanes text[], most int8, new_token text, until int8)
returns setof ${s}.work language plpgsql
set enable_bitmapscan = off set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  -- One at a time: a second one would lock the rows it finds filed already, and hide them from everybody else's claims.
  if exists (select 1 from ${s}.work where not ready and kind = any(kinds) and due_at <= present) then
    perform pg_advisory_xact_lock(hashtextextended('${s.replaceAll("'", "''")} ready', 0));
    update ${s}.work set ready = true where id = any(array(
      select id from ${s}.work where not ready and kind = any(kinds) and due_at <= present order by id for update));
  end if;
  return query
  with picked as (
    select w.id from unnest(kinds) as k(kind) cross join lateral (
      select id, rank, due_at from ${s}.work
      where kind = k.kind and ready and due_at <= present and (token is null or lease_until <= expired)
        and lane <> all(except_lanes)
      order by rank, due_at, id limit most for update skip locked) w
    order by w.rank, w.due_at, w.id limit most)
  update ${s}.work w set token = new_token, lease_until = until, attempt = w.attempt + 1
  where w.id = any(array(select id from picked)) returning w.*;
end
$$;

create function ${s}.rank_ends(wanted text, whose text, out floor float8, out last float8) language plpgsql
set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off
as $$
#variable_conflict use_column
begin
  floor := least(
    (select rank from ${s}.work where kind = wanted and ready and token is null order by rank, due_at, id limit 1),
    (select min(rank) from ${s}.work where kind = wanted and not ready));
  last := (select rank from ${s}.work where kind = wanted and account = whose and token is null order by rank desc limit 1);
end
$$;
`,
}
