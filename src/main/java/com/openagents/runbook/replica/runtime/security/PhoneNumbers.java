package com.openagents.runbook.replica.runtime.security;

import java.util.regex.Pattern;

/** Telephone numbers as people write them: with a plus sign or separators, and no part of a longer word. */
final class PhoneNumbers {
    private static final Pattern CANDIDATE = Pattern.compile("(?<![\\w-])\\+?\\(?\\d[\\d\\-\\s()]{7,}\\d(?![\\w-])");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    private PhoneNumbers() {}

    static String redactNumbers(String text, String replacement) {
        return CANDIDATE.matcher(text).replaceAll(hit -> isNumber(hit.group()) ? replacement : hit.group());
    }

    private static boolean isNumber(String candidate) {
        long digits = candidate.chars().filter(Character::isDigit).count();
        boolean written = candidate.startsWith("+") || digits < candidate.length();
        return written
                && digits >= FEWEST_DIGITS
                && digits <= MOST_DIGITS
                && !DATE.matcher(candidate).matches();
    }
}
