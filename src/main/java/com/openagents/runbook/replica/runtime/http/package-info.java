/** The HTTP listener: connections, requests, responses, routes, and the order in which a request is judged. */
package com.openagents.runbook.replica.runtime.http;
