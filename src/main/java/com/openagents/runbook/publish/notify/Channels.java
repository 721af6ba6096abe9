package com.openagents.runbook.publish.notify;

import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.publish.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The ways of telling that an environment names. */
final class Channels {
    private final Post post = new Post();
    private final UnaryOperator<String> secrets;

    private Channels(UnaryOperator<String> secrets) {
        this.secrets = secrets;
    }

    static List<Channel> of(Notify.To to, UnaryOperator<String> secrets) {
        var channels = new Channels(secrets);
        var all = new ArrayList<Channel>();
        Optional.ofNullable(to.slack())
                .map(hook -> channels.hook("slack", hook, SlackMessage::of))
                .ifPresent(all::add);
        Optional.ofNullable(to.teams())
                .map(hook -> channels.hook("teams", hook, TeamsCard::of))
                .ifPresent(all::add);
        Optional.ofNullable(to.pagerduty()).map(channels::pagerDuty).ifPresent(all::add);
        Optional.ofNullable(to.alertmanager()).map(channels::alertmanager).ifPresent(all::add);
        Optional.ofNullable(to.webhook()).map(channels::webhook).ifPresent(all::add);
        Optional.ofNullable(to.mail())
                .map(mail -> new Mail(mail, channels.secret(mail.password())))
                .ifPresent(all::add);
        return all;
    }

    private Channel hook(String name, Notify.Hook hook, Function<Message, String> body) {
        return new Posted(name, post, () -> secrets.apply(hook.url()), Optional.empty(), body);
    }

    private Channel webhook(Notify.Receiver receiver) {
        return new Posted("webhook", post, receiver::url, secret(receiver.token()), WebhookJson::of);
    }

    private Channel alertmanager(Notify.Receiver receiver) {
        return new AlertmanagerAlerts(post, receiver.url(), secret(receiver.token()));
    }

    private Channel pagerDuty(Notify.PagerDuty pagerDuty) {
        return new PagerDutyEvents(
                post, Optional.ofNullable(pagerDuty.url()), () -> secrets.apply(pagerDuty.routingKey()));
    }

    /** Looked up when it is needed. */
    private Optional<Supplier<String>> secret(String reference) {
        return Optional.ofNullable(reference).map(known -> () -> secrets.apply(known));
    }
}
