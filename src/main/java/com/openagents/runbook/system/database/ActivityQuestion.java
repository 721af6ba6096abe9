package com.openagents.runbook.system.database;

import java.time.Duration;

/** What triage asks the runtime's tables (runbook 3.4, 3.5). All of them are small answers, whatever the tables hold. */
public enum ActivityQuestion {
    RUNS(
            "Runs by status",
            "select status, coalesce(terminal_reason_class, '') as reason_class, count(*) as runs from runtime.runs"
                    + " where updated_at > %s group by 1, 2 order by 3 desc limit 20"),
    LEASES(
            "Leases of runs that go on",
            "select case when l.lease_expires_at < (now() at time zone 'utc') then 'expired' else 'held' end as state,"
                    + " count(*) as leases, max(extract(epoch from (now() at time zone 'utc') - l.lease_expires_at)::bigint)"
                    + " as seconds_past from runtime.run_leases l join runtime.runs r using (run_id)"
                    + " where r.status not in ('canceled', 'succeeded', 'failed') group by 1 order by 1"),
    EXECUTORS_LOST(
            "Executors lost",
            "select run_id, count(*) as times, max(inserted_at) as last from runtime.run_events"
                    + " where event_type = 'run.executor_lost' and inserted_at > %s"
                    + " group by 1 order by 2 desc, 3 desc limit 10"),
    TOOLS(
            "Tool tasks by state",
            "select tool_name, state, coalesce(error_class, '') as error_class, count(*) as tasks from runtime.tool_tasks"
                    + " where updated_at > %s group by 1, 2, 3 order by 4 desc limit 20"),
    DENIALS(
            "Policy denials by reason",
            "select coalesce(payload->>'reason_code', '') as reason_code, count(*) as denials, max(run_id) as a_run"
                    + " from runtime.run_events where event_type = 'policy.decision' and payload->>'decision' = 'denied'"
                    + " and inserted_at > %s group by 1 order by 2 desc limit 20"),
    CANCELS(
            "Cancel requests",
            "select count(*) as requests, count(distinct run_id) as runs, coalesce(max(run_id), '') as a_run"
                    + " from runtime.run_events where event_type = 'run.cancel_requested' and inserted_at > %s"),
    LOOPS(
            "Loops detected",
            "select run_id, count(*) as times from runtime.run_events where event_type = 'run.loop_detected'"
                    + " and inserted_at > %s group by 1 order by 2 desc limit 10"),
    STALE(
            "Rows that should be gone or have moved",
            "select 'sync rows past the retention of 24 h' as what, count(*) as rows from runtime.sync_stream_events"
                    + " where inserted_at < (now() at time zone 'utc') - interval '25 hours' union all"
                    + " select 'reservations held for over 5 min', count(*) from runtime.spend_reservations"
                    + " where state = 'reserved' and reserved_at < (now() at time zone 'utc') - interval '5 minutes'"),
    NEWEST(
            "Newest runs that did not succeed",
            "select run_id, status, coalesce(terminal_reason_class, '') as reason_class, updated_at from runtime.runs"
                    + " where updated_at > %s and status in ('failed', 'canceled', 'canceling')"
                    + " order by updated_at desc limit 10");

    private final String title;
    private final String sql;

    ActivityQuestion(String title, String sql) {
        this.title = title;
        this.sql = sql;
    }

    public String title() {
        return title;
    }

    String sql(Duration since) {
        return sql.replace(
                "%s", "(now() at time zone 'utc') - interval '" + Math.max(1, since.toSeconds()) + " seconds'");
    }
}
