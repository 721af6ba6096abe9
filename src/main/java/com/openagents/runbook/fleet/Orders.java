package com.openagents.runbook.fleet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * How the processes of a fleet are told what to run: each run is a line of JSON on the standard input, and behind all that it
 * says comes a line with a mark that nobody else knows, so that nothing that a run shows can be taken for its end.
 */
public final class Orders {
    private static final JsonMapper JSON = new JsonMapper();

    private Orders() {}

    /**
     * Carries out one order after the other, until there are no more.
     *
     * @param run runs with these words, and answers with an exit code
     */
    public static void serve(InputStream in, PrintStream out, ToIntFunction<List<String>> run) {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var order = JSON.readValue(line, Order.class);
                int exitCode = run.applyAsInt(order.words());
                out.println(order.end(exitCode));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no more orders can be read", e);
        }
    }

    static Order order(List<String> words) {
        return new Order(UUID.randomUUID().toString(), words);
    }

    record Order(String mark, List<String> words) {
        String line() throws IOException {
            return JSON.writeValueAsString(this);
        }

        private String end(int exitCode) {
            return mark + " " + exitCode;
        }

        /** The exit code, if this line is the end of the run. */
        Optional<Integer> exitCode(String line) {
            return line.startsWith(mark)
                    ? Optional.of(Integer.parseInt(line.substring(mark.length()).strip()))
                    : Optional.empty();
        }
    }
}
