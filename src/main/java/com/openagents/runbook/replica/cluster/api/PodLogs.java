package com.openagents.runbook.replica.cluster.api;

/** The logs of containers, kept by whoever runs them. */
public interface PodLogs {

    /** Takes what is read, on any thread; bytes end with whole lines unless {@code limitBytes} cuts one. */
    interface Sink {
        void write(byte[] bytes);

        /** Nothing more will come. */
        void end();
    }

    /**
     * Starts to read and returns at once; the lines may come on any thread.
     *
     * @return stops the reading; the server calls it when the caller of a followed log goes away
     * @throws NoSuchLog when the container has no such log
     */
    Runnable read(PodLogRequest request, Sink sink) throws NoSuchLog;

    /** No container of any pod has a log. */
    static PodLogs none() {
        return (request, sink) -> {
            throw new NoSuchLog("container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                    .formatted(request.container(), request.pod()));
        };
    }

    /** There is no such log; the message is what the caller of the API gets with a 400. */
    final class NoSuchLog extends Exception {
        private static final long serialVersionUID = 1L;

        public NoSuchLog(String message) {
            super(message);
        }
    }
}
