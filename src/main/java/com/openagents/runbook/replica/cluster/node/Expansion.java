package com.openagents.runbook.replica.cluster.node;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $(NAME)} in the words of a container. What is not known stays; {@code $$(NAME)} is a written {@code $(NAME)}. */
final class Expansion {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    private Expansion() {}

    static String expand(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "$" : variables.getOrDefault(found.group(1), found.group())));
    }
}
