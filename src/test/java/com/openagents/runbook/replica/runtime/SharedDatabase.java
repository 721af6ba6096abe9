package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One PostgreSQL for all tests of a run, given to whoever asks for a {@link DatabaseReplica}. */
public final class SharedDatabase implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedDatabase.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DatabaseReplica.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The root store closes what it holds when the whole run is over.
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        DatabaseReplica.class,
                        type -> DatabaseReplica.start(DatabaseOptions.defaults()),
                        DatabaseReplica.class);
    }
}
