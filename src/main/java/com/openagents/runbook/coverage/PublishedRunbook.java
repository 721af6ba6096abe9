package com.openagents.runbook.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;

/**
 * A runbook as it is published: each list item, command and sentence under a numbered heading says something. Lines that
 * only announce what follows, those that end with a colon, do not.
 *
 * @param items in their order
 */
record PublishedRunbook(List<Item> items) {
    private static final Pattern CHAPTER = Pattern.compile("(\\d+)\\.\\s+.+");
    private static final Pattern PART = Pattern.compile("([A-Z])\\.\\s+.+");

    /**
     * @param section for example {@code 4F}
     * @param text the words, in one line
     */
    record Item(String section, String text) {
        String fingerprint() {
            return Fingerprint.of(text);
        }
    }

    static PublishedRunbook parse(String markdown) {
        var reader = new Reader();
        Markdown.parse(markdown).accept(reader);
        return new PublishedRunbook(List.copyOf(reader.items));
    }

    private static final class Reader extends AbstractVisitor {
        private final List<Item> items = new ArrayList<>();
        private String chapter = "";
        private String part = "";

        @Override
        public void visit(Heading heading) {
            var text = Markdown.text(heading);
            var numbered = CHAPTER.matcher(text);
            var lettered = PART.matcher(text);
            if (numbered.matches()) {
                chapter = numbered.group(1);
                part = "";
            } else if (lettered.matches()) {
                part = lettered.group(1);
            }
        }

        @Override
        public void visit(Paragraph paragraph) {
            add(Markdown.text(paragraph));
        }

        /** An item with items of its own only announces them, and they need its words to be understood. */
        @Override
        public void visit(ListItem item) {
            var own = item.getFirstChild() instanceof Paragraph paragraph ? Markdown.text(paragraph) : "";
            var inner = inner(item);
            if (inner == null) {
                add(own);
            } else {
                for (var child = inner.getFirstChild(); child != null; child = child.getNext()) {
                    add(own + " " + Markdown.text(child));
                }
            }
        }

        private static Node inner(ListItem item) {
            for (var child = item.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof BulletList || child instanceof OrderedList) {
                    return child;
                }
            }
            return null;
        }

        @Override
        public void visit(FencedCodeBlock block) {
            block.getLiteral()
                    .replaceAll("\\\\\\n\\s*", "")
                    .lines()
                    .map(String::strip)
                    .forEach(this::add);
        }

        private void add(String text) {
            boolean announces = text.endsWith(":");
            if (!chapter.isEmpty() && !text.isBlank() && !announces) {
                items.add(new Item((chapter + part).toUpperCase(Locale.ROOT), text));
            }
        }
    }
}
