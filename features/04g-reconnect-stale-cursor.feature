# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4G.1 4da3eb14
# 4G.2 24cfa580
# 4G.3 8d650494
# 4G.4 bdaa2b7d
# 4G.5 7d45450b
@section-4G @check
Feature: 4G Reconnect time-out storm or stale cursor spike
  Sockets time out in numbers, or clients come back with cursors older than what is kept: do
  heartbeats and retention work as configured, and do clients find their way back? Clients of our
  own connect, drop and resume; nothing is changed.

  @exit-criterion @alert @statement:4G.1 @severity:high
  Scenario: The alerts on sockets are quiet
    Then the alerts on socket time-outs and on stale cursors are quiet

  @exit-criterion @statement:4G.2 @statement:4G.4 @severity:high
  Scenario: Sockets live as long as their clients
    Then hardly any sync socket times out

  @exit-criterion @statement:4G.2 @severity:high
  Scenario: Heartbeats come as configured
    Then the sync socket sends its heartbeat as often as it should

  @statement:4G.2 @severity:medium
  Scenario: Retention removes what is too old
    Then the sync journal holds nothing older than the retention horizon

  @statement:4G.2 @severity:high
  Scenario: Retention keeps what is young enough
    Then the sync journal holds all that is younger than the retention horizon

  @exit-criterion @statement:4G.2 @statement:4G.4 @severity:critical
  Scenario: A client that reconnects goes on without a gap
    Given topics of which something is retained
    Then a client of every runtime pod that reconnects goes on without a gap

  @exit-criterion @statement:4G.3 @statement:4G.5 @severity:critical
  Scenario: A client with a stale cursor finds its way back
    Given topics of which something is no longer retained
    When a client of every runtime pod resumes from before that
    Then it is told to take a new snapshot
    And it can go on from there
