# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 8.5 9e815431
@section-8 @drill @chaos
Feature: 8 Restart and reconnect drills
  Before a release is promoted: does the runtime bear what happens in operation? Pods, sockets and the database go away
  while clients use it; nothing may be lost, and nothing may come twice.

  @drill:killed-pod @statement:8.5 @severity:critical
  Scenario: A run goes on when the pod that executes it is killed
    Given the runtime is steady
    And at least two runtime pods
    And clients use the runtime
    When the pod that executes a run is killed
    Then the run goes on within 60 seconds
    And the runtime is steady again
    And the clients go on for 10 seconds
    And the events of every run are linked without a gap
    And every run that ended says so last and once
    And no client lost an update or saw one twice
    And everything is put back

  @drill:cut-sockets @statement:8.5 @severity:critical
  Scenario: Clients whose sockets are cut come back with a fresh token and miss nothing
    Given the runtime is steady
    And at least two runtime pods
    And clients use the runtime
    When the pods are restarted one after the other
    Then every runtime pod refuses a client that comes back with an expired token
    And every runtime pod lets it in with a fresh one
    And no client lost an update or saw one twice
    And everything is put back

  @drill:cut-sessions @statement:8.5 @severity:high
  Scenario: The database may cut every session
    Given the runtime is steady
    And clients use the runtime
    When all sessions with the database are cut
    Then the runtime is steady again
    And every runtime pod answers from the database within 30 seconds
    And no client lost an update or saw one twice
    And everything is put back

  @drill:slow-database @statement:8.5 @severity:high
  Scenario: The database may be slow for a while
    Given the runtime is steady
    And clients use the runtime
    When the events of runs cannot be read or written for a while
    Then the runtime is steady again
    And every runtime pod answers from the database within 30 seconds
    And no client lost an update or saw one twice
    And everything is put back

  @drill:disruption-budget @statement:8.5 @severity:high
  Scenario: The disruption budget keeps pods that are needed
    Given the runtime is steady
    And at least two runtime pods
    And a disruption budget that lets one pod go
    When two pods are to be evicted at the same time
    Then the disruption budget keeps the second
    And the runtime is steady again
    And everything is put back

  @drill:database-restart @statement:8.5 @severity:critical
  Scenario: PostgreSQL may be restarted
    Given the runtime is steady
    And clients use the runtime
    When PostgreSQL is restarted
    Then the runtime is steady again
    And every runtime pod answers from the database within 30 seconds
    And no client lost an update or saw one twice
    And everything is put back

  @drill:partition @statement:8.5 @severity:critical
  Scenario: A run goes on when its pod is cut off the database
    Given the runtime is steady
    And at least two runtime pods
    And clients use the runtime
    When nothing passes between the database and the pod that executes a run for 10 seconds
    Then the run goes on within 60 seconds
    And the runtime is steady again
    And the clients go on for 10 seconds
    And the events of every run are linked without a gap
    And every run that ended says so last and once
    And no client lost an update or saw one twice
    And everything is put back

  @drill:retention @statement:8.5 @severity:critical
  Scenario: A client that retention has passed is told so
    Given the runtime is steady
    And a client that left after the newest update of each topic
    And clients use the runtime
    When it misses updates, and retention removes them
    Then every runtime pod tells it to take a new snapshot when it comes back
    And every runtime pod lets it go on from there
    And no client lost an update or saw one twice
    And everything is put back

  @drill:token-time @statement:8.5 @severity:critical
  Scenario: Clocks may differ by half a minute, and what has expired has expired
    Given the runtime is steady
    When clients come whose clocks differ from those of the pods
    Then every runtime pod accepts a request from a clock that is 20 seconds ahead
    And every runtime pod refuses a request from a clock that is 40 seconds ahead
    And every runtime pod refuses a request whose token expired a second ago
    And every runtime pod opens a sync socket for a token from a clock that is 20 seconds ahead
    And every runtime pod refuses a sync token from a clock that is 40 seconds ahead
    And every runtime pod refuses a sync token that expired a second ago
    And everything is put back
