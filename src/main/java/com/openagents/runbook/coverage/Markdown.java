package com.openagents.runbook.coverage;

import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Reads Markdown as text. */
final class Markdown {
    private static final Parser PARSER = Parser.builder().build();

    private Markdown() {}

    static Node parse(String text) {
        return PARSER.parse(text);
    }

    /** The text of a node in one line; code keeps its backticks, since it means something else without. */
    static String text(Node node) {
        var text = new StringBuilder();
        append(node, text);
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    private static void append(Node node, StringBuilder text) {
        if (node instanceof Text words) {
            text.append(words.getLiteral());
        } else if (node instanceof Code code) {
            text.append('`').append(code.getLiteral()).append('`');
        } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
            text.append(' ');
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            append(child, text);
        }
    }
}
