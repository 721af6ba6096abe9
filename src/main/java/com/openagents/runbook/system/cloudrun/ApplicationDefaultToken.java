package com.openagents.runbook.system.cloudrun;

import com.google.auth.oauth2.GoogleCredentials;
import com.openagents.runbook.evidence.CouldNotCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An access token from the application-default credentials of this machine: a file that
 * {@code GOOGLE_APPLICATION_CREDENTIALS} names, a login of gcloud, or the service account of the machine. The library
 * renews it when it nears its end.
 */
public final class ApplicationDefaultToken implements Supplier<String> {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private final Duration patience;
    private final Consumer<String> hide;
    private final Credentials source;
    private GoogleCredentials credentials;

    /** Finds the credentials; this asks the network where no file names them. */
    @FunctionalInterface
    interface Credentials {
        GoogleCredentials find() throws IOException;
    }

    /**
     * @param patience how long finding the credentials and asking for a token may take
     * @param hide has a token masked from then on
     */
    public ApplicationDefaultToken(Duration patience, Consumer<String> hide) {
        this(patience, hide, GoogleCredentials::getApplicationDefault);
    }

    ApplicationDefaultToken(Duration patience, Consumer<String> hide, Credentials source) {
        this.patience = patience;
        this.hide = hide;
        this.source = source;
    }

    /** @throws CouldNotCheck if there are no credentials, or if no token comes for them */
    @Override
    public String get() {
        try {
            // The library has limits of its own, longer than a check may wait.
            var token = CompletableFuture.supplyAsync(this::token, work -> {
                        var thread = new Thread(work, "runbook-google-credentials");
                        thread.setDaemon(true);
                        thread.start();
                    })
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            hide.accept(token);
            return token;
        } catch (TimeoutException e) {
            throw refused("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw refused(words(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("interrupted");
        }
    }

    private synchronized String token() {
        try {
            if (credentials == null) {
                credentials = source.find().createScoped(SCOPE);
            }
            credentials.refreshIfExpired();
            return credentials.getAccessToken().getTokenValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line is for people; what follows may repeat what was sent. */
    private static String words(Throwable problem) {
        var cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static CouldNotCheck refused(String reason) {
        return new CouldNotCheck(CloudRunApi.SYSTEM + ": the application-default credentials give no access token: "
                + reason + ". Run gcloud auth application-default login, or name a key file in"
                + " GOOGLE_APPLICATION_CREDENTIALS, or add systems.cloud-run.token");
    }
}
