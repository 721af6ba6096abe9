package com.openagents.runbook.publish.notify;

import java.util.ArrayList;
import java.util.List;

/** A message as mail, in plain text. */
final class MailText {
    private MailText() {}

    static String subject(Message message) {
        return "[runbook] " + message.title();
    }

    static String of(Message message) {
        var lines = new ArrayList<String>();
        message.shown().forEach(notice -> notice(lines, notice));
        if (!message.more().isEmpty()) {
            lines.addAll(List.of(message.more(), ""));
        }
        lines.add("Run " + message.run() + ": " + message.verdict().word());
        if (!message.link().isEmpty()) {
            lines.add("Report: " + message.link());
        }
        return String.join("\n", lines) + "\n";
    }

    private static void notice(List<String> lines, Notice notice) {
        lines.add(notice.title());
        if (notice.change().over()) {
            lines.add("  It was a finding since " + notice.since());
        } else {
            lines.add("  " + notice.finding() + " (since " + notice.since() + ")");
            notice.details().forEach(detail -> lines.add("    " + detail));
            if (!notice.action().isEmpty()) {
                lines.add("  " + notice.action());
            }
            if (!notice.see().isEmpty()) {
                lines.add("  See it: " + notice.see());
            }
        }
        lines.add("");
    }
}
