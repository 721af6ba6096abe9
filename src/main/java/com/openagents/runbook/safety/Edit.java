package com.openagents.runbook.safety;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.function.UnaryOperator;

/** Edits an object that controllers write to as well: whoever comes second reads it again. */
final class Edit {
    private static final int ATTEMPTS = 10;
    private static final int CONFLICT = 409;

    private Edit() {}

    static <T extends HasMetadata> void of(Resource<T> object, UnaryOperator<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                object.edit(change);
                return;
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != CONFLICT || attempt == ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }
}
