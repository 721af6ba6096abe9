package com.openagents.runbook.replica.runtime.http;

import java.util.List;
import java.util.Optional;

/**
 * Who a request acts for (contract 3.4).
 *
 * @param userId decides if present
 * @param guestScope decides otherwise
 */
public record Principal(Optional<Long> userId, Optional<String> guestScope) {
    private static final HttpError INVALID = HttpError.unauthorized("missing or invalid principal headers");

    /** Any integer is a user of a run. */
    public static Principal ofRun(Request request) {
        return parse(request, Long.MIN_VALUE);
    }

    /** Only positive integers are users of a worker. */
    public static Principal ofWorker(Request request) {
        return parse(request, 1);
    }

    /** Whether the owner columns of a row name this principal. */
    public boolean owns(Long ownerUserId, String ownerGuestScope) {
        return userId.isPresent()
                ? userId.get().equals(ownerUserId)
                : guestScope.orElseThrow().equals(ownerGuestScope);
    }

    private static Principal parse(Request request, long smallestUser) {
        var user = only(request.headers("x-oa-user-id"))
                .flatMap(Principal::integer)
                .filter(id -> id >= smallestUser);
        var guest = only(request.headers("x-oa-guest-scope")).filter(scope -> !scope.isEmpty());
        if (user.isEmpty() && guest.isEmpty()) {
            throw INVALID;
        }
        return new Principal(user, guest);
    }

    private static Optional<String> only(List<String> values) {
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static Optional<Long> integer(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException notAnInteger) {
            return Optional.empty();
        }
    }
}
