@section-9 @check
Feature: 9 Gate G0 local baseline
  Before runtime-adjacent work starts, the local database and the runtime baseline hold.

  @statement:9.1 @severity:high
  Scenario: PostgreSQL accepts connections
    Given the database of this environment
    Then it accepts connections within 2 seconds

  @statement:9.2 @severity:high
  Scenario Outline: The database <name> exists
    Given the database of this environment
    Then the database "<name>" exists

    Examples:
      | name                    |
      | openagents_runtime_dev  |
      | openagents_runtime_test |

  @statement:9.3 @severity:high
  Scenario: Migrations are complete
    Given the database of this environment
    Then all 34 migrations of the release are applied

  @statement:9.4 @severity:medium
  Scenario: The contract check passes
    Given a working copy of the repository with its Elixir tool chain
    Then the contract check ends with "runtime contract check passed"
