/**
 * What proves a run: the manifest of its folder, the attestation of its result, and how both are verified. Knows the
 * report and nothing that is outside the folder of the run.
 */
package com.openagents.runbook.report.attestation;
