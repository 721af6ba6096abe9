package com.openagents.runbook.system.database;

import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the runtime's tables tell about incidents (runbook 4, contract 15.4 and 19). Every question gives the columns
 * {@code name}, {@code number}, {@code since} and {@code example}; nothing is written.
 */
public final class IncidentReader {
    private static final int MOST_ROWS = 20;

    private final ReadOnlySession session;
    private final Psql psql;
    private final String database;
    private final EvidenceLog evidence;

    IncidentReader(ReadOnlySession session, Psql psql, String database, EvidenceLog evidence) {
        this.session = session;
        this.psql = psql;
        this.database = database;
        this.evidence = evidence;
    }

    /** Ended runs whose last event is not {@code run.finished}, or that said so not once (contract 7.2 and 7.4). */
    public Counted runsWithoutProperEnd(Duration window) {
        return ask("Runs that did not end properly", "each ended run says run.finished last and once", """
                with ended as (select run_id, terminal_at,
                    (select event_type from runtime.run_events e where e.run_id = r.run_id order by seq desc limit 1) as last,
                    (select count(*) from runtime.run_events e where e.run_id = r.run_id
                       and e.event_type = 'run.finished') as ends
                  from runtime.runs r where status in ('succeeded', 'failed', 'canceled') and updated_at > %1$s)
                select case when ends = 0 then 'never said run.finished'
                            when ends > 1 then 'said run.finished ' || ends || ' times'
                            else 'said ' || last || ' after run.finished' end as name,
                  count(*) as number, min(terminal_at) as since, min(run_id) as example,
                  (select count(*) from ended) as out_of
                from ended where ends <> 1 or last is distinct from 'run.finished' group by 1
                """.formatted(
                        after(window)));
    }

    /** Cancel requests by reason, out of the runs of the same time (contract 7.7). */
    public Counted cancelRequests(Duration window) {
        return ask("Cancel requests", "a share of the runs", """
                select coalesce(payload ->> 'reason', 'no reason') as name, count(*) as number,
                  min(inserted_at) as since, min(run_id) as example,
                  (select count(*) from runtime.runs where inserted_at > %1$s) as out_of
                from runtime.run_events where event_type = 'run.cancel_requested' and inserted_at > %1$s group by 1
                """.formatted(after(window)));
    }

    /** Leases of unfinished runs that ended longer ago than the janitor may take (contract 6.2). */
    public Counted staleLeases(Duration bound) {
        return ask("Stale leases", "none older than the janitor's bound", """
                select 'held by ' || l.lease_owner as name, count(*) as number, min(l.lease_expires_at) as since,
                  min(l.run_id) as example, (select count(*) from runtime.run_leases) as out_of
                from runtime.run_leases l join runtime.runs r using (run_id)
                where r.status not in ('succeeded', 'failed', 'canceled') and l.lease_expires_at < %s group by 1
                """.formatted(after(bound)));
    }

    /** Tool calls that ended badly, by tool and class of error (contract 8.1). */
    public Counted toolFailures(Duration window) {
        return ask("Tool calls that ended badly", "a share of those that ended", """
                select tool_name || ': ' || state || coalesce(' (' || error_class || ')', '') as name,
                  count(*) as number, min(coalesce(failed_at, timed_out_at)) as since, min(run_id) as example,
                  (select count(*) from runtime.tool_tasks where updated_at > %1$s
                     and state in ('succeeded', 'failed', 'timed_out')) as out_of
                from runtime.tool_tasks where state in ('failed', 'timed_out') and updated_at > %1$s group by 1
                """.formatted(after(window)));
    }

    /** Tool calls that go on beyond their time budget, or after their run was canceled (contract 8.1 and 7.7). */
    public Counted overdueTools(Duration budget) {
        return ask("Tool calls that go on", "none beyond its time, none of an ended run", """
                select t.tool_name || case when r.status in ('succeeded', 'failed', 'canceled')
                         then ': its run is ' || r.status else ': over its time' end as name,
                  count(*) as number, min(t.running_at) as since, min(t.run_id) as example,
                  (select count(*) from runtime.tool_tasks) as out_of
                from runtime.tool_tasks t join runtime.runs r using (run_id)
                where t.state in ('running', 'streaming') and t.updated_at < %s group by 1
                """.formatted(after(budget)));
    }

