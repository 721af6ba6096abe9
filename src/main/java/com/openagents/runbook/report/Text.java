package com.openagents.runbook.report;

import java.util.regex.Pattern;

/** Makes text from anywhere safe to show: what would steer a terminal, or turn the reading order round, becomes visible. */
public final class Text {
    private static final Pattern ANSI =
            Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[@-Z\\\\-_])");

    private Text() {}

    /** Line feeds and tabs stay; terminal sequences go; other controls are shown by their picture or code point. */
    public static String visible(String text) {
        if (isPlain(text)) {
            return text;
        }
        var source = text.indexOf('\u001b') < 0 ? text : ANSI.matcher(text).replaceAll("");
        var out = new StringBuilder(source.length() + 16);
        source.replace("\r\n", "\n").codePoints().forEach(point -> append(out, point));
        return out.toString();
    }

    /** The same, with what HTML and attribute values need. */
    static String html(String text) {
        var visible = visible(text);
        int first = 0;
        while (first < visible.length() && entity(visible.charAt(first)) == null) {
            first++;
        }
        if (first == visible.length()) {
            return visible;
        }
        var out = new StringBuilder(visible.length() + 32).append(visible, 0, first);
        for (int i = first; i < visible.length(); i++) {
            var entity = entity(visible.charAt(i));
            if (entity == null) {
                out.append(visible.charAt(i));
            } else {
                out.append(entity);
            }
        }
        return out.toString();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\t') || (c > '~' && isOdd(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOdd(int point) {
        return (point >= 0x7f && point < 0xa0)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.LINE_SEPARATOR
                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(point) == Character.SURROGATE
                || (point & 0xfffe) == 0xfffe;
    }

    private static void append(StringBuilder out, int point) {
        if (point == '\n' || point == '\t') {
            out.append((char) point);
        } else if (point < ' ') {
            out.append((char) ('\u2400' + point));
        } else if (point == 0x7f) {
            out.append('\u2421');
        } else if (point == 0x200c || point == 0x200d) {
            // Joiners: words of many scripts, and emoji, are spelt with them.
            out.appendCodePoint(point);
        } else if (Character.getType(point) == Character.SURROGATE) {
            out.append('\ufffd');
        } else if (isOdd(point)) {
            out.append(String.format("\u2039U+%04X\u203a", point));
        } else {
            out.appendCodePoint(point);
        }
    }
}
