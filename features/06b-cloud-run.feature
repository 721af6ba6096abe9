# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 6.3 f884b9a3
# 6.4 cabee01d
# 6.5 becbc6ba
# 6.6 52b64af8
# 6.7 7e2cdd49
@section-6 @check
Feature: 6 Migration and smoke gate
  Where production runs: does the release serve that was deployed, and was its database migrated
  after that deploy, with its image, by the command that looks whether the tables are there?

  @statement:6.3 @severity:critical
  Scenario: What was deployed on Cloud Run is what serves
    Then the newest revision on Cloud Run is ready
    And all traffic on Cloud Run reaches the image that was deployed

  @statement:6.3 @severity:high
  Scenario: The receipt on Cloud Run stands for the newest deploy
    Given the chained deploy on Cloud Run left a complete receipt
    Then the receipt stands for the image that was deployed
    And the receipt was written after the newest deploy
    And the receipt says that no verification was left out

  @statement:6.4 @severity:critical
  Scenario: No deploy on Cloud Run is without its migration
    Then the newest execution of the migration job succeeded
    And the newest execution of the migration job came after the newest deploy

  @statement:6.4 @severity:critical
  Scenario: The database behind Cloud Run is migrated
    Then the database behind Cloud Run has every migration of the release
    And the database behind Cloud Run has the required tables

  @statement:6.5 @statement:6.7 @severity:critical
  Scenario: Service, migration job and newest execution have the same image
    Given an execution of the migration job is on record
    Then the migration job has the image of the service
    And the newest execution of the migration job ran the image of the service

  @statement:6.6 @severity:high
  Scenario: Migrations on Cloud Run verify the required tables
    Given an execution of the migration job is on record
    Then the migration job verifies the required tables
    And the newest execution of the migration job verified the required tables
