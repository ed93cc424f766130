package org.voucherledger.api.documents;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What a store asks of the file system so that a crash of the machine leaves either nothing or everything. */
class Disk {

    /** A directory that is there already is no error. */
    void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    /** Gives a file another name; whoever looks sees the one or the other. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return whether it was there */
    boolean remove(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    /**
     * Brings a file's content, or a directory's names, to the disk: on POSIX systems a directory is synced like a file, and
     * holds the names of what lies in it.
     */
    void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
