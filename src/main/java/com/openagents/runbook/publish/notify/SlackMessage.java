package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.stream.Collectors;

/** A message in Slack's blocks. */
final class SlackMessage {
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_SECTION = 3000;
    private static final String FENCE = "```";

    private SlackMessage() {}

    static String of(Message message) {
        var root = Json.object();
        root.put("text", escaped(message.title()));
        var blocks = root.putArray("blocks");
        var header = blocks.addObject().put("type", "header").putObject("text");
        var title = message.title();
        header.put("type", "plain_text").put("text", title.substring(0, Math.min(LONGEST_HEADER, title.length())));
        message.shown().forEach(notice -> section(blocks, text(message, notice)));
        if (!message.more().isEmpty()) {
            section(blocks, message.more());
        }
        var about =
                blocks.addObject().put("type", "context").putArray("elements").addObject();
        about.put("type", "mrkdwn").put("text", about(message));
        return Json.text(root);
    }

    private static void section(ArrayNode blocks, String text) {
        var section = blocks.addObject().put("type", "section").putObject("text");
        section.put("type", "mrkdwn").put("text", cut(text));
    }

    /** What is escaped is longer than what is told; no escape is cut in two, and no command stays open. */
    private static String cut(String text) {
        if (text.length() <= LONGEST_SECTION) {
            return text;
        }
        var begin = text.substring(0, LONGEST_SECTION - FENCE.length() - 1)
                .replaceFirst("(&[a-z]*|`{1,2}|[\\ud800-\\udbff])$", "");
        boolean open = begin.split(FENCE, -1).length % 2 == 0;
        return begin + "…" + (open ? FENCE : "");
    }

    private static String text(Message message, Notice notice) {
        var text = new StringBuilder("*").append(title(message, notice)).append('*');
        if (notice.change().over()) {
            return text.append("\nIt was a finding since ")
                    .append(notice.since())
                    .toString();
        }
        text.append('\n').append(escaped(notice.finding()));
        text.append(notice.details().stream()
                .map(detail -> "\n• " + escaped(detail))
                .collect(Collectors.joining()));
        if (!notice.action().isEmpty()) {
            text.append('\n').append(escaped(notice.action()));
        }
        if (!notice.see().isEmpty()) {
            text.append("\n").append(FENCE).append(escaped(notice.see())).append(FENCE);
        }
        return text.toString();
    }

    private static String title(Message message, Notice notice) {
        var title = escaped(notice.title());
        var link = message.link(notice);
        return link.isEmpty() ? title : "<" + link + "|" + title.replace("|", "/") + ">";
    }

    private static String about(Message message) {
        var run = "Run " + escaped(message.run()) + ": " + message.verdict().word();
        return message.link().isEmpty() ? run : run + ", <" + message.link() + "|report>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
