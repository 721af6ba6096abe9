package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label selectors: the text of a query parameter, and the object form in a spec. */
final class LabelSelector {

    private static final Pattern SET =
            Pattern.compile("\\s*(?<key>[^\\s,=!()]+)\\s+(?<op>in|notin)\\s*\\((?<values>[^()]*)\\)\\s*");
    private static final Pattern EQUALITY =
            Pattern.compile("\\s*(?<key>[^\\s,=!()<>]+)\\s*(?<op>==|=|!=|>|<)\\s*(?<value>[^\\s,=!()<>]*)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(?<not>!?)\\s*(?<key>[^\\s,=!()<>]+)\\s*");

    private static final Pattern MEMBERSHIP = Pattern.compile("\\S+\\s+(in|notin)\\s+(?<next>[^(\\s]+).*");
    private static final Pattern SECOND_OPERATOR =
            Pattern.compile("[^=!<>]+(==|!=|=|<|>)[^=!<>]*(?<operator>==|!=|=|<|>).*");

    private LabelSelector() {}

    /** Parses the query parameter {@code labelSelector}; the empty text selects everything. */
    static Predicate<Map<String, String>> parse(String text) {
        Predicate<Map<String, String>> all = labels -> true;
        if (text.isBlank()) {
            return all;
        }
        for (var requirement : split(text)) {
            all = all.and(requirement(requirement));
        }
        return all;
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        var depth = 0;
        var start = 0;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Predicate<Map<String, String>> requirement(String part) {
        var set = SET.matcher(part);
        if (set.matches()) {
            return inSet(set);
        }
        var equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            return equality(equality);
        }
        var exists = EXISTS.matcher(part);
        if (exists.matches()) {
            var key = exists.group("key");
            return exists.group("not").isEmpty()
                    ? labels -> labels.containsKey(key)
                    : labels -> !labels.containsKey(key);
        }
        throw Statuses.badRequest(problem(part.strip()));
    }

    private static String problem(String part) {
        var membership = MEMBERSHIP.matcher(part);
        if (membership.matches()) {
            return "unable to parse requirement: found '%s' expected: '('".formatted(membership.group("next"));
        }
        var second = SECOND_OPERATOR.matcher(part);
        if (second.matches()) {
            return "found '%s', expected: ',' or 'end of string'".formatted(second.group("operator"));
        }
        return "unable to parse requirement: found '%s', expected: identifier".formatted(part);
    }

    private static Predicate<Map<String, String>> inSet(Matcher set) {
        var key = set.group("key");
        var values = Arrays.stream(set.group("values").split(",", -1))
                .map(String::strip)
                .toList();
        return set.group("op").equals("in")
                ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
                : labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
    }

    private static Predicate<Map<String, String>> equality(Matcher equality) {
        var key = equality.group("key");
        var value = equality.group("value");
        return switch (equality.group("op")) {
            case "!=" -> labels -> !value.equals(labels.get(key));
            case ">" -> labels -> number(labels.get(key)) > number(value);
            case "<" -> labels -> number(labels.get(key)) < number(value);
            default -> labels -> value.equals(labels.get(key));
        };
    }

    private static double number(String text) {
        try {
            return text == null ? Double.NaN : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The object form: {@code matchLabels} and {@code matchExpressions}. */
    static Predicate<Map<String, String>> of(JsonNode selector) {
        Predicate<Map<String, String>> all = labels -> true;
        for (var entry : Json.strings(selector.path("matchLabels")).entrySet()) {
            all = all.and(labels -> entry.getValue().equals(labels.get(entry.getKey())));
        }
        for (var expression : selector.path("matchExpressions")) {
            all = all.and(expression(expression));
        }
        return all;
    }

    private static Predicate<Map<String, String>> expression(JsonNode expression) {
        var key = Json.text(expression, "key");
        var values = Json.items(expression.path("values")).stream()
                .map(JsonNode::asText)
                .toList();
        return switch (Json.text(expression, "operator")) {
            case "In" -> labels -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "Exists" -> labels -> labels.containsKey(key);
            default -> labels -> !labels.containsKey(key);
        };
    }

    static Map<String, String> labels(JsonNode object) {
        return Json.strings(object.path("metadata").path("labels"));
    }
}
