package com.openagents.runbook.evidence;

/**
 * A text as it reads once every escape is taken back, with the place of each character in the text as it stands: escapes of
 * JSON, percent-encoding, entities of XML and HTML, several layers deep. Lines are joined, and a plus is a space, as in forms
 * of the web. So one secret reads the same however it was written.
 */
final class Unescaped {
    /** JSON in a string of JSON in an annotation in a line of the record, and two to spare. */
    private static final int MOST_LAYERS = 6;

    private static final int HEX = 16;
    private static final int HEX_OF_PERCENT = 2;
    private static final int HEX_OF_UNICODE = 4;
    private static final int LONGEST_ENTITY = 8;
    private static final int ASCII = 128;

    private final char[] chars;
    private final int[] from;
    private final int[] to;
    private int length;

    private Unescaped(int capacity) {
        chars = new char[capacity];
        from = new int[capacity];
        to = new int[capacity];
    }

    static Unescaped of(String text) {
        var layer = new Unescaped(text.length());
        for (int i = 0; i < text.length(); i++) {
            layer.put(text.charAt(i), i, i + 1);
        }
        for (int depth = 0; depth < MOST_LAYERS; depth++) {
            var next = layer.unescape();
            if (next.length == layer.length) {
                return next;
            }
            layer = next;
        }
        return layer;
    }

    String text() {
        return new String(chars, 0, length);
    }

    /** Where a character begins in the text as it stands. */
    int from(int index) {
        return from[index];
    }

    /** Where a character ends there. */
    int to(int index) {
        return to[index];
    }

    private void put(char character, int begin, int end) {
        chars[length] = character;
        from[length] = begin;
        to[length] = end;
        length++;
    }

    private Unescaped unescape() {
        var plain = new Unescaped(length);
        int at = 0;
        while (at < length) {
            switch (chars[at]) {
                case '\n', '\r' -> at = endOfBreak(at);
                case '+' -> at = put(plain, ' ', at, 1);
                case '\\' -> at = backslash(plain, at);
                case '%' -> at = percent(plain, at);
                case '&' -> at = entity(plain, at);
                default -> at = put(plain, chars[at], at, 1);
            }
        }
        return plain;
    }

    private int put(Unescaped plain, char character, int at, int size) {
        plain.put(character, from[at], to[at + size - 1]);
        return at + size;
    }

    private int endOfBreak(int at) {
        int end = at;
        while (end < length && Character.isWhitespace(chars[end])) {
            end++;
        }
        return end;
    }

    private int backslash(Unescaped plain, int at) {
        if (at + 1 == length) {
            return put(plain, '\\', at, 1);
        }
        return switch (chars[at + 1]) {
            case '"', '\\', '/', '\'' -> put(plain, chars[at + 1], at, 2);
            case 'n' -> put(plain, '\n', at, 2);
            case 'r' -> put(plain, '\r', at, 2);
            case 't' -> put(plain, '\t', at, 2);
            case 'u' -> {
                int code = number(at + 2, at + 2 + HEX_OF_UNICODE, HEX);
                yield code < 0 ? put(plain, '\\', at, 1) : put(plain, (char) code, at, 2 + HEX_OF_UNICODE);
            }
            default -> put(plain, '\\', at, 1);
        };
    }

    private int percent(Unescaped plain, int at) {
        int code = number(at + 1, at + 1 + HEX_OF_PERCENT, HEX);
        return code < 0 || code >= ASCII ? put(plain, '%', at, 1) : put(plain, (char) code, at, 1 + HEX_OF_PERCENT);
    }

    private int entity(Unescaped plain, int at) {
        int end = at + 1;
        while (end < length && end - at <= LONGEST_ENTITY && chars[end] != ';') {
            end++;
        }
        int code = end < length && chars[end] == ';' ? character(at + 1, end) : -1;
        return code < 0 ? put(plain, '&', at, 1) : put(plain, (char) code, at, end + 1 - at);
    }

    /** The character that an entity stands for; negative if it is none, or one beyond what secrets are made of. */
    private int character(int begin, int end) {
        if (chars[begin] == '#') {
            boolean hex = begin + 1 < end && (chars[begin + 1] | ' ') == 'x';
            int code = hex ? number(begin + 2, end, HEX) : number(begin + 1, end, 10);
            return code > Character.MAX_VALUE ? -1 : code;
        }
        return switch (new String(chars, begin, end - begin)) {
            case "quot" -> '"';
            case "amp" -> '&';
            case "apos" -> '\'';
            case "lt" -> '<';
            case "gt" -> '>';
            default -> -1;
        };
    }

    private int number(int begin, int end, int radix) {
        if (begin >= end || end > length) {
            return -1;
        }
        int number = 0;
        for (int i = begin; i < end; i++) {
            int digit = Character.digit(chars[i], radix);
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
