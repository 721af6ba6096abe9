package com.openagents.runbook.system.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a row of evidence whose columns keep their order. */
final class Rows {
    private Rows() {}

    static Map<String, String> of(Object... columnsAndValues) {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put((String) columnsAndValues[i], String.valueOf(columnsAndValues[i + 1]));
        }
        return row;
    }
}
