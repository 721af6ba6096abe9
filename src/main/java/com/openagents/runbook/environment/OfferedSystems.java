package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.database.DatabaseSystem;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The systems of one environment, wherever they come from. What the environment's file leaves out is not offered.
 *
 * @param environment the environment's name
 */
record OfferedSystems(
        String environment,
        Optional<KubernetesAccess> kubernetes,
        Optional<DatabaseConnection> database,
        DatabaseExpectations databaseExpectations) {

    Systems systems(EvidenceLog evidence) {
        return new Systems() {
            @Override
            public KubernetesSystem kubernetes() {
                return kubernetes.orElseThrow(() -> notOffered("kubernetes")).system(evidence);
            }

            @Override
            public DatabaseSystem database() {
                var connection = database.orElseThrow(() -> notOffered("database"));
                return new DatabaseSystem(connection, databaseExpectations, evidence);
            }
        };
    }

    private CouldNotCheck notOffered(String system) {
        return new CouldNotCheck("environment '" + environment + "' offers no " + system + ": add systems." + system
                + " to environments/" + environment + ".yaml");
    }

    List<Identity> identities() {
        var identities = new ArrayList<Identity>();
        kubernetes.map(KubernetesAccess::identity).ifPresent(identities::add);
        database.map(connection ->
                        new DatabaseSystem(connection, databaseExpectations, evidence -> {}).acceptsConnections())
                .map(answer -> new Identity(
                        "database",
                        Map.of(
                                "server",
                                answer.server(),
                                "version",
                                answer.version().orElseGet(() -> Identity.unknown(answer.words())))))
                .ifPresent(identities::add);
        return identities;
    }
}
