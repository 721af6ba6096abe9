package com.openagents.runbook.system.prometheus;

import java.math.BigDecimal;

/**
 * Where a condition turns.
 *
 * @param comparison {@code >}, {@code >=}, {@code <} or {@code <=}
 */
public record Threshold(String comparison, double value) {
    @Override
    public String toString() {
        return comparison + " " + BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
