package com.openagents.runbook.system.runtime;

/** What is wrong with a signature token on purpose, each for one row of the table in contract 3.2. */
public enum TokenDefect {
    NONE("no defect"),
    EMPTY("empty header"),
    WRONG_PREFIX("a version other than v1"),
    TWO_PARTS("two parts instead of three"),
    NOT_BASE64("parts that are not base64url"),
    NOT_JSON("a payload that is not JSON"),
    BAD_SIGNATURE("signed with another secret"),
    NO_NONCE("no nonce"),
    TEXT_TIMES("times that are not integers"),
    ENDS_BEFORE_START("exp not after iat"),
    EXPIRED("expired a minute ago"),
    FROM_THE_FUTURE("issued a minute ahead");

    private final String words;

    TokenDefect(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