    /** Policy denials by reason code, with the authorization that met most of them (contract 9.3). */
    public Counted denials(Duration window) {
        return ask("Policy denials by reason", "a share of the tool calls", """
                select coalesce(payload ->> 'reason_code', 'no reason') as name, count(*) as number,
                  min(inserted_at) as since,
                  'authorization ' || coalesce(mode() within group (order by payload ->> 'authorization_id'), 'unknown')
                    as example,
                  (select count(*) from runtime.run_events where event_type in ('tool.call', 'policy.decision')
                     and inserted_at > %1$s) as out_of
                from runtime.run_events where event_type = 'policy.decision'
                  and payload ->> 'decision' = 'denied' and inserted_at > %1$s group by 1
                """.formatted(after(window)));
    }

    /** Authorizations of which so much is spent or set aside that little is left (contract 9.3). */
    public Counted drainedBudgets(int percent) {
        return ask("Budgets that are nearly used up", "less than " + percent + " % used", """
                select mode || ' ' || authorization_id as name, 1 as number, updated_at as since,
                  (spent_sats + reserved_sats) || ' of ' || max_total_sats || ' sats' as example,
                  (select count(*) from runtime.spend_authorizations) as out_of
                from runtime.spend_authorizations
                where revoked_at is null and (expires_at is null or expires_at > timezone('utc', now()))
                  and max_total_sats > 0 and 100 * (spent_sats + reserved_sats) >= %d * max_total_sats
                """.formatted(percent));
    }

    /** Loops that the runtime noticed, by detector (contract 9.4). */
    public Counted loops(Duration window) {
        return ask("Loops that were detected", "none", """
                select coalesce(payload ->> 'detector', 'unknown') as name, count(*) as number,
                  min(inserted_at) as since, min(run_id) as example, 0 as out_of
                from runtime.run_events where event_type = 'run.loop_detected' and inserted_at > %s group by 1
                """.formatted(after(window)));
    }

    /** Rows of sync topics that retention should have removed (contract 10.4). */
    public Counted overdueSyncRows(Duration horizon) {
        return ask("Sync rows beyond the horizon", "none older than the horizon and one round", """
                select topic as name, count(*) as number, min(inserted_at) as since,
                  'watermark ' || min(watermark) as example,
                  (select count(*) from runtime.sync_stream_events) as out_of
                from runtime.sync_stream_events where inserted_at < %s group by 1
                """.formatted(
                        after(horizon)));
    }

    private static String after(Duration window) {
        return "timezone('utc', now()) - interval '" + window.toSeconds() + " seconds'";
    }

    private Counted ask(String title, String threshold, String sql) {
        var ordered = sql.strip() + " order by 2 desc, 1";
        var rows = session.ask(database, open -> Rows.of(open, ordered));
        var at = Instant.now();
        var command = psql.query(database, ordered.replaceAll("\\s+", " "));
        var context = Map.of("database", database);
        evidence.saw(new Evidence(title, "database", command, shown(rows), threshold, at, context));
        long outOf = rows.isEmpty() ? 0 : Long.parseLong(rows.get(0).get("out_of"));
        return new Counted(rows.stream().map(IncidentReader::count).toList(), outOf, at, command);
    }

    private static List<Map<String, String>> shown(List<Map<String, String>> rows) {
        return rows.isEmpty()
                ? List.of(Map.of("name", "none"))
                : new ArrayList<>(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
    }

    private static Counted.Count count(Map<String, String> row) {
        var since = Optional.of(row.get("since"))
                .filter(text -> !text.isEmpty())
                .map(text -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
        return new Counted.Count(row.get("name"), Long.parseLong(row.get("number")), since, row.get("example"));
    }
}
