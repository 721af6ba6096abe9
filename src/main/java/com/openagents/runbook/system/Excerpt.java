package com.openagents.runbook.system;

/**
 * The beginning of a long text. It is cut between two words, and a word that is too long is left out as a whole: of a secret
 * across the cut a part would stay that nobody could tell for one and mask.
 */
public final class Excerpt {
    private Excerpt() {}

    /**
     * The text if it is short enough; otherwise as many of its first characters, or a few less. It does not say that
     * something was left out.
     *
     * @param longest in characters
     */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest;
        while (end > 0 && !separates(text, end) && !separates(text, end - 1)) {
            end--;
        }
        return text.substring(0, end);
    }

    /** A quotation mark, too, for JSON may have no blanks; not where it is a part of the text that it is quoted in. */
    private static boolean separates(String text, int at) {
        return Character.isWhitespace(text.charAt(at))
                || text.charAt(at) == '"' && (at == 0 || text.charAt(at - 1) != '\\');
    }
}
