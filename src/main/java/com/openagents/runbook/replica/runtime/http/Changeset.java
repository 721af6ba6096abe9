package com.openagents.runbook.replica.runtime.http;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a body, in the words of the service's changesets (contract 3.3). */
public final class Changeset {
    private final List<String> errors = new ArrayList<>();

    public void blank(String field) {
        errors.add(field + ": {\"can't be blank\", [validation: :required]}");
    }

    public void invalid(String field, String type) {
        errors.add(field + ": {\"is invalid\", [type: :" + type + ", validation: :cast]}");
    }

    /** Any other error of a field, with its options as the service prints them. */
    public void error(String field, String message, String options) {
        errors.add(field + ": {\"" + message + "\", [" + options + "]}");
    }

    /** A string that must be there; null and an error if it is not. */
    public String requiredText(String field, Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            blank(field);
            return null;
        }
        return text(field, value);
    }

    public String text(String field, Object value) {
        if (value != null && !(value instanceof String)) {
            invalid(field, "string");
            return null;
        }
        return (String) value;
    }

    /** @throws HttpError 400 if anything was wrong */
    public void check() {
        if (!errors.isEmpty()) {
            throw HttpError.invalidRequest("[" + String.join(", ", errors) + "]");
        }
    }
}
