package com.openagents.runbook.system.cloudrun;

/** The commands by which a person sees the same as this client. */
public record Gcloud(String project, String region) {

    /** @param words for example {@code services describe runtime} */
    public String command(String words) {
        return "gcloud run " + words + " --project=" + project + " --region=" + region;
    }
}
