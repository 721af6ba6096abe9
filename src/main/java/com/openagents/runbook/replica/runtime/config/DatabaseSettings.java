package com.openagents.runbook.replica.runtime.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Where the service keeps its state, taken from an Ecto URL ({@code ecto://USER:PASS@HOST/DATABASE}). */
public record DatabaseSettings(String jdbcUrl, String user, String password, int poolSize) {
    private static final int DEFAULT_PORT = 5432;

    /** The URL is never part of a failure text, because it holds the password. */
    public static DatabaseSettings parse(String ectoUrl, int poolSize) {
        var uri = parse(ectoUrl);
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
            throw malformed();
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        var login = uri.getRawUserInfo() == null
                ? new String[] {"", ""}
                : uri.getRawUserInfo().split(":", 2);
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseSettings(
                "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath() + query,
                decode(login[0]),
                login.length > 1 ? decode(login[1]) : "",
                poolSize);
    }

    /** The same, with sessions that come from this address of the machine. */
    DatabaseSettings from(String address) {
        var joined = jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "localSocketAddress=" + address;
        return new DatabaseSettings(joined, user, password, poolSize);
    }

    private static URI parse(String ectoUrl) {
        try {
            return URI.create(ectoUrl);
        } catch (IllegalArgumentException notAUri) {
            throw malformed();
        }
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "environment variable DATABASE_URL is not of the form ecto://USER:PASS@HOST/DATABASE");
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
