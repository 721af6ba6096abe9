package com.openagents.runbook.replica.containers;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an engine says when it refuses, in words that say what to do. */
public final class EngineFailure {
    /** @param said what the engine says, with the subject as its first group where it names one */
    private record Known(Pattern said, String words) {
        private Known(String said, String words) {
            this(Pattern.compile(said, Pattern.CASE_INSENSITIVE), words);
        }

        Optional<String> of(String message) {
            var found = said.matcher(message);
            return found.find() ? Optional.of(words.replace("{}", subject(found))) : Optional.empty();
        }

        private static String subject(Matcher found) {
            return found.groupCount() > 0 && found.group(1) != null ? found.group(1) : "";
        }
    }

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "no space left on device",
                    "the disk of the Docker engine is full; 'docker system df' says by what, 'docker system prune' makes room"),
            new Known(
                    "(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|\\[::]):(\\d+).*(?:port is already allocated|address already in use)",
                    "port {} of this machine was taken by something else meanwhile; run it again"),
            new Known(
                    "(?:port is already allocated|address already in use)",
                    "a port of this machine was taken by something else meanwhile; run it again"),
            new Known(
                    "permission denied.*docker\\.sock",
                    "you may not use the Docker engine; join the group docker and log in again"),
            new Known(
                    "(?:pull access denied for|manifest for) ([^\\s,]+)",
                    "the registry has no image {} for you; look at its name under containers.images, or log in with"
                            + " 'docker login'"),
            new Known(
                    "no such image: ([^\\s\"}]+)",
                    "the engine does not have the image {}; load it with 'docker load', or name another one under"
                            + " containers.images"),
            new Known(
                    "(?:lookup ([^\\s:]+).*(?:no such host|server misbehaving|i/o timeout)"
                            + "|dial tcp.*(?:refused|timeout|unreachable)|client\\.timeout exceeded|tls handshake timeout)",
                    "the registry {} cannot be reached; name a mirror under containers.images, or load the images and"
                            + " set containers.pull: never"));

    private EngineFailure() {}

    /** What to do about a failure, where it is a known one. */
    public static Optional<String> words(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(message -> message != null)
                .flatMap(message -> KNOWN.stream().flatMap(known -> known.of(message).stream()))
                .findFirst()
                .map(words -> words.replace("  ", " "));
    }
}
