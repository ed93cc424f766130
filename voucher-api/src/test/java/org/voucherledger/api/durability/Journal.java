package org.voucherledger.api.durability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a client knows to be done, on its own disk before it goes on. */
final class Journal implements AutoCloseable {

    /**
     * One acknowledged command.
     *
     * @param position of its event if it was accepted; of the log if it was refused
     */
    record Line(String key, boolean accepted, long position) {}

    private final FileChannel file;

    Journal(Path file) {
        try {
            this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(List<Line> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.key)
                .append(line.accepted ? " accepted " : " refused ")
                .append(line.position)
                .append('\n'));
        try {
            file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            file.force(false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Line> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" "))
                .map(words -> new Line(words[0], words[1].equals("accepted"), Long.parseLong(words[2])))
                .toList();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
