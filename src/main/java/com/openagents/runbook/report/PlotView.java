package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Plot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A plot as the page shows it: a drawing for the eye, words and a table that say the same. */
record PlotView(Plot plot) {
    private static final String NO_VALUE = "none";

    /** One series; the style tells lines apart by dashes as well. */
    record LineView(int style, String name, String last, List<String> strokes, List<Dot> dots) {}

    record Dot(String x, String y) {}

    record Row(String at, List<String> cells) {}

    private Stream<Plot.Point> points() {
        return plot.lines().stream().flatMap(line -> line.points().stream());
    }

    /** Whether there is a number that can be drawn. */
    boolean drawable() {
        return points().anyMatch(point -> Double.isFinite(point.number()));
    }

    String from() {
        return Times.clock(plot.from());
    }

    String to() {
        return Times.clock(plot.to());
    }

    String at() {
        return Times.clock(plot.at());
    }

    String unit() {
        return plot.unit();
    }

    String threshold() {
        return plot.threshold().isEmpty() ? "" : plot.comparison() + " " + number(Double.parseDouble(plot.threshold()));
    }

    /** What is not in the drawing, in words; empty if nothing is missing. */
    String missing() {
        long odd = points().filter(point -> !Double.isFinite(point.number())).count();
        return Stream.of(
                        plot.cutLines() == 0 ? "" : "More series than shown here: " + plot.cutLines() + " left out.",
                        plot.cutPoints() == 0 ? "" : "Earlier points left out: " + plot.cutPoints() + ".",
                        odd == 0 ? "" : "Values that are no number (NaN or Inf), and so not drawn: " + odd + ".")
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    String description() {
        var lines = plot.lines().stream()
                .map(line -> line.name() + " ends at " + last(line))
                .collect(Collectors.joining("; "));
        return "From " + from() + " to " + to() + ", verdict at " + at()
                + (threshold().isEmpty() ? "" : ", threshold " + threshold()) + ": " + lines;
    }

    PlotScale scale() {
        var numbers = points().mapToDouble(Plot.Point::number).filter(Double::isFinite);
        var limit = plot.threshold().isEmpty()
                ? DoubleStream.empty()
                : DoubleStream.of(Double.parseDouble(plot.threshold()));
        return PlotScale.of(plot, DoubleStream.concat(numbers, limit).toArray());
    }

    List<LineView> lines() {
        var scale = scale();
        return IntStream.range(0, plot.lines().size())
                .mapToObj(i -> line(i, plot.lines().get(i), scale))
                .toList();
    }

    private static LineView line(int style, Plot.Line line, PlotScale scale) {
        var strokes = new ArrayList<String>();
        var dots = new ArrayList<Dot>();
        var stroke = new ArrayList<Plot.Point>();
        for (var point : line.points()) {
            if (Double.isFinite(point.number())) {
                stroke.add(point);
            } else {
                draw(stroke, scale, strokes, dots);
            }
        }
        draw(stroke, scale, strokes, dots);
        return new LineView(style, line.name(), last(line), strokes, dots);
    }

    /** A point without neighbours would be a line of no length, which nobody sees. */
    private static void draw(List<Plot.Point> stroke, PlotScale scale, List<String> strokes, List<Dot> dots) {
        if (stroke.size() == 1) {
            var only = stroke.get(0);
            dots.add(new Dot(scale.x(only.at()), scale.y(only.number())));
        } else if (!stroke.isEmpty()) {
            strokes.add(stroke.stream()
                    .map(point -> scale.x(point.at()) + "," + scale.y(point.number()))
                    .collect(Collectors.joining(" ")));
        }
        stroke.clear();
    }

    boolean hasNumbers() {
        return points().findAny().isPresent();
    }

    List<String> columns() {
        return plot.lines().stream().map(Plot.Line::name).toList();
    }

    List<Row> rows() {
        var times = points().map(Plot.Point::at).collect(Collectors.toCollection(TreeSet::new));
        return times.stream()
                .map(at -> new Row(
                        Times.clock(at),
                        plot.lines().stream().map(line -> value(line, at)).toList()))
                .toList();
    }

    private static String value(Plot.Line line, Instant at) {
        return line.points().stream()
                .filter(point -> point.at().equals(at))
                .findFirst()
                .map(point -> number(point.number()))
                .orElse(NO_VALUE);
    }

    private static String last(Plot.Line line) {
        return line.points().isEmpty()
                ? NO_VALUE
                : number(line.points().get(line.points().size() - 1).number());
    }

    /** Four digits are enough to read a picture by. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value).replace("Infinity", "Inf");
        }
        var rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 9 ? rounded.toString().toLowerCase(Locale.ROOT) : rounded.toPlainString();
    }
}
