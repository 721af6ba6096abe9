package com.openagents.runbook.system.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists of any length, read page by page, so that no answer of the API server and no more memory than for what is kept grows
 * with them.
 */
public final class Pages {
    private static final long SIZE = 500;

    private Pages() {}

    /**
     * What was kept of all objects of a list.
     *
     * @param version the resource version of the list, empty if the server told none
     */
    public record Kept<R>(List<R> items, String version) {
        public Kept {
            items = List.copyOf(items);
        }
    }

    /** All objects of a list. */
    public static <T extends HasMetadata> List<T> all(Listable<? extends KubernetesResourceList<T>> asked) {
        return read(asked, Optional::of).items();
    }

    /**
     * What is wanted of each object. A list that expires in the middle (410), because the server keeps its history only for
     * some minutes, is begun again once.
     *
     * @param wanted what is kept of an object, empty if nothing is
     * @throws KubernetesClientException if the server refuses or does not answer, or lets the list expire a second time
     */
    public static <T extends HasMetadata, R> Kept<R> read(
            Listable<? extends KubernetesResourceList<T>> asked, Function<T, Optional<R>> wanted) {
        try {
            return once(asked, wanted);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_GONE) {
                throw e;
            }
            return once(asked, wanted);
        }
    }

    private static <T extends HasMetadata, R> Kept<R> once(
            Listable<? extends KubernetesResourceList<T>> asked, Function<T, Optional<R>> wanted) {
        var kept = new ArrayList<R>();
        String next = null;
        while (true) {
            var page = asked.list(
                    new ListOptionsBuilder().withLimit(SIZE).withContinue(next).build());
            page.getItems().stream().map(wanted).flatMap(Optional::stream).forEach(kept::add);
            var told = Optional.ofNullable(page.getMetadata());
            next = told.map(ListMeta::getContinue).orElse("");
            if (next.isEmpty()) {
                return new Kept<>(kept, told.map(ListMeta::getResourceVersion).orElse(""));
            }
        }
    }
}
