package com.openagents.runbook.replica.runtime.tools;

import java.util.Map;

/** Something that a run can have done. */
@FunctionalInterface
public interface Tool {
    /** Ends when its thread is interrupted. */
    Map<String, Object> run(Map<String, Object> input, Progress progress) throws Exception;

    /** Takes what there is to show while the tool works. */
    @FunctionalInterface
    interface Progress {
        void show(Map<String, Object> progress) throws Exception;
    }

    /** A tool that says itself why it failed. */
    final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        private final String errorClass;

        public Failure(String errorClass, String message) {
            super(message, null, false, false);
            this.errorClass = errorClass;
        }

        String errorClass() {
            return errorClass;
        }
    }
}
