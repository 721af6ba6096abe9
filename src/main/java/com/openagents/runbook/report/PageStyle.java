package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The page's style and script, and the policy that lets nothing else in: even markup that slipped through could not run
 * or call home.
 */
record PageStyle(String css, String script) {

    /** The style with running headers and page numbers for print. */
    static PageStyle of(String left, String right, String foot) {
        var running = "@page{@top-left{content:" + string(left) + "}@top-right{content:" + string(right)
                + "}@bottom-left{content:" + string(foot) + "}}\n";
        return new PageStyle(HtmlReport.resource("report.css") + running, HtmlReport.resource("report.js"));
    }

    String policy() {
        return "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src " + hash(css)
                + "; script-src " + hash(script);
    }

    private static String hash(String content) {
        var digest = Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String string(String text) {
        var out = new StringBuilder("\"");
        Text.visible(text).codePoints().forEach(point -> {
            if (Character.isLetterOrDigit(point) || " .,:;_-/·".indexOf(point) >= 0) {
                out.appendCodePoint(point);
            } else {
                out.append('\\').append(Integer.toHexString(point)).append(' ');
            }
        });
        return out.append('"').toString();
    }
}
