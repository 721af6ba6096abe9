package com.openagents.runbook.safety;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Lets one drill run at a time change a namespace: a Lease that is renewed while the run lives. */
final class DrillLock implements AutoCloseable {
    static final String NAME = "runbook-drill";

    private static final Duration LASTS = Duration.ofSeconds(30);
    private static final Duration RENEWED_EVERY = LASTS.dividedBy(3);
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;
    private final String holder;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "drill-lock");
        thread.setDaemon(true);
        return thread;
    });

    private DrillLock(KubernetesClient client, String namespace, String holder) {
        this.client = client;
        this.namespace = namespace;
        this.holder = holder;
    }

    /**
     * Takes the lock, also one that its holder has let expire.
     *
     * @param holder who it is, for whoever comes second
     * @throws DrillRefused if somebody else holds it
     */
    static DrillLock take(Ground ground, String holder) {
        var lock = new DrillLock(ground.client(), ground.namespace(), holder);
        lock.take();
        long every = RENEWED_EVERY.toMillis();
        lock.renewal.scheduleWithFixedDelay(lock::renew, every, every, TimeUnit.MILLISECONDS);
        return lock;
    }

    /**
     * Takes the lock of a run that was killed, as soon as it has expired.
     *
     * @throws DrillRefused if whoever holds it lives, that is, renews it
     */
    static DrillLock takeOver(Ground ground, String holder, Consumer<String> progress) {
        var first = renewal(ground);
        if (first.isPresent()) {
            progress.accept("wait until the lock of the killed run expires, at most " + LASTS.toSeconds() + " s");
        }
        return Awaitility.await("the lock of the killed run to expire")
                .atMost(LASTS.plus(RENEWED_EVERY))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> takeIfDead(ground, holder, first), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<DrillLock> takeIfDead(Ground ground, String holder, Optional<ZonedDateTime> first) {
        try {
            return Optional.of(take(ground, holder));
        } catch (DrillRefused held) {
            if (!renewal(ground).equals(first)) {
                throw held;
            }
            return Optional.empty();
        }
    }

    private static Optional<ZonedDateTime> renewal(Ground ground) {
        return Optional.ofNullable(ground.client()
                        .leases()
                        .inNamespace(ground.namespace())
                        .withName(NAME)
                        .get())
                .map(lease -> lease.getSpec().getRenewTime());
    }

    private void take() {
        var now = ZonedDateTime.now(ZoneOffset.UTC);
        var found = client.leases().inNamespace(namespace).withName(NAME).get();
        var wanted = new LeaseBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                // Where there is one already, only this very version of it is replaced.
                .withResourceVersion(found == null ? null : found.getMetadata().getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) LASTS.toSeconds())
                .withAcquireTime(now)
                .withRenewTime(now)
                .endSpec()
                .build();
        try {
            if (found == null) {
                client.resource(wanted).create();
            } else if (expires(found).isAfter(Instant.now())) {
                throw heldBy(found);
            } else {
                client.resource(wanted).update();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                throw heldBy(
                        client.leases().inNamespace(namespace).withName(NAME).get());
            }
            throw e;
        }
    }

    private DrillRefused heldBy(Lease lease) {
        var since = Optional.ofNullable(lease)
                .map(held -> held.getSpec().getHolderIdentity() + " since "
                        + held.getSpec().getAcquireTime().toInstant() + ", until " + expires(held)
                        + " unless renewed")
                .orElse("another run");
        return new DrillRefused("A drill is under way in namespace " + namespace + ", held by " + since
                + ". Nothing was changed. Wait for its end, or see who it is:\n  kubectl -n " + namespace
                + " get lease " + NAME + " -o yaml");
    }

    private static Instant expires(Lease lease) {
        return lease.getSpec()
                .getRenewTime()
                .toInstant()
                .plusSeconds(lease.getSpec().getLeaseDurationSeconds());
    }

    private void renew() {
        try {
            Edit.of(
                    client.leases().inNamespace(namespace).withName(NAME),
                    held -> holder.equals(held.getSpec().getHolderIdentity())
                            ? new LeaseBuilder(held)
                                    .editSpec()
                                    .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                                    .endSpec()
                                    .build()
                            : held);
        } catch (RuntimeException notNow) {
            // The next renewal comes before it expires; an API server that stays away ends the drill itself.
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        var held = client.leases().inNamespace(namespace).withName(NAME).get();
        if (held != null && holder.equals(held.getSpec().getHolderIdentity())) {
            client.resource(held).delete();
        }
    }
}
