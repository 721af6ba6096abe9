package com.openagents.runbook.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One of several runs that share the selected scenarios.
 *
 * @param index from 1
 * @param of how many there are
 */
public record Shard(int index, int of) {
    /** All of them. */
    public static final Shard ALL = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})/([1-9]\\d{0,3})");

    public Shard {
        if (index < 1 || index > of) {
            throw new IllegalArgumentException("there is no shard " + index + " of " + of);
        }
    }

    /**
     * Reads {@code 2/3}.
     *
     * @throws IllegalArgumentException if it is nothing like that, saying what was expected
     */
    public static Shard parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no shard; expected is one such as 2/3");
        }
        return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    boolean isAll() {
        return of == 1;
    }

    /** Its part of them: each {@code of}-th, so that long sections are shared out, whatever their order. */
    Set<String> part(List<String> all) {
        var sorted = all.stream().sorted().toList();
        var part = new HashSet<String>();
        for (int i = index - 1; i < sorted.size(); i += of) {
            part.add(sorted.get(i));
        }
        return part;
    }

    /** For example {@code 2/3}; empty for all. */
    @Override
    @JsonValue
    public String toString() {
        return isAll() ? "" : index + "/" + of;
    }
}
