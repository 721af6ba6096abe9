/** PostgreSQL: the connection pool, transactions, small queries, and notifications between pods. */
package com.openagents.runbook.replica.runtime.db;
