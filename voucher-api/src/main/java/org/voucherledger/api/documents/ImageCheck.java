package org.voucherledger.api.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/** GZ-45: an image that is whole, can be read to its last line, and has nothing behind its end. */
final class ImageCheck {

    /** An A3 page at 600 dpi has 70 million; more is made to fill the memory of whoever opens it. */
    static final long MOST_PIXELS = 100_000_000;

    private static final long PIXELS_HELD = 1_000_000;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int PNG_SIGNATURE_BYTES = 8;
    private static final int PNG_END = 0x49454E44;

    private ImageCheck() {}

    /** The first thing wrong with it; an allowed decision if nothing is. */
    static Decision of(String type, byte[] content, String name) {
        String structure = type.equals(ContentJudge.PNG) ? png(content) : jpeg(content);
        String found = structure.isEmpty() ? pixels(type, content) : structure;
        return Rule.GZ_45.holds(Check.DOCUMENTS, "DocumentDamaged", found.isEmpty(), "a whole image", found, name);
    }

    /** What is wrong with the chunks: each has its checksum, the last is the end, and nothing follows. */
    private static String png(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).position(Math.min(PNG_SIGNATURE_BYTES, content.length));
        while (in.remaining() >= 12) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                return "a PNG that breaks off";
            }
            int type = in.getInt(in.position());
            CRC32 crc = new CRC32();
            crc.update(content, in.position(), length + 4);
            in.position(in.position() + length + 4);
            if (in.getInt() != (int) crc.getValue()) {
                return "a PNG whose checksum is wrong";
            }
            if (type == PNG_END) {
                return in.hasRemaining() ? "a PNG with " + in.remaining() + " bytes behind its end" : "";
            }
        }
        return "a PNG that breaks off";
    }

    /**
     * What is wrong with the segments. Behind the end may stand more pictures, as cameras write them, or filling; nothing
     * else.
     */
    private static String jpeg(byte[] content) {
        int at = 0;
        while (at < content.length) {
            if (isFilling(content, at)) {
                return "";
            }
            if (at + 1 >= content.length || (content[at] & 0xFF) != 0xFF || (content[at + 1] & 0xFF) != SOI) {
                return "a JPEG with " + (content.length - at) + " bytes behind its end";
            }
            at = endOfPicture(content, at + 2);
            if (at < 0) {
                return "a JPEG that breaks off";
            }
        }
        return "";
    }

    private static boolean isFilling(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first byte behind the picture's end marker, or -1 if there is none. */
    private static int endOfPicture(byte[] content, int from) {
        int at = from;
        while (at + 1 < content.length) {
            if ((content[at] & 0xFF) != 0xFF) {
                return -1;
            }
            int marker = content[at + 1] & 0xFF;
            if (marker == EOI) {
                return at + 2;
            }
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (at + 3 >= content.length) {
                return -1;
            }
            at += 2 + ((content[at + 2] & 0xFF) << 8 | content[at + 3] & 0xFF);
            if (marker == SOS) {
                at = endOfScan(content, at);
            }
        }
        return -1;
    }

    /** Where the next marker stands: compressed data holds none but stuffed bytes and restart marks. */
    private static int endOfScan(byte[] content, int from) {
        int at = from;
        while (at + 1 < content.length) {
            int next = content[at + 1] & 0xFF;
            if ((content[at] & 0xFF) == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                return at;
            }
            at++;
        }
        return content.length;
    }

    /** Reads the whole picture and holds a small one of it. */
    private static String pixels(String type, byte[] content) {
        ImageReader reader = ImageIO.getImageReadersByMIMEType(type).next();
        var complaint = new AtomicReference<>("");
        reader.addIIOReadWarningListener((source, warning) -> complaint.compareAndSet("", warning));
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                return "an image of " + pixels + " pixels, more than " + MOST_PIXELS;
            }
            ImageReadParam small = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) pixels / PIXELS_HELD));
            small.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
            if (reader.canReadRaster()) {
                reader.readRaster(0, small); // Colours that Java cannot show, as printers use them, are no damage.
            } else {
                reader.read(0, small);
            }
            return complaint.get();
        } catch (IOException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException damaged) {
            return "an image that cannot be read";
        } finally {
            reader.dispose();
        }
    }
}
