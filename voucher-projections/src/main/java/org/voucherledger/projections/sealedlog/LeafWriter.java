package org.voucherledger.projections.sealedlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * Writes the members of a leaf, one after the other.
 *
 * <p>What was stored as JSON goes in as it is. It must be one JSON object by itself, in one line: if any bytes were let in, an
 * event with the payload <code>{"a":1},"metadata":{</code>… could give the same line as another one whose columns are divided
 * elsewhere, and a change that moves bytes from one column to the next would not change the leaf.
 */
final class LeafWriter {

    /** The four-digit years of ISO 8601, always with six digits after the second. */
    static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int NANOS_OF_A_MICROSECOND = 1000;
    private static final int LAST_YEAR = 9999;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    LeafWriter(String kind) {
        raw("{\"leaf\":\"" + kind + "\"");
    }

    LeafWriter number(String name, long value) {
        if (value < 0) {
            throw new Unreadable(name + " is negative");
        }
        return raw(",\"" + name + "\":" + value);
    }

    LeafWriter optionalNumber(String name, Long value) {
        return value == null ? raw(",\"" + name + "\":null") : number(name, value);
    }

    LeafWriter text(String name, String value) {
        if (value == null) {
            throw new Unreadable(name + " is missing");
        }
        return optionalText(name, value);
    }

    LeafWriter optionalText(String name, String value) {
        return raw(",\"" + name + "\":" + (value == null ? "null" : quoted(name, value)));
    }

    LeafWriter moment(String name, Instant value) {
        int year = value.atOffset(ZoneOffset.UTC).getYear();
        if (value.getNano() % NANOS_OF_A_MICROSECOND != 0 || year < 0 || year > LAST_YEAR) {
            throw new Unreadable(name + " is no moment of whole microseconds in a year of four digits");
        }
        return raw(",\"" + name + "\":\"" + MOMENT.format(value) + "\"");
    }

    LeafWriter object(String name, byte[] json) {
        if (json == null) {
            throw new Unreadable(name + " is missing");
        }
        JsonObject.insist(name, json);
        raw(",\"" + name + "\":");
        bytes.writeBytes(json);
        return this;
    }

    byte[] line() {
        raw("}");
        return bytes.toByteArray();
    }

    /** The escapes of RFC 8785: the two-letter ones where there are any, small hexadecimal digits else, nothing needless. */
    private static String quoted(String name, String value) {
        var quoted = new StringBuilder(value.length() + 2).append('"');
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\t' -> quoted.append("\\t");
                case '\n' -> quoted.append("\\n");
                case '\f' -> quoted.append("\\f");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                        throw new Unreadable(name + " has half a character");
                    }
                    if (c < ' ') {
                        quoted.append("\\u00%02x".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private LeafWriter raw(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }
}
