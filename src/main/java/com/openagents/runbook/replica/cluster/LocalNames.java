package com.openagents.runbook.replica.cluster;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for cluster DNS: addresses of Services in the variables of a container become addresses of this machine.
 * Names without {@code http://} are only names and stay.
 */
final class LocalNames implements UnaryOperator<Map<String, String>> {
    private static final Pattern SERVICE =
            Pattern.compile("http://([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc\\.cluster\\.local");

    private final BiFunction<String, String, Optional<URI>> services;
    private final Map<String, String> fixed;

    /**
     * @param services from namespace and Service name to where it is
     * @param fixed variables that take the place of whatever a container has
     */
    LocalNames(BiFunction<String, String, Optional<URI>> services, Map<String, String> fixed) {
        this.services = services;
        this.fixed = fixed;
    }

    @Override
    public Map<String, String> apply(Map<String, String> variables) {
        var local = new HashMap<String, String>();
        variables.forEach((name, value) -> local.put(
                name,
                SERVICE.matcher(value)
                        .replaceAll(found -> Matcher.quoteReplacement(services.apply(found.group(2), found.group(1))
                                .map(URI::toString)
                                .orElse(found.group())))));
        local.putAll(fixed);
        return local;
    }
}
