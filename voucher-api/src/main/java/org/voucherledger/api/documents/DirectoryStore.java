package org.voucherledger.api.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.voucherledger.api.disk.Disk;

/**
 * Documents as files of a directory, each named after its content.
 *
 * <p>A file is on the disk, with its whole content, before it gets its name, and its name is on the disk before {@link #keep}
 * returns; two who keep the same content at once give the same name to the same bytes.
 */
final class DirectoryStore implements DocumentStore {

    private static final int PREFIX = 2;

    private final Path root;
    private final Disk disk;

    /** @param root is made if it is missing; the files that are kept must lie on its file system */
    DirectoryStore(Path root, Disk disk) throws IOException {
        this.root = root.toAbsolutePath();
        this.disk = disk;
        disk.makeDirectories(this.root);
    }

    @Override
    public void keep(String sha256, Path file) throws IOException {
        Path target = path(sha256);
        disk.makeDirectories(target.getParent());
        if (Files.notExists(target)) {
            disk.sync(file);
            disk.rename(file, target);
        }
        // Also where somebody else has just given it its name.
        disk.sync(target.getParent());
    }

    @Override
    public byte[] read(String sha256) throws IOException {
        return Files.readAllBytes(path(sha256));
    }

    @Override
    public void remove(String sha256) throws IOException {
        if (disk.remove(path(sha256))) {
            disk.sync(path(sha256).getParent());
        }
    }

    private Path path(String sha256) {
        return root.resolve(sha256.substring(0, PREFIX)).resolve(sha256);
    }
}
