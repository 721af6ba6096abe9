package com.openagents.runbook.triage;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.triage.Page.Block;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page as Markdown whose tables are aligned, so that it reads as well on a terminal. */
final class MarkdownPage {
    private MarkdownPage() {}

    static String of(Page page) {
        return head(page) + page.blocks().stream().map(MarkdownPage::block).collect(Collectors.joining());
    }

    /** What a person reads first: what is most probably wrong, and who did not answer. */
    static String head(Page page) {
        var text = new StringBuilder("# Triage of " + page.environment() + "\n\n");
        text.append(page.at())
                .append(", the last ")
                .append(Ago.text(page.since()))
                .append("\n\n");
        if (page.suspicions().isEmpty()) {
            text.append("**Most likely: nothing is wrong.** Nothing of what answered is out of order.\n\n");
        }
        for (int i = 0; i < page.suspicions().size(); i++) {
            text.append(suspicion(page.suspicions().get(i), i == 0 ? "Most likely" : "Also"));
        }
        page.silent()
                .forEach(got -> text.append("- Did not answer: ")
                        .append(got.what())
                        .append(" (")
                        .append(cell(got.why()))
                        .append(")\n"));
        return text.append(page.silent().isEmpty() ? "" : "\n").toString();
    }

    private static String suspicion(Suspicion suspicion, String how) {
        var text = new StringBuilder("**" + how + ": " + cell(suspicion.what()) + ".**\n\n");
        suspicion.restsOn().stream()
                .filter(line -> !line.isBlank())
                .forEach(line -> text.append("- ").append(cell(line)).append('\n'));
        text.append("- Go to runbook ").append(suspicion.statement()).append('\n');
        if (!suspicion.see().isEmpty()) {
            text.append("- See it: `")
                    .append(suspicion.see().lines().findFirst().orElse(""))
                    .append("`\n");
        }
        return text.append('\n').toString();
    }

    private static String block(Block block) {
        var text = new StringBuilder("## " + block.statement() + " " + block.title() + "\n\n");
        block.notes().forEach(note -> text.append(cell(note)).append("\n\n"));
        if (!block.rows().isEmpty()) {
            text.append(table(block)).append('\n');
        }
        return text.toString();
    }

    private static String table(Block block) {
        int[] widths = IntStream.range(0, block.heads().size())
                .map(column -> Math.max(
                        block.heads().get(column).length(),
                        block.rows().stream()
                                .mapToInt(row -> cell(row.get(column)).length())
                                .max()
                                .orElse(0)))
                .toArray();
        var rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        return line(block.heads(), widths)
                + line(rule, widths)
                + block.rows().stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> cells, int[] widths) {
        var text = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            var cell = cell(cells.get(i));
            text.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
        return text.append('\n').toString();
    }

    /** Text from anywhere, kept to its cell: no line ends, no terminal sequences, no bars of its own. */
    private static String cell(String text) {
        return text.strip().replaceAll("\\p{Cntrl}+", " ").replace("|", "\\|");
    }
}
