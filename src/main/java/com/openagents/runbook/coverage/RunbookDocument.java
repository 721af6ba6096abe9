package com.openagents.runbook.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;

/**
 * The runbook as this project holds it, {@code docs/runbook.md}: headings are sections, list items that begin with an id
 * in bold are statements, a sentence in italics that begins with "By a person:" says why no machine can decide one, and
 * a comment {@code <!-- from HASH ... -->} names the published sentences that one stands for.
 */
final class RunbookDocument {
    private static final Pattern SECTION = Pattern.compile("(\\d+[A-Z]?)\\s+(.+)");
    private static final Pattern ID = Pattern.compile("\\d+[A-Z]?\\.\\d+");
    private static final Pattern SOURCES = Pattern.compile("<!--\\s*from((?:\\s+[0-9a-f]{8})+)\\s*-->");
    private static final String BY_PERSON = "By a person: ";

    private final Map<String, String> sections = new LinkedHashMap<>();
    private final List<Statement> statements = new ArrayList<>();

    private RunbookDocument() {}

    static RunbookDocument read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the runbook cannot be read: " + file, e);
        }
    }

    static RunbookDocument parse(String markdown) {
        var document = new RunbookDocument();
        Markdown.parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                var section = SECTION.matcher(Markdown.text(heading));
                if (section.matches()) {
                    document.sections.put(section.group(1), section.group(2));
                }
            }

            @Override
            public void visit(ListItem item) {
                if (item.getFirstChild() instanceof Paragraph paragraph
                        && paragraph.getFirstChild() instanceof StrongEmphasis strong
                        && ID.matcher(Markdown.text(strong)).matches()) {
                    document.statements.add(statement(paragraph, strong));
                }
            }
        });
        return document;
    }

    private static Statement statement(Paragraph paragraph, StrongEmphasis id) {
        var words = new StringBuilder();
        var byPerson = Optional.<String>empty();
        var sources = List.<String>of();
        for (Node node = id.getNext(); node != null; node = node.getNext()) {
            var text = Markdown.text(node);
            if (node instanceof HtmlInline comment) {
                sources = sources(comment.getLiteral());
            } else if (node instanceof Emphasis && text.startsWith(BY_PERSON)) {
                byPerson = Optional.of(text.substring(BY_PERSON.length()));
            } else {
                words.append(text).append(' ');
            }
        }
        return new Statement(Markdown.text(id), tidy(words), byPerson, sources);
    }

    private static String tidy(CharSequence words) {
        return words.toString().strip().replaceAll("\\s+", " ").replaceAll(" (?=[.,;:)])", "");
    }

    private static List<String> sources(String comment) {
        var matcher = SOURCES.matcher(comment);
        return matcher.matches() ? Arrays.asList(matcher.group(1).strip().split("\\s+")) : List.of();
    }

    /** From section id to its title, in order. */
    Map<String, String> sections() {
        return sections;
    }

    List<Statement> statements() {
        return statements;
    }

    Optional<Statement> statement(String id) {
        return statements.stream().filter(one -> one.id().equals(id)).findFirst();
    }
}
