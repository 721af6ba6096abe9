/** The registry of tool and skill specs, built-in ones included (contract 3.5). */
package com.openagents.runbook.replica.runtime.skills;
