package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/** Which objects of a kind a list or a watch asks for. */
record Selection(ResourceType type, String namespace, Predicate<ObjectNode> filter) {

    static Selection of(Call call) {
        var labels = LabelSelector.parse(call.param("labelSelector"));
        var fields = FieldSelector.parse(call.type(), call.param("fieldSelector"));
        Predicate<ObjectNode> filter = object -> labels.test(LabelSelector.labels(object));
        filter = filter.and(fields);
        var name = call.info().name();
        if (!name.isEmpty()) {
            filter = filter.and(object -> Json.name(object).equals(name));
        }
        return new Selection(ResourceTypes.storedAs(call.type()), call.info().namespace(), filter);
    }

    boolean selects(ObjectNode object) {
        return object != null
                && (namespace.isEmpty() || namespace.equals(Json.namespace(object)))
                && filter.test(object);
    }
}
