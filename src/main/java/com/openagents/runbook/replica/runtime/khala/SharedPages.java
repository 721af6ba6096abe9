package com.openagents.runbook.replica.runtime.khala;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Reads what is new of a topic once for all channels that are equally far. Each notification makes everything that was
 * read before it forgotten, so that nobody gets less than the database held when it was notified.
 */
final class SharedPages {
    private final ToLongFunction<String> notifications;
    private final Map<String, Known> topics = new ConcurrentHashMap<>();

    /** @param notifications how many there were for a topic */
    SharedPages(ToLongFunction<String> notifications) {
        this.notifications = notifications;
    }

    Page after(String topic, long watermark, Reader reader) throws SQLException {
        return topics.computeIfAbsent(topic, name -> new Known())
                .after(notifications.applyAsLong(topic), watermark, reader);
    }

    private static final class Known {
        private final Map<Long, Page> pages = new HashMap<>();
        private long notification = -1;

        /** Whoever comes while another reads would read the same, so it waits. */
        synchronized Page after(long newestNotification, long watermark, Reader reader) throws SQLException {
            if (newestNotification > notification) {
                pages.clear();
                notification = newestNotification;
            }
            var page = pages.get(watermark);
            if (page == null) {
                page = reader.read();
                pages.put(watermark, page);
            }
            return page;
        }
    }

    /** Reads the page from the database. */
    interface Reader {
        Page read() throws SQLException;
    }
}
