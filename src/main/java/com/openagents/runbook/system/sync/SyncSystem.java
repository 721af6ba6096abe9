package com.openagents.runbook.system.sync;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.http.Network;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The door of the sync WebSocket (contract 5). A refusal is an answer; a runtime that does not answer at all is
 * {@link CouldNotCheck}.
 */
public final class SyncSystem {
    private final SyncAccess access;
    private final EvidenceLog evidence;
    private final Door door;
    private final String heldAgainst;

    /** @param origin the header of that name, as a browser would send it */
    private record Door(URI base, Optional<String> origin, String version) {}

    public SyncSystem(SyncAccess access, EvidenceLog evidence) {
        this(access, evidence, new Door(access.service(), Optional.empty(), SyncProtocol.VERSION), "");
    }

    private SyncSystem(SyncAccess access, EvidenceLog evidence, Door door, String heldAgainst) {
        this.access = access;
        this.evidence = evidence;
        this.door = door;
        this.heldAgainst = heldAgainst;
    }

    /**
     * The pods, in order of their names.
     *
     * @throws CouldNotCheck if they cannot be addressed one by one
     */
    public List<String> pods() {
        var pods = List.copyOf(new TreeMap<>(access.pods().get()).keySet());
        if (pods.isEmpty()) {
            throw new CouldNotCheck("the sync sockets behind " + door.base()
                    + " cannot be addressed one by one: say in systems.kubernetes.pods how this machine reaches pods");
        }
        return pods;
    }

    /** @throws CouldNotCheck if there is no such pod to address */
    public SyncSystem at(String pod) {
        var base = Optional.ofNullable(access.pods().get().get(pod))
                .orElseThrow(() -> new CouldNotCheck("the sync socket of pod " + pod
                        + " cannot be addressed: see which pods there are and whether they have an address"));
        return new SyncSystem(access, evidence, new Door(base, door.origin(), door.version()), heldAgainst);
    }

    /**
     * The same wish for a socket to each pod, from pod name to answer; what opens is closed at once.
     *
     * @throws CouldNotCheck if the pods cannot be addressed one by one
     */
    public Map<String, Handshake> onEveryPod(SyncToken token) {
        var handshakes = new TreeMap<String, Handshake>();
        for (var pod : pods()) {
            var handshake = at(pod).connect(token);
            handshake.socket().ifPresent(SyncSocket::close);
            handshakes.put(pod, handshake);
        }
        return handshakes;
    }

    /** As a browser on a page of this origin. */
    public SyncSystem from(String origin) {
        return new SyncSystem(
                access, evidence, new Door(door.base(), Optional.of(origin), door.version()), heldAgainst);
    }

    /** Another version of the protocol, to see whether it is refused. */
    public SyncSystem speaking(String version) {
        return new SyncSystem(access, evidence, new Door(door.base(), door.origin(), version), heldAgainst);
    }

    /** What the answers are held against, in words, for the evidence. */
    public SyncSystem heldAgainst(String words) {
        return new SyncSystem(access, evidence, door, words);
    }

    /** A right token, to be given scopes or made wrong. */
    public SyncTokenBuilder token() {
        return SyncTokenBuilder.of(access.signing());
    }

    /** A right token of another key than the one of this environment. */
    public SyncTokenBuilder tokenOf(String keyId, Supplier<String> key) {
        var usual = access.signing();
        return SyncTokenBuilder.of(
                new SyncSigning(keyId, key, usual.issuer(), usual.audience(), usual.claimsVersion()));
    }

    /** Asks for a socket. Close it. */
    public Handshake connect(SyncToken token) {
        var websocket = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(access.patience())
                .build()
                .newWebSocketBuilder()
                .connectTimeout(access.patience());
        door.origin().ifPresent(origin -> websocket.header("origin", origin));
        var command = new SyncCommand(door.base(), door.version(), door.origin(), token);
        var listener = new SyncListener();
        long start = System.nanoTime();
        var opening = websocket.buildAsync(uri(token), listener);
        try {
            var open = opening.get(access.patience().toMillis(), TimeUnit.MILLISECONDS);
            var socket = new SyncSocket(open, listener, command, access.patience(), evidence, heldAgainst);
            return saw(101, start, token, Optional.of(socket), command);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return saw(refused.getResponse().statusCode(), start, token, Optional.empty(), command);
            }
            throw noAnswer(e, command);
        } catch (TimeoutException e) {
            opening.thenAccept(WebSocket::abort);
            throw noAnswer(e, command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opening.thenAccept(WebSocket::abort);
            throw new CouldNotCheck("interrupted while connecting to the sync socket at " + door.base());
        }
    }

    private URI uri(SyncToken token) {
        var query = "vsn=" + encoded(door.version())
                + token.text().map(text -> "&token=" + encoded(text)).orElse("");
        return URI.create(SyncCommand.socket(door.base()) + "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private CouldNotCheck noAnswer(Exception problem, SyncCommand command) {
        return new CouldNotCheck("the sync socket at %s does not answer: %s. Ask for it by hand:\n%s"
                .formatted(door.base(), Network.words(problem, access.patience()), command.handshake()));
    }

    private Handshake saw(int status, long start, SyncToken token, Optional<SyncSocket> socket, SyncCommand command) {
        var took = Duration.ofNanos(System.nanoTime() - start);
        var handshake = new Handshake(status, took, Instant.now(), socket, command.handshake());
        Map<String, String> row = new LinkedHashMap<>();
        row.put("status", String.valueOf(status));
        row.put("answer", handshake.words());
        row.put("took", took.toMillis() + " ms");
        var context = new LinkedHashMap<String, String>();
        context.put("server", door.base().toString());
        context.put("token", token.toString());
        token.keyId().ifPresent(id -> context.put("key id", id));
        door.origin().ifPresent(origin -> context.put("origin", origin));
        evidence.saw(new Evidence(
                "Handshake of the sync socket",
                "sync",
                command.handshake(),
                List.of(row),
                heldAgainst,
                handshake.at(),
                context));
        return handshake;
    }

    @Override
    public String toString() {
        return "sync socket at " + door.base();
    }
}
