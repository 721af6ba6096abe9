package com.openagents.runbook.system.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** For whom a request is made (contract 3.4). The text of a user may be anything, to see that the runtime minds. */
public record Principal(Optional<String> userId, Optional<String> guestScope) {
    public static Principal user(long id) {
        return userText(String.valueOf(id));
    }

    public static Principal userText(String text) {
        return new Principal(Optional.of(text), Optional.empty());
    }

    public static Principal guest(String scope) {
        return new Principal(Optional.empty(), Optional.of(scope));
    }

    public static Principal nobody() {
        return new Principal(Optional.empty(), Optional.empty());
    }

    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        userId.ifPresent(id -> headers.put("x-oa-user-id", id));
        guestScope.ifPresent(scope -> headers.put("x-oa-guest-scope", scope));
        return headers;
    }

    /** The claims that a token for this principal must hold; a user that is no whole number needs none. */
    Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        userId.filter(id -> id.matches("-?\\d{1,18}")).ifPresent(id -> claims.put("user_id", Long.valueOf(id)));
        guestScope.ifPresent(scope -> claims.put("guest_scope", scope));
        return claims;
    }
}
