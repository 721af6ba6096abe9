/**
 * The database of the replica: a real PostgreSQL server with the runtime's schema, its migrations and its roles.
 * Nothing of it outlives the process that started it.
 */
package com.openagents.runbook.replica.database;
