package com.openagents.runbook.replica.cluster.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Amounts of resources such as {@code 250m} and {@code 512Mi}. */
final class Quantity {

    private static final Pattern FORM = Pattern.compile("([+-]?[0-9.]+)([eE][-+]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final List<String> UP = List.of("", "k", "M", "G", "T", "P", "E");

    private Quantity() {}

    static BigDecimal value(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new SchemaCheck.WrongType(
                    "quantities must match the regular expression" + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        var number = new BigDecimal(match.group(1));
        var suffix = match.group(2) == null ? "" : match.group(2);
        if (BINARY.contains(suffix)) {
            return number.multiply(BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix)));
        }
        return DECIMAL.containsKey(suffix)
                ? number.scaleByPowerOfTen(DECIMAL.get(suffix))
                : number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }

    /** The form a server stores: the largest suffix that leaves no fraction. */
    static String canonical(String text) {
        var value = value(text);
        if (value.signum() == 0) {
            return "0";
        }
        if (text.endsWith("i")) {
            return binary(value);
        }
        return decimal(value);
    }

    private static String binary(BigDecimal value) {
        var thousand = BigDecimal.valueOf(1024);
        if (value.stripTrailingZeros().scale() > 0 || value.abs().compareTo(thousand) < 0) {
            return decimal(value);
        }
        var left = value;
        int step = 0;
        while (step < BINARY.size() - 1 && left.remainder(thousand).signum() == 0) {
            left = left.divide(thousand);
            step++;
        }
        return left.toBigInteger() + BINARY.get(step);
    }

    private static String decimal(BigDecimal value) {
        if (value.stripTrailingZeros().scale() > 0) {
            for (var suffix : List.of("m", "u", "n")) {
                var scaled = value.scaleByPowerOfTen(-DECIMAL.get(suffix));
                if (scaled.stripTrailingZeros().scale() <= 0) {
                    return scaled.toBigInteger() + suffix;
                }
            }
            return value.scaleByPowerOfTen(9).setScale(0, RoundingMode.UP).toBigInteger() + "n";
        }
        var left = value;
        int step = 0;
        var thousand = BigDecimal.valueOf(1000);
        while (step < UP.size() - 1 && left.remainder(thousand).signum() == 0) {
            left = left.divide(thousand);
            step++;
        }
        return left.toBigInteger() + UP.get(step);
    }
}
