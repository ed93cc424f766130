package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How much the compressed parts of a PDF swell, counted before anybody unpacks them: a file of a few bytes may hold a stream
 * that fills a memory.
 */
final class PdfStreams {

    /** All streams together; a page scanned at 600 dpi in colour has 104 million bytes. */
    static final long MOST_BYTES = 500_000_000;

    /** A stream that a parser must unpack as a whole to read the document at all. */
    static final long MOST_BYTES_OF_STRUCTURE = 32_000_000;

    private static final Pattern STREAM = Pattern.compile("stream\\r?\\n");
    private static final Pattern STRUCTURE = Pattern.compile("ObjStm|XRef|#");
    private static final Pattern OTHER_FILTERS =
            Pattern.compile("LZW|RunLength|Flate.*Flate|/Fl\\b.*/Fl\\b", Pattern.DOTALL);
    private static final int LONGEST_DICTIONARY = 4096;

    private PdfStreams() {}

    /** What is wrong, or an empty text. */
    static String swollen(byte[] content) {
        String text = new String(content, ISO_8859_1);
        Matcher streams = STREAM.matcher(text);
        long all = 0;
        while (streams.find()) {
            if (text.startsWith("end", streams.start() - 3)) {
                continue;
            }
            String dictionary = dictionary(text, streams.start());
            boolean structure = STRUCTURE.matcher(dictionary).find();
            if (structure && OTHER_FILTERS.matcher(dictionary).find()) {
                return "a PDF whose structure is compressed in an unusual way";
            }
            long most = structure ? MOST_BYTES_OF_STRUCTURE : MOST_BYTES - all;
            long inflated = inflated(content, streams.end(), most);
            all += inflated;
            if (inflated > most || all > MOST_BYTES) {
                return "a PDF that swells to more than " + (structure ? MOST_BYTES_OF_STRUCTURE : MOST_BYTES)
                        + " bytes";
            }
        }
        return "";
    }

    private static String dictionary(String text, int end) {
        int from = Math.max(0, end - LONGEST_DICTIONARY);
        int object = text.lastIndexOf(" obj", end);
        return text.substring(Math.max(from, object), end);
    }

    /** How many bytes the data give, at most a little more than the limit; none if they are not of this kind. */
    private static long inflated(byte[] content, int from, long most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content, from, content.length - from);
            byte[] scratch = new byte[64 * 1024];
            long count = 0;
            while (!inflater.finished() && count <= most) {
                int some = inflater.inflate(scratch);
                if (some == 0) {
                    break;
                }
                count += some;
            }
            return count;
        } catch (DataFormatException otherwiseCompressed) {
            return inflater.getBytesWritten();
        } finally {
            inflater.end();
        }
    }
}
