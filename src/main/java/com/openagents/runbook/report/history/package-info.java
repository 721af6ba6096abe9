/**
 * What earlier runs against the same environment said, kept without a server: a small line for each run in a file, and
 * what of this run is new, fixed or as before.
 */
package com.openagents.runbook.report.history;
