package com.openagents.runbook.report;

/** The words of a page, as someone without script or style reads them. */
final class PageText {
    private PageText() {}

    static String of(String html) {
        return html.replaceAll("(?s)^.*?<body>", "")
                .replaceAll("(?s)<script>.*?</script>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
