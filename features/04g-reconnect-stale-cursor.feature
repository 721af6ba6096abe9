@section-4G @check
Feature: 4G Reconnect time-out storm or stale cursor spike
  Sockets time out in numbers, or clients come back with cursors older than what is kept: do
  heartbeats and retention work as configured?

  @statement:4G.1 @severity:high @control:SOC2-A1.1
  Scenario: The alerts on sockets are quiet
    Then the alerts on socket time-outs and on stale cursors are quiet

  @statement:4G.2 @severity:medium @control:SOC2-A1.1
  Scenario: Retention keeps a day and no more
    Then no sync event is kept beyond the retention horizon

  @statement:4G.2 @statement:4G.4 @severity:high @control:SOC2-A1.1
  Scenario: Sockets live as long as their clients
    Then hardly any sync socket times out
