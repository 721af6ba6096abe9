/**
 * Asks a PostgreSQL server what the runbook wants to know about it, over plain JDBC and read-only, and answers in
 * records. It judges nothing.
 */
package com.openagents.runbook.system.database;
