package com.openagents.runbook.replica.cluster.api;

/** Takes a call for a subresource to whoever answers it. */
final class Subresources {

    private final Reader reader;
    private final Writer writer;

    Subresources(Reader reader, Writer writer) {
        this.reader = reader;
        this.writer = writer;
    }

    void answer(Call call) {
        if (!call.type().subresources().contains(call.info().subresource())) {
            throw Statuses.unknownResource();
        }
        switch (call.info().subresource()) {
            case "status" -> object(call);
            default -> throw Statuses.methodNotAllowed();
        }
    }

    private void object(Call call) {
        switch (call.info().verb()) {
            case "get" -> reader.get(call);
            case "update" -> writer.update(call);
            case "patch" -> writer.patch(call);
            default -> throw Statuses.methodNotAllowed();
        }
    }
}
