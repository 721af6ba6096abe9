package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.safety.Inverse.Action;
import com.openagents.runbook.system.Right;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The changes that drills make to the secrets of the runtime (runbook 5), each with what takes it back. */
public final class SecretChanges {
    private static final String SECRET = "secret/" + SecretKeeper.SECRET;
    /** The id of a key is no secret: tokens carry it. */
    private static final String KEY_ID = "_KEY_ID";

    /** To put a secret back, the pods are restarted and the gate is run again. */
    private static final List<Right> RIGHTS = List.of(Right.CHANGE_SECRETS, Right.RESTART, Right.RUN_GATE);

    private static final int SECRET_BYTES = 32;

    private final Ground ground;
    private final Consumer<String> hide;
    private final SecretKeeper secrets;

    /** @param hide is told every secret value that is read or made */
    SecretChanges(Ground ground, Consumer<String> hide) {
        this.ground = ground;
        this.hide = hide;
        secrets = new SecretKeeper(ground);
    }

    /**
     * Keys of the Secret get other values; the values as they were are kept as a Secret beside it until everything is back.
     * To put it back, the pods are restarted and the gate is run again, as after every change of a secret (runbook 5).
     *
     * @param values a key without a value is taken away
     */
    public Change changeSecrets(Map<String, Optional<String>> values) {
        values.forEach((key, value) -> value.ifPresent(text -> hide(key, text)));
        return new Change(
                "change " + String.join(", ", values.keySet().stream().sorted().toList()) + " in " + SECRET,
                SECRET,
                0,
                RIGHTS,
                takenBack(Optional.empty()),
                () -> {
                    secrets.keep();
                    secrets.change(values);
                });
    }

    /**
     * The login role of the runtime gets another password, and DATABASE_URL says so.
     *
     * @throws CouldNotCheck if the environment offers no database, or the URL names no password
     */
    public Change changeDatabasePassword(String password) {
        var roles = ground.hands();
        var url = databaseLogin();
        hide.accept(password);
        return new Change(
                "change the password of database role " + url.user() + ", and DATABASE_URL in " + SECRET,
                SECRET,
                0,
                RIGHTS,
                takenBack(Optional.of(new Inverse(Action.RESTORE_PASSWORD, url.user(), SecretKeeper.BACKUP))),
                () -> {
                    secrets.keep();
                    roles.changePassword(url.user(), password);
                    secrets.change(Map.of("DATABASE_URL", Optional.of(url.withPassword(password))));
                });
    }

    /**
     * How the runtime logs in to its database.
     *
     * @throws CouldNotCheck if DATABASE_URL names no user and password
     */
    public DatabaseUrl databaseLogin() {
        try {
            var url = DatabaseUrl.parse(value("DATABASE_URL"));
            hide.accept(url.password());
            return url;
        } catch (IllegalArgumentException e) {
            throw new CouldNotCheck(e.getMessage() + ", so there is nothing to rotate");
        }
    }

    private static List<Inverse> takenBack(Optional<Inverse> besides) {
        var inverses = new ArrayList<>(List.of(
                new Inverse(Action.DELETE_SECRET, SecretKeeper.BACKUP, ""),
                new Inverse(Action.RERUN_GATE, SteadyState.NAME, ""),
                new Inverse(Action.RESTART_PODS, SteadyState.NAME, "")));
        besides.ifPresent(inverses::add);
        inverses.add(new Inverse(Action.RESTORE_SECRET, SecretKeeper.SECRET, SecretKeeper.BACKUP));
        return inverses;
    }

    /**
     * What a key of the Secret says now. It appears in no record, unless it is only the id of a key.
     *
     * @throws CouldNotCheck if there is no such key
     */
    public String value(String key) {
        var value = secrets.value(SecretKeeper.SECRET, key)
                .orElseThrow(() -> new CouldNotCheck("there is no " + key + " in " + SECRET));
        hide(key, value);
        return value;
    }

    private void hide(String key, String value) {
        if (!key.endsWith(KEY_ID)) {
            hide.accept(value);
        }
    }

    /** A new random value, for a secret. It appears in no record. */
    public String newValue() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        hide.accept(value);
        return value;
    }
}
