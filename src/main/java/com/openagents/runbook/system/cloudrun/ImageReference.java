package com.openagents.runbook.system.cloudrun;

import com.openagents.runbook.evidence.CouldNotCheck;

/** A container image by name, with a tag or a digest. */
record ImageReference(String text) {

    /**
     * @throws CouldNotCheck if one is named by its tag and the other by its digest, for a tag does not tell its digest
     */
    boolean isSameAs(ImageReference other) {
        if (text.equals(other.text)) {
            return true;
        }
        if (repository().equals(other.repository()) && isDigest() != other.isDigest()) {
            throw new CouldNotCheck(CloudRunApi.SYSTEM + " names one image by tag and by digest, " + text + " and "
                    + other.text + ", and these cannot be held against each other: deploy by digest");
        }
        return false;
    }

    private boolean isDigest() {
        return text.contains("@");
    }

    private String repository() {
        return text.replaceFirst("@.*$", "").replaceFirst(":[^:/]*$", "");
    }
}
