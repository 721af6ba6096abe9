package com.openagents.runbook.system.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The part of a query that picks series: a metric and the names of the labels it is picked by. Queries are read here only
 * as far as needed to find these; what they mean Prometheus alone decides.
 */
public record Selector(String metric, Set<String> labels) {
    private static final String TEXTS = "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`";
    private static final String GROUPING = "(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)";

    /** Texts; the label lists of grouping, which name no metric; words with what follows them; numbers and times. */
    private static final Pattern TOKEN =
            Pattern.compile(TEXTS + "|\\b" + GROUPING + "|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?<next>[({]|" + GROUPING
                    + ")?|[0-9][0-9a-zA-Z.]*|\\[[^\\]]*]|(?<nameless>\\{)");

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern TEXT = Pattern.compile(TEXTS);
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "bool",
            "offset",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "inf",
            "nan",
            "Inf",
            "NaN",
            "atan2");

    public Selector {
        labels = Set.copyOf(labels);
    }

    /** All selectors of a query, in the order in which they stand. */
    public static List<Selector> in(String query) {
        var selectors = new ArrayList<Selector>();
        var token = TOKEN.matcher(query);
        int from = 0;
        while (token.find(from)) {
            from = token.end();
            var word = token.group("word");
            if (token.group("nameless") != null) {
                from = afterBraces(query, token.end());
                continue;
            }
            if (word == null || isOperator(token.group("next")) || WORDS.contains(word)) {
                continue;
            }
            var labels = "";
            if ("{".equals(token.group("next"))) {
                from = afterBraces(query, token.end());
                labels = query.substring(token.end(), from);
            }
            selectors.add(new Selector(word, labelNames(labels)));
        }
        return selectors;
    }

    /** A function, or an aggregation that names its labels first. */
    private static boolean isOperator(String next) {
        return next != null && !next.equals("{") && !next.startsWith("on") && !next.startsWith("ignoring");
    }

    private static int afterBraces(String query, int from) {
        var text = TEXT.matcher(query);
        int at = from;
        while (at < query.length() && query.charAt(at) != '}') {
            at = text.region(at, query.length()).lookingAt() ? text.end() : at + 1;
        }
        return Math.min(at + 1, query.length());
    }

    private static Set<String> labelNames(String braces) {
        var names = new TreeSet<String>();
        var label = LABEL.matcher(TEXT.matcher(braces).replaceAll("\"\""));
        while (label.find()) {
            names.add(label.group(1));
        }
        return names;
    }
}
