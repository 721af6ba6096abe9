package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Removes objects whose owners have gone, and carries out foreground and orphaning deletion. It knows the kinds that
 * own or are owned here; references to other kinds are left alone.
 */
public final class GarbageCollector implements Controller {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "StatefulSet", StatefulSet.class,
            "Job", Job.class,
            "Service", Service.class,
            "Pod", Pod.class,
            "ControllerRevision", ControllerRevision.class,
            "EndpointSlice", EndpointSlice.class,
            "ConfigMap", ConfigMap.class);

    private final ControllerContext context;
    private final WorkQueue<Item> queue;

    private record Item(Class<? extends HasMetadata> type, ObjectKey key) {}

    public GarbageCollector(ControllerContext context) {
        this.context = context;
        this.queue = new WorkQueue<>("generic-garbage-collector", context.log(), this::reconcile);
        KINDS.values().forEach(this::watch);
    }

    private <T extends HasMetadata> void watch(Class<T> type) {
        context.informers().watch(type, this::changed, gone -> {
            dependents(gone).forEach(this::add);
            owners(gone).forEach(owner -> add(owner, gone.getMetadata().getNamespace()));
        });
    }

    private void changed(HasMetadata object) {
        if (Pods.isTerminating(object) || !owners(object).isEmpty()) {
            add(object);
        }
    }

    private void add(HasMetadata object) {
        queue.add(new Item(object.getClass(), ObjectKey.of(object)));
    }

    private void add(OwnerReference owner, String namespace) {
        var type = KINDS.get(owner.getKind());
        if (type != null && namespace != null) {
            queue.add(new Item(type, new ObjectKey(namespace, owner.getName())));
        }
    }

    private void reconcile(Item item) {
        var object = get(item.type(), item.key());
        if (object == null) {
            return;
        }
        if (Pods.isTerminating(object)) {
            finish(object);
        } else if (hasLostItsOwners(object)) {
            delete(object);
        }
    }

    private HasMetadata get(Class<? extends HasMetadata> type, ObjectKey key) {
        return context.client()
                .resources(type)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
    }

    private boolean hasLostItsOwners(HasMetadata object) {
        var owners = owners(object);
        return !owners.isEmpty()
                && owners.stream().allMatch(owner -> {
                    var type = KINDS.get(owner.getKind());
                    if (type == null) {
                        return false;
                    }
                    var there = get(type, new ObjectKey(object.getMetadata().getNamespace(), owner.getName()));
                    return there == null || !there.getMetadata().getUid().equals(owner.getUid());
                });
    }

    private void finish(HasMetadata owner) {
        var finalizers = Objects.requireNonNullElse(owner.getMetadata().getFinalizers(), List.<String>of());
        if (finalizers.contains(ORPHAN)) {
            dependents(owner).forEach(dependent -> disown(dependent, owner));
            removeFinalizer(owner, ORPHAN);
        } else if (finalizers.contains(FOREGROUND)) {
            var left = dependents(owner);
            left.stream().filter(dependent -> !Pods.isTerminating(dependent)).forEach(this::delete);
            if (left.stream().noneMatch(dependent -> blocks(dependent, owner))) {
                removeFinalizer(owner, FOREGROUND);
            }
        }
    }

    private static boolean blocks(HasMetadata dependent, HasMetadata owner) {
        return owners(dependent).stream()
                .anyMatch(isTo(owner).and(reference -> Boolean.TRUE.equals(reference.getBlockOwnerDeletion())));
    }

    private void disown(HasMetadata dependent, HasMetadata owner) {
        edit(
                dependent,
                object -> object.getMetadata()
                        .setOwnerReferences(owners(object).stream()
                                .filter(isTo(owner).negate())
                                .toList()));
    }

    private void removeFinalizer(HasMetadata owner, String finalizer) {
        edit(owner, object -> {
            var left = new ArrayList<>(object.getMetadata().getFinalizers());
            left.remove(finalizer);
            object.getMetadata().setFinalizers(left);
        });
    }

    private void edit(HasMetadata object, Consumer<HasMetadata> change) {
        context.client().resource(object).edit(now -> {
            change.accept(now);
            return now;
        });
    }

    private void delete(HasMetadata object) {
        context.client()
                .resource(object)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }

    /** Read from the server, not from the informers: those may not have heard of the newest yet. */
    private List<? extends HasMetadata> dependents(HasMetadata owner) {
        var namespace = owner.getMetadata().getNamespace();
        return KINDS.values().stream()
                .flatMap(type -> list(type, namespace))
                .filter(object -> owners(object).stream().anyMatch(isTo(owner)))
                .toList();
    }

    private Stream<? extends HasMetadata> list(Class<? extends HasMetadata> type, String namespace) {
        return context.client().resources(type).inNamespace(namespace).list().getItems().stream();
    }

    private static Predicate<OwnerReference> isTo(HasMetadata owner) {
        return reference -> reference.getUid().equals(owner.getMetadata().getUid());
    }

    private static List<OwnerReference> owners(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.of());
    }

    @Override
    public void close() {
        queue.close();
    }
}
