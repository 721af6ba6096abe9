package com.openagents.runbook.system.database;

import com.openagents.runbook.system.database.ServerAnswer.State;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/**
 * A failed connection or query in words. Texts of the driver and the server are not passed on: they speak to
 * programmers, and who knows what they quote.
 *
 * @param state what it says about the server
 * @param words for the person on call
 */
record Refusal(State state, String words) {

    static Refusal of(SQLException problem, String user, String database) {
        var code = problem.getSQLState() == null ? "" : problem.getSQLState();
        return switch (code) {
            case "28P01", "28000" ->
                new Refusal(State.ACCEPTING, "it refused the login of user " + user + " to database " + database);
            case "08004" -> new Refusal(State.ACCEPTING, "it wants a password of user " + user + ", and there is none");
            case "3D000" -> new Refusal(State.ACCEPTING, "database " + database + " does not exist");
            case "42501" ->
                new Refusal(State.ACCEPTING, "user " + user + " lacks the right to read that in database " + database);
            case "57014" -> new Refusal(State.ACCEPTING, "the query took too long");
            case "57P03" -> new Refusal(State.REJECTING, "it is starting or stopping");
            case "57P01", "57P02" -> new Refusal(State.REJECTING, "it is shutting down");
            case "53300" -> new Refusal(State.REJECTING, "it has no connection left");
            case "08P01" -> new Refusal(State.NO_ANSWER, "what answers there does not speak PostgreSQL");
            default ->
                code.startsWith("08")
                        ? new Refusal(State.NO_ANSWER, unreachable(problem))
                        : new Refusal(State.ACCEPTING, "it answered with error " + code);
        };
    }

    private static String unreachable(Throwable problem) {
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the host name is unknown";
            }
            if (cause instanceof SocketTimeoutException) {
                return "no answer in time";
            }
            if (cause instanceof NoRouteToHostException) {
                return "no route to the host";
            }
            if (cause instanceof ConnectException) {
                return "connection refused";
            }
        }
        return "the connection broke";
    }
}
