package com.openagents.runbook.replica.runtime.db;

import com.openagents.runbook.replica.runtime.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Hears what other pods tell through the database. Like the service it must connect at start, survives one cut
 * connection if the database answers at once, and otherwise gives up for the whole process (contract 0.2).
 */
public final class Notifications implements AutoCloseable {
    private static final int WAIT_MILLIS = 500;
    private static final int RECONNECT_ATTEMPTS = 3;
    private static final int CONNECT_TIMEOUT_SECONDS = 2;

    private final DatabaseSettings settings;
    private final Map<String, List<Consumer<String>>> consumers = new ConcurrentHashMap<>();
    private final Consumer<SQLException> onLost;
    private final List<String> channels;
    private volatile boolean closed;
    private volatile Connection connection;

    /** @param onLost told once when the database does not answer any more */
    public Notifications(DatabaseSettings settings, List<String> channels, Consumer<SQLException> onLost) {
        this.settings = settings;
        this.channels = List.copyOf(channels);
        this.onLost = onLost;
    }

    public void start() throws SQLException {
        connection = connect();
        var thread = new Thread(this::listen, "notifications");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param consumer gets the payload, on the listening thread: it must not block */
    public void subscribe(String channel, Consumer<String> consumer) {
        consumers.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>()).add(consumer);
    }

    private Connection connect() throws SQLException {
        var properties = new java.util.Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        var fresh = DriverManager.getConnection(settings.jdbcUrl(), properties);
        try (var statement = fresh.createStatement()) {
            for (var channel : channels) {
                statement.execute("LISTEN " + channel);
            }
        }
        return fresh;
    }

    private void listen() {
        while (!closed) {
            try {
                deliver(connection.unwrap(PGConnection.class));
            } catch (SQLException cut) {
                if (!closed) {
                    reconnect(cut);
                }
            }
        }
    }

    private void deliver(PGConnection listening) throws SQLException {
        var notifications = listening.getNotifications(WAIT_MILLIS);
        if (notifications != null) {
            for (var notification : notifications) {
                consumers
                        .getOrDefault(notification.getName(), List.of())
                        .forEach(consumer -> consumer.accept(notification.getParameter()));
            }
        }
    }

    private void reconnect(SQLException cut) {
        var last = cut;
        for (int attempt = 0; attempt < RECONNECT_ATTEMPTS; attempt++) {
            try {
                connection = connect();
                return;
            } catch (SQLException refused) {
                last = refused;
            }
        }
        closed = true;
        onLost.accept(last);
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        if (connection != null) {
            connection.close();
        }
    }
}
