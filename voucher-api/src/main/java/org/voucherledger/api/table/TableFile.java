package org.voucherledger.api.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** A table in a file. What the file is, is judged by its content and by nothing else. */
public interface TableFile {

    /** More columns than any list has; what is wider is no list. */
    int MOST_COLUMNS = 200;

    /** {@code CSV} or {@code XLSX}, with what it is written in. */
    String form();

    /** Whether every row must have as many cells as the headings: a sheet leaves empty ones out, a CSV file does not. */
    boolean isEvenlyWide();

    /**
     * Hands on each row that is not blank, in order, without holding them all.
     *
     * @throws FileFlaw if the file breaks off or is broken
     */
    void read(Consumer<SheetRow> rows) throws IOException;

    /**
     * @param mostBytesUnpacked of a workbook, all its parts together
     * @throws FileFlaw if it is neither a CSV file in a known encoding nor an XLSX workbook that unpacks to no more
     */
    static TableFile of(Path file, long mostBytesUnpacked) throws IOException {
        byte[] head = head(file);
        if (head.length == 0) {
            throw new FileFlaw(0, "", "EmptyFile", new Words("文件为空。", "The file is empty."));
        }
        if (begins(head, 'P', 'K', 3, 4)) {
            return XlsxFile.of(file, mostBytesUnpacked);
        }
        if (begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new FileFlaw(
                    0,
                    "",
                    "OldOrEncryptedWorkbook",
                    new Words(
                            "这是旧版 .xls 或加密的工作簿；请另存为不加密的 .xlsx 或 CSV。",
                            "This is an old .xls workbook or an encrypted one; save it as .xlsx without a password, or as"
                                    + " CSV."));
        }
        return CsvFile.of(file);
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(8);
        }
    }

    private static boolean begins(byte[] head, int... bytes) {
        return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytesOf(bytes), 0, bytes.length);
    }

    private static byte[] bytesOf(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
