package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One informer for each kind, shared by all controllers, over all namespaces. */
public final class Informers implements AutoCloseable {
    private final KubernetesClient client;
    private final Map<Class<?>, SharedIndexInformer<?>> informers = new LinkedHashMap<>();

    public Informers(KubernetesClient client) {
        this.client = client;
    }

    /** Calls back with an object whenever it was added, changed or deleted. */
    public <T extends HasMetadata> void watch(Class<T> type, Consumer<T> changed) {
        watch(type, changed, changed);
    }

    /** Calls back with an object when it was added or changed, or with its last known state when it was deleted. */
    public <T extends HasMetadata> void watch(Class<T> type, Consumer<T> changed, Consumer<T> deleted) {
        of(type).addEventHandler(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(T before, T object) {
                changed.accept(object);
            }

            @Override
            public void onDelete(T object, boolean lastStateUnknown) {
                deleted.accept(object);
            }
        });
    }

    public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
        return of(type).getStore().list().stream()
                .filter(object -> namespace.equals(ObjectKey.of(object).namespace()))
                .toList();
    }

    public <T extends HasMetadata> List<T> list(Class<T> type) {
        return of(type).getStore().list();
    }

    public <T extends HasMetadata> Optional<T> get(Class<T> type, ObjectKey key) {
        return list(type, key.namespace()).stream()
                .filter(object -> object.getMetadata().getName().equals(key.name()))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private synchronized <T extends HasMetadata> SharedIndexInformer<T> of(Class<T> type) {
        return (SharedIndexInformer<T>) informers.computeIfAbsent(
                type, any -> client.resources(type).inAnyNamespace().runnableInformer(0));
    }

    /** Starts all informers and waits until each has read its objects once. */
    public void start() {
        var started = informers.values().stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(started).join();
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::close);
    }
}
