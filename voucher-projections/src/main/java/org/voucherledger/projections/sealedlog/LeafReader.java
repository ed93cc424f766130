package org.voucherledger.projections.sealedlog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the members of a leaf back, in the one order in which they are written. */
final class LeafReader {

    private static final JsonMapper STRINGS = JsonMapper.builder().build();

    private final byte[] line;
    private int at;

    private LeafReader(byte[] line) {
        this.line = line;
    }

    static Leaf read(byte[] line) {
        Leaf leaf;
        if (startsWith(line, start(EventLeaf.KIND))) {
            leaf = EventLeaf.read(after(line, EventLeaf.KIND));
        } else if (startsWith(line, start(RefusalLeaf.KIND))) {
            leaf = RefusalLeaf.read(after(line, RefusalLeaf.KIND));
        } else if (startsWith(line, start(UploadRefusalLeaf.KIND))) {
            leaf = UploadRefusalLeaf.read(after(line, UploadRefusalLeaf.KIND));
        } else {
            throw new Unreadable("the line is neither an event nor a refusal");
        }
        // Whatever the reading let pass (a space, a leading zero, another escape), writing it again shows.
        if (!Arrays.equals(leaf.line(), line)) {
            throw new Unreadable("the line is not written as its own content must be");
        }
        return leaf;
    }

    long number(String name) {
        name(name);
        int from = at;
        while (at < line.length && line[at] >= '0' && line[at] <= '9') {
            at++;
        }
        try {
            return Long.parseLong(ascii(from, at));
        } catch (NumberFormatException notOne) {
            throw new Unreadable(name + " is no number");
        }
    }

    String text(String name) {
        name(name);
        int from = at;
        skipText(name);
        // Nearly no text has an escape; what is no UTF-8 is not written again as it was.
        if (isPlain(from, at)) {
            return new String(line, from + 1, at - from - 2, StandardCharsets.UTF_8);
        }
        try {
            return STRINGS.readValue(line, from, at - from, String.class);
        } catch (JacksonException notOne) {
            throw new Unreadable(name + " is no text");
        }
    }

    String optionalText(String name) {
        return isNull(name) ? null : text(name);
    }

    Long optionalNumber(String name) {
        return isNull(name) ? null : Long.valueOf(number(name));
    }

    /** Goes past the member if it is null, and stays before it if it is not. */
    private boolean isNull(String name) {
        int before = at;
        name(name);
        if (startsWithAt("null")) {
            at += "null".length();
            return true;
        }
        at = before;
        return false;
    }

    Instant moment(String name) {
        try {
            return LeafWriter.MOMENT.parse(text(name), Instant::from);
        } catch (DateTimeException notOne) {
            throw new Unreadable(name + " is no moment");
        }
    }

    /** The bytes from one brace to the one that closes it; whether they are JSON the writer will say. */
    byte[] object(String name) {
        name(name);
        int from = at;
        int depth = 0;
        do {
            if (at >= line.length) {
                throw new Unreadable(name + " does not end");
            }
            switch (line[at]) {
                case '"' -> skipText(name);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
        return Arrays.copyOfRange(line, from, at);
    }

    private void name(String name) {
        String written = ",\"" + name + "\":";
        if (!startsWithAt(written)) {
            throw new Unreadable("the member " + name + " is not where it must be");
        }
        at += written.length();
    }

    private void skipText(String name) {
        if (at >= line.length || line[at] != '"') {
            throw new Unreadable(name + " is no text");
        }
        at++;
        while (at < line.length && line[at] != '"') {
            at += line[at] == '\\' ? 2 : 1;
        }
        if (at >= line.length) {
            throw new Unreadable(name + " does not end");
        }
        at++;
    }

    private boolean isPlain(int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private boolean startsWithAt(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return at + bytes.length <= line.length && Arrays.equals(line, at, at + bytes.length, bytes, 0, bytes.length);
    }

    private String ascii(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.US_ASCII);
    }

    private static LeafReader after(byte[] line, String kind) {
        var reader = new LeafReader(line);
        reader.at = start(kind).length;
        return reader;
    }

    private static byte[] start(String kind) {
        return ("{\"leaf\":\"" + kind + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] line, byte[] start) {
        return line.length >= start.length && Arrays.equals(line, 0, start.length, start, 0, start.length);
    }
}
