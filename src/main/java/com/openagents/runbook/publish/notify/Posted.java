package com.openagents.runbook.publish.notify;

import com.openagents.runbook.publish.Outgoing;
import com.openagents.runbook.publish.Post;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One message for all changes of a run, posted as JSON.
 *
 * @param url where to; asked for when it is sent, for it may be behind a reference
 * @param body the message in the words of the receiver
 */
record Posted(
        String name, Post post, Supplier<String> url, Optional<Supplier<String>> token, Function<Message, String> body)
        implements Channel {

    @Override
    public List<Parcel> parcels(Message message) {
        if (message.changes().isEmpty()) {
            return List.of();
        }
        var text = body.apply(message);
        var outgoing = new Outgoing(
                name,
                Channel.changes(message.changes().size()),
                () -> post.send(url.get(), Json.MEDIA_TYPE, token.map(Supplier::get), text),
                false);
        return List.of(new Parcel(outgoing, message.changes()));
    }
}
