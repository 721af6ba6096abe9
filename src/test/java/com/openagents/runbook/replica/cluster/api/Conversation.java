package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Requests that belong together, sent in order in a namespace of their own. */
record Conversation(@JsonProperty("case") String name, List<Step> steps) {

    /**
     * One request.
     *
     * @param send method and path
     * @param text a body that is not JSON
     * @param table ask for a table
     * @param token bearer token, instead of the administrator's
     * @param as who is impersonated: the user, and the groups that are named
     * @param keep from the name of a variable to where its value stands in the answer
     * @param ignore parts of the answer that are not compared
     * @param only the only parts that are compared
     * @param subset compare only the elements of arrays whose value of this field both answers have
     * @param settle other programs of a real cluster need a moment before this step or after it
     */
    record Step(
            String send,
            JsonNode body,
            String text,
            String type,
            String accept,
            boolean table,
            String token,
            List<String> as,
            Map<String, String> keep,
            List<String> ignore,
            List<String> only,
            String subset,
            boolean settle) {

        Step {
            as = as == null ? List.of() : as;
            keep = keep == null ? Map.of() : keep;
            ignore = ignore == null ? List.of() : ignore;
            only = only == null ? List.of() : only;
        }

        String accepted() {
            if (accept != null) {
                return accept;
            }
            return table ? "application/json;as=Table;v=v1;g=meta.k8s.io,application/json" : "application/json";
        }
    }

    /** What was answered to one step; the body is text when it is not JSON, and a list when it came as a stream. */
    record Answer(int code, JsonNode body) {}

    static List<Conversation> all() {
        try (var file = Conversation.class.getResourceAsStream("conversations.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalStateException("conversations.yaml is not readable", e);
        }
    }
}
