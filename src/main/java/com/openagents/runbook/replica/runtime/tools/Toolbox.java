package com.openagents.runbook.replica.runtime.tools;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The tools that runs can call by name. */
public final class Toolbox {
    private final Map<String, Tool> tools = new HashMap<>();

    /** With the tools that need nothing but this process. */
    public Toolbox() {
        tools.put("runtime.echo", (input, progress) -> input);
        tools.put("runtime.wait", Toolbox::await);
    }

    public Toolbox with(String name, Tool tool) {
        tools.put(name, tool);
        return this;
    }

    public Tool find(String name) {
        return tools.getOrDefault(name, (input, progress) -> {
            throw new Tool.Failure("tool_not_found", "tool is not known: " + name);
        });
    }

    /** Shows that it works, and goes on for the milliseconds that it was given. */
    private static Map<String, Object> await(Map<String, Object> input, Tool.Progress progress) throws Exception {
        long millis = input.get("millis") instanceof Long given ? Math.max(given, 0) : 0;
        progress.show(Map.of("waits_ms", millis));
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        return Map.of("waited_ms", millis);
    }
}
