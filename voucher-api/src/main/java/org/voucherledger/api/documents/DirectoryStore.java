package org.voucherledger.api.documents;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Documents as files of a directory, each named after its content.
 *
 * <p>A file is on the disk, with its whole content, before it gets its name, and its name is on the disk before {@link #keep}
 * returns; two who keep the same content at once give the same name to the same bytes.
 */
final class DirectoryStore implements DocumentStore {

    private static final int PREFIX = 2;

    private final Path root;

    /** @param root is made if it is missing; the files that are kept must lie on its file system */
    DirectoryStore(Path root) throws IOException {
        this.root = Files.createDirectories(root.toAbsolutePath());
        sync(this.root.getParent());
    }

    @Override
    public void keep(String sha256, Path file) throws IOException {
        Path target = path(sha256);
        Path directory = target.getParent();
        if (Files.notExists(directory)) {
            Files.createDirectories(directory);
        }
        // Also where somebody else has made it or the file: their name may not be on the disk yet.
        sync(root);
        if (Files.notExists(target)) {
            sync(file);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        sync(directory);
    }

    @Override
    public byte[] read(String sha256) throws IOException {
        return Files.readAllBytes(path(sha256));
    }

    @Override
    public void remove(String sha256) throws IOException {
        if (Files.deleteIfExists(path(sha256))) {
            sync(path(sha256).getParent());
        }
    }

    private Path path(String sha256) {
        return root.resolve(sha256.substring(0, PREFIX)).resolve(sha256);
    }

    /** On POSIX systems a directory is synced like a file; it holds the names of what lies in it. */
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
