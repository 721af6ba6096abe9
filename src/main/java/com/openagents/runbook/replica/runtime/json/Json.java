package com.openagents.runbook.replica.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON values as {@code Map}, {@code List}, {@code String}, {@code Long}/{@code BigInteger}, {@code Double}, {@code Boolean}, null. */
public final class Json {
    // The streaming core only: data binding would cost a tenth of a second of every process start.
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** @throws IOException when the text is not one JSON value */
    public static Object parse(String text) throws IOException {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
            return value;
        }
    }

    /** Reads a value that this process or the database wrote. */
    public static Object read(String trusted) {
        try {
            return parse(trusted);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> readObject(String trusted) {
        return (Map<String, Object>) read(trusted);
    }

    /** Compact text, keys in alphabetical order. */
    public static String write(Object value) {
        var out = new StringWriter();
        try (var generator = FACTORY.createGenerator(out)) {
            write(generator, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    /** A value that is written often and needs to be turned into text only once. */
    public static Written written(Object value) {
        return new Written(write(value));
    }

    /** @param text JSON, which becomes part of another value as it is */
    public record Written(String text) {}

    /** A map from alternating keys and values; null values are kept. */
    public static Map<String, Object> object(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Object value(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == null) {
            throw new IOException("empty JSON text");
        }
        return switch (token) {
            case START_OBJECT -> objectOf(parser);
            case START_ARRAY -> listOf(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected token " + token);
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    private static Map<String, Object> objectOf(JsonParser parser) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            parser.nextToken();
            map.put(key, value(parser));
        }
        return map;
    }

    private static List<Object> listOf(JsonParser parser) throws IOException {
        var list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static void write(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            var sorted = new TreeMap<String, Object>();
            map.forEach((key, item) -> sorted.put(key.toString(), item));
            for (var entry : sorted.entrySet()) {
                out.writeFieldName(entry.getKey());
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            out.writeStartArray();
            for (var item : items) {
                write(out, item);
            }
            out.writeEndArray();
        } else {
            writeScalar(out, value);
        }
    }

    private static void writeScalar(JsonGenerator out, Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Written written) {
            out.writeRawValue(written.text());
        } else if (value instanceof Integer || value instanceof Long) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger big) {
            out.writeNumber(big);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (value instanceof Number number) {
            out.writeNumber(number.doubleValue());
        } else {
            out.writeString(value.toString());
        }
    }
}
