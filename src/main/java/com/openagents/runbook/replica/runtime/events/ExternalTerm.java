package com.openagents.runbook.replica.runtime.events;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Erlang external term format of a JSON value, which the stored digests are computed from (contract 7.5). */
public final class ExternalTerm {
    private static final int VERSION = 131;
    private static final int SMALL_INTEGER = 97;
    private static final int INTEGER = 98;
    private static final int FLOAT = 70;
    private static final int SMALL_BIG = 110;
    private static final int LARGE_BIG = 111;
    private static final int SMALL_ATOM = 119;
    private static final int BINARY = 109;
    private static final int LIST = 108;
    private static final int NIL = 106;
    private static final int MAP = 116;
    private static final int SMALL_TUPLE = 104;

    private final DataOutputStream out;
    private final boolean mapsAsPairs;

    private ExternalTerm(DataOutputStream out, boolean mapsAsPairs) {
        this.out = out;
        this.mapsAsPairs = mapsAsPairs;
    }

    /** Maps are written in bytewise key order, which is the order of the virtual machine for up to 32 keys. */
    public static byte[] encode(Object value) {
        return encode(value, false);
    }

    /** Maps become key-sorted lists of pairs, the form in which summaries, decisions and receipts are hashed. */
    public static byte[] encodeCanonical(Object value) {
        return encode(value, true);
    }

    private static byte[] encode(Object value, boolean mapsAsPairs) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            new ExternalTerm(out, mapsAsPairs).write(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(Object value) throws IOException {
        if (value == null) {
            atom("nil");
        } else if (value instanceof Boolean bool) {
            atom(bool.toString());
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            out.writeByte(FLOAT);
            out.writeDouble(((Number) value).doubleValue());
        } else if (value instanceof BigInteger big) {
            integer(big);
        } else if (value instanceof Number number) {
            integer(BigInteger.valueOf(number.longValue()));
        } else {
            binary(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void atom(String name) throws IOException {
        out.writeByte(SMALL_ATOM);
        out.writeByte(name.length());
        out.write(name.getBytes(StandardCharsets.US_ASCII));
    }

    private void binary(byte[] bytes) throws IOException {
        out.writeByte(BINARY);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void integer(BigInteger value) throws IOException {
        if (value.signum() >= 0 && value.bitLength() <= 8) {
            out.writeByte(SMALL_INTEGER);
            out.writeByte(value.intValue());
        } else if (value.bitLength() <= 31) {
            out.writeByte(INTEGER);
            out.writeInt(value.intValue());
        } else {
            big(value);
        }
    }

    private void big(BigInteger value) throws IOException {
        var magnitude = littleEndian(value.abs());
        if (magnitude.length <= 255) {
            out.writeByte(SMALL_BIG);
            out.writeByte(magnitude.length);
        } else {
            out.writeByte(LARGE_BIG);
            out.writeInt(magnitude.length);
        }
        out.writeByte(value.signum() < 0 ? 1 : 0);
        out.write(magnitude);
    }

    private static byte[] littleEndian(BigInteger magnitude) {
        var bytes = magnitude.toByteArray();
        int leading = bytes[0] == 0 ? 1 : 0;
        var reversed = new byte[bytes.length - leading];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private void list(List<?> items) throws IOException {
        if (!items.isEmpty()) {
            out.writeByte(LIST);
            out.writeInt(items.size());
            for (var item : items) {
                write(item);
            }
        }
        out.writeByte(NIL);
    }

    private void map(Map<?, ?> map) throws IOException {
        var sorted = new TreeMap<byte[], Object>(Arrays::compareUnsigned);
        map.forEach((key, value) -> sorted.put(key.toString().getBytes(StandardCharsets.UTF_8), value));
        if (!mapsAsPairs || !sorted.isEmpty()) {
            out.writeByte(mapsAsPairs ? LIST : MAP);
            out.writeInt(sorted.size());
        }
        for (var entry : sorted.entrySet()) {
            if (mapsAsPairs) {
                out.writeByte(SMALL_TUPLE);
                out.writeByte(2);
            }
            binary(entry.getKey());
            write(entry.getValue());
        }
        if (mapsAsPairs) {
            out.writeByte(NIL);
        }
    }
}
