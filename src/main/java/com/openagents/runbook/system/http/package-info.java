/** What the clients that speak HTTP have in common: a call as a person would type it, its answer, and why none came. */
package com.openagents.runbook.system.http;
