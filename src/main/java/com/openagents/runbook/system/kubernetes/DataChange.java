package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** When an object last changed, as far as its managed fields tell: each writer's last time, and that of its making. */
final class DataChange {
    private DataChange() {}

    /** Empty where the object carries no managed fields, for then a later change would leave no trace. */
    static Optional<Instant> lastOf(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getManagedFields()).orElse(List.of()).stream()
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo);
    }
}
