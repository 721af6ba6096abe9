package com.openagents.runbook.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Headless Chromium, which opens a page and paints its first screen. */
final class Browser {
    private static final int MINUTES = 3;

    private final String program;
    private final Path folder;
    private final Path nothing;

    private Browser(String program, Path folder) throws IOException {
        this.program = program;
        this.folder = folder;
        this.nothing = Files.writeString(folder.resolve("nothing.html"), "<!doctype html><title>Nothing</title>");
    }

    static Browser find(Path folder) throws IOException {
        var found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Chromium is not on the PATH"));
        return new Browser(found.toString(), folder);
    }

    /** Milliseconds from the start of the browser to its end. */
    long open(Path page) throws IOException, InterruptedException {
        long from = System.nanoTime();
        var process = new ProcessBuilder(
                        program,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--screenshot=" + folder.resolve(page.getFileName() + ".png"),
                        page.toUri().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(page + " did not open within " + MINUTES + " minutes");
            }
            return (System.nanoTime() - from) / 1_000_000;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The same for an empty page: what the browser itself takes. */
    long openNothing() throws IOException, InterruptedException {
        return open(nothing);
    }
}
