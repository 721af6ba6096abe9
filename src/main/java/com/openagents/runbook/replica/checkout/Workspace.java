package com.openagents.runbook.replica.checkout;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The working copy that a task works in, and its database server. User and password are the documented ones of a
 * development machine (contract 15.1), unless its server has another password.
 *
 * @param server host and port
 * @param variables of the process
 */
public record Workspace(Path folder, String server, Map<String, String> variables) {
    private static final String USER = "postgres";
    private static final String DOCUMENTED = "postgres";

    public Workspace {
        variables = Map.copyOf(variables);
    }

    public Path runtime() {
        return folder.resolve("apps/runtime");
    }

    /** The same with another default environment, as the task {@code test} has. */
    Workspace inTest() {
        var changed = new HashMap<>(variables);
        changed.putIfAbsent("MIX_ENV", "test");
        return new Workspace(folder, server, changed);
    }

    /** The name of the database of this environment, with its partition. */
    public String database() {
        var environment = variables.getOrDefault("MIX_ENV", "dev");
        var partition = environment.equals("test") ? variables.getOrDefault("MIX_TEST_PARTITION", "") : "";
        return "openagents_runtime_" + environment + partition;
    }

    public DataSource dataSource(String database) {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://" + server + "/" + database);
        source.setUser(USER);
        source.setPassword(password());
        return source;
    }

    /** For {@code DATABASE_URL}. */
    public String ectoUrl() {
        return "ecto://" + USER + ":" + password() + "@" + server + "/" + database();
    }

    private String password() {
        return variables.getOrDefault(MixMain.PASSWORD, DOCUMENTED);
    }
}
