package com.openagents.runbook.system.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Private keys in lines that are kept one by one: each line of a key alone looks like any other text, and nobody masks it. */
public final class KeyLines {
    private static final String LEFT_OUT = "… a private key is left out";
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY");
    private static final Pattern END = Pattern.compile("-----END [A-Z0-9 ]*PRIVATE KEY");

    private KeyLines() {}

    /** The lines without keys, also without the part of one that began before them or ends after them. */
    public static List<String> leftOut(List<String> lines) {
        var kept = new ArrayList<String>();
        boolean inside = false;
        for (var line : lines) {
            boolean ends = END.matcher(line).find();
            if (BEGIN.matcher(line).find()) {
                kept.add(LEFT_OUT);
                inside = !ends;
            } else if (ends) {
                if (!inside) {
                    kept.clear();
                    kept.add(LEFT_OUT);
                }
                inside = false;
            } else if (!inside) {
                kept.add(line);
            }
        }
        return kept;
    }
}
