package com.openagents.runbook.triage;

import com.openagents.runbook.system.Ago;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page as one file that needs no network and no script. */
final class HtmlPage {
    private static final Template TEMPLATE =
            Mustache.compiler().emptyStringIsFalse(true).compile(template());

    private HtmlPage() {}

    static String of(Page page) {
        return TEMPLATE.execute(Map.of(
                "page", page,
                "window", Ago.text(page.since()),
                "first", page.suspicions().stream().limit(1).toList(),
                "more", page.suspicions().stream().skip(1).toList(),
                "well", page.suspicions().isEmpty()));
    }

    private static String template() {
        try (var in = HtmlPage.class.getResourceAsStream("page.mustache")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
