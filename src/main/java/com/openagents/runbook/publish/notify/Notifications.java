package com.openagents.runbook.publish.notify;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.publish.Delivery;
import com.openagents.runbook.publish.Outgoing;
import com.openagents.runbook.publish.notify.Channel.Parcel;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.history.History;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run has to tell people. {@link #outgoing} says what is to be sent; once it was sent, {@link #settle} remembers
 * beside the history what arrived.
 */
public final class Notifications {
    private static final String ENDING = ".told.json";

    private final Path file;
    private final Due due;
    private final List<String> problems = new ArrayList<>();
    private final Told told;
    private final Map<Channel, List<Parcel>> parcels = new LinkedHashMap<>();

    private Notifications(Path file, Due due) {
        this.file = file;
        this.due = due;
        this.told = read();
    }

    /**
     * Looks what is due.
     *
     * @param history of the environment
     * @param secrets finds the value behind a reference
     * @param redact masks the secrets in a text
     * @param now decides whether these are quiet hours, and is when what is over ended
     */
    public static Notifications of(
            Run run,
            Notify notify,
            History history,
            UnaryOperator<String> secrets,
            UnaryOperator<String> redact,
            Instant now) {
        var name = history.file().getFileName().toString().replaceFirst("\\.ndjson$", "");
        var notifications =
                new Notifications(history.file().resolveSibling(name + ENDING), new Due(run, notify, now, redact));
        var link = Optional.ofNullable(notify.link()).orElse("");
        for (var channel : Channels.of(notify.to(), secrets)) {
            var notices = notifications.due.of(channel, notifications.told.of(channel.name()));
            var message = Message.of(run, link, now, notices.changed(), notices.standing());
            notifications.parcels.put(channel, channel.parcels(message));
        }
        return notifications;
    }

    private Told read() {
        try {
            return Told.read(file);
        } catch (IOException e) {
            problems.add(
                    "What was told before cannot be read, so it is told again: " + file + ": " + History.problem(e));
            return Told.nothing();
        }
    }

    public List<Outgoing> outgoing() {
        return parcels.values().stream()
                .flatMap(List::stream)
                .map(Parcel::outgoing)
                .toList();
    }

    /**
     * Remembers what arrived, so that it is not told again, and what did not, so that it is.
     *
     * @param deliveries of {@link #outgoing}, in the same order
     * @return what went wrong besides, a line each
     */
    public List<String> settle(List<Delivery> deliveries) {
        try {
            Told.change(file, told, known -> after(known, deliveries));
        } catch (IOException e) {
            problems.add(
                    "What was told cannot be remembered, so it may be told again: " + file + ": " + History.problem(e));
        }
        return List.copyOf(problems);
    }

    /** Only what this run is about changes. */
    private Told after(Told known, List<Delivery> deliveries) {
        var remaining = deliveries.iterator();
        var after = known;
        for (var channel : parcels.entrySet()) {
            var tried = new ArrayList<Notice>();
            var arrived = new HashMap<String, Boolean>();
            for (var parcel : channel.getValue()) {
                boolean delivered = remaining.next().delivered();
                parcel.tells().forEach(notice -> arrived.put(notice.scenario(), delivered));
                tried.addAll(parcel.tells());
            }
            var name = channel.getKey().name();
            after = after.with(name, due.after(known.of(name), tried, arrived));
        }
        return after;
    }
}
