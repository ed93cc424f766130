package org.voucherledger.projections.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a file line by line, never more than one line of bounded length at a time. */
final class Lines {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its newline; {@code null} after the last one.
     *
     * @throws BrokenForm if it is too long, or the file ends within it
     */
    byte[] next() throws IOException {
        var line = new ByteArrayOutputStream(256);
        while (true) {
            if (at == filled && !fill()) {
                if (line.size() == 0) {
                    return null;
                }
                number++;
                throw new BrokenForm(number, "文件在一行中间中断", "the file ends in the middle of a line");
            }
            int from = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > BundleForm.LONGEST_LINE) {
                number++;
                throw new BrokenForm(number, "该行超过 16 MiB", "the line is longer than 16 MiB");
            }
            if (at < filled) {
                at++;
                number++;
                return line.toByteArray();
            }
        }
    }

    /** The number of the line that was read last, from 1 on. */
    long number() {
        return number;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }
}
