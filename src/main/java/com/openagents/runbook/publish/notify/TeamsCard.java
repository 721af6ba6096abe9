package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** A message as an adaptive card, the way an incoming webhook of Teams takes it. */
final class TeamsCard {
    private TeamsCard() {}

    static String of(Message message) {
        var root = Json.object().put("type", "message");
        var attachment = root.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
        var card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard").put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        var body = card.putArray("body");
        line(body, message.title(), true, false);
        message.shown().forEach(notice -> notice(body, notice));
        line(body, message.more(), false, false);
        line(body, "Run " + message.run() + ": " + message.verdict().word(), false, false);
        if (!message.link().isEmpty()) {
            var open = card.putArray("actions").addObject();
            open.put("type", "Action.OpenUrl").put("title", "Report").put("url", message.link());
        }
        return Json.text(root);
    }

    private static void notice(ArrayNode body, Notice notice) {
        line(body, notice.title(), true, false);
        if (notice.change().over()) {
            line(body, "It was a finding since " + notice.since(), false, false);
            return;
        }
        line(body, notice.finding(), false, false);
        notice.details().forEach(detail -> line(body, "• " + detail, false, false));
        line(body, notice.action(), false, false);
        line(body, notice.see(), false, true);
    }

    /** A rich text block, for the plain one would read marks of Markdown out of a finding. */
    private static void line(ArrayNode body, String text, boolean bold, boolean command) {
        if (text.isEmpty()) {
            return;
        }
        var run = body.addObject()
                .put("type", "RichTextBlock")
                .putArray("inlines")
                .addObject();
        run.put("type", "TextRun").put("text", text);
        if (bold) {
            run.put("weight", "Bolder");
        }
        if (command) {
            run.put("fontType", "Monospace");
        }
    }
}
