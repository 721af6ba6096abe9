# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 9.1 0e816f40
# 9.2 2ddb8db1
# 9.3 b7c2bffc
# 9.4 f1a70daf
# 9.5 a8c4c353
# 9.6 a64e1175
# 9.7 65a7fd7b
# 9.8 991238cc
@section-9 @check
Feature: 9 Gate G0 local baseline
  Before anybody builds on the runtime: does the database answer, does it hold what the
  runtime needs, does every role stay within its own plane, and do the commands of the
  baseline pass in the working copy?

  @statement:9.1 @severity:critical
  Scenario: PostgreSQL accepts connections
    Then PostgreSQL accepts connections

  @statement:9.2 @severity:critical
  Scenario: The runtime databases exist
    Then every runtime database exists

  @statement:9.4 @severity:high
  Scenario: Migrations ran cleanly and none is pending
    Given the migrations of every runtime database
    Then no migration is pending
    And no migration is unknown to this runbook

  @statement:9.7 @severity:critical
  Scenario: The tables that the runtime cannot do without exist
    Then every runtime database has the required tables

  @statement:9.8 @severity:high
  Scenario: Each plane has its role
    Given who may do what in every runtime database
    Then the owner, runtime, khala and control roles exist
    And schema runtime belongs to the owner role

  @statement:9.8 @severity:high
  Scenario: The runtime role works in the runtime plane only
    Given who may do what in every runtime database
    Then the runtime role cannot write schema control
    And the runtime role reads and writes every table of schema runtime

  @statement:9.8 @severity:high
  Scenario: The khala role only reads what is projected
    Given who may do what in every runtime database
    Then the khala role cannot write schema runtime
    And the khala role cannot use schema control
    And the khala role reads no other table of schema runtime
    And the khala role reads the sync tables and the projection checkpoints

  @statement:9.8 @severity:critical
  Scenario: The control role writes nothing in the runtime plane
    Given who may do what in every runtime database
    Then the control role cannot write schema runtime

  @statement:9.8 @severity:critical
  Scenario: Nobody else has a right in the runtime plane
    Given who may do what in every runtime database
    Then PUBLIC has no right in schema runtime

  @local @slow @statement:9.3 @severity:high
  Scenario: A database can be created where it is missing
    When mix ecto.create runs for a test database of the working copy's own
    Then the command succeeds
    And it says that the database is there

  @local @slow @statement:9.4 @severity:high
  Scenario: The migrations of the working copy run
    Given a test database of the working copy's own
    When mix ecto.migrate runs in it
    Then the command succeeds

  @local @slow @statement:9.5 @severity:high
  Scenario: The runtime's tests pass
    When mix test runs in the working copy
    Then no test fails
    And the command succeeds

  @local @statement:9.6 @severity:high
  Scenario: The contract check passes and says so
    When mix runtime.contract.check runs in the working copy
    Then the command succeeds
    And the command says "runtime contract check passed"
