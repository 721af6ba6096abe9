package com.openagents.runbook.safety;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The DATABASE_URL of the runtime, {@code ecto://USER:PASSWORD@HOST/DATABASE} (contract 16). */
public final class DatabaseUrl {
    private final String text;
    private final String user;
    private final String password;

    private DatabaseUrl(String text, String user, String password) {
        this.text = text;
        this.user = user;
        this.password = password;
    }

    /** @throws IllegalArgumentException if it names no user and password; the message does not repeat it */
    static DatabaseUrl parse(String text) {
        var login = URI.create(text).getRawUserInfo();
        if (login == null || !login.contains(":")) {
            throw new IllegalArgumentException("DATABASE_URL names no user and password");
        }
        var parts = login.split(":", 2);
        return new DatabaseUrl(text, decoded(parts[0]), decoded(parts[1]));
    }

    public String user() {
        return user;
    }

    /** It appears in no record, where it was read by a drill. */
    public String password() {
        return password;
    }

    String withPassword(String other) {
        var login = URI.create(text).getRawUserInfo();
        var changed = login.split(":", 2)[0] + ":" + URLEncoder.encode(other, StandardCharsets.UTF_8);
        return text.replace("//" + login + "@", "//" + changed + "@");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "the database URL of user " + user;
    }
}
