package org.voucherledger.api.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/** What is asked of the file system so that a crash of the machine leaves either nothing or everything. */
public class Disk {

    /** A directory that is there already is no error. */
    public void makeDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        Files.createDirectories(directory, attributes);
    }

    /** Gives a file another name, also one that another file had; whoever looks sees the one or the other. */
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives a file a second name, which no other file has. */
    public void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    /** @return whether it was there */
    public boolean remove(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    /**
     * Brings a file's content, or a directory's names, to the disk: on POSIX systems a directory is synced like a file, and
     * holds the names of what lies in it.
     */
    public void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The name of each directory that is made, and of this one in any case, is on the disk. */
    public final void makeDirectories(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path parent = directory.getParent();
        if (parent == null) {
            return;
        }
        if (Files.notExists(parent)) {
            makeDirectories(parent, attributes);
        }
        makeDirectory(directory, attributes);
        // Also where somebody else has made it: its name may not be on the disk yet.
        sync(parent);
    }

    /** Lets a file say this and nothing else: at every moment it says all of the old or all of the new, afterwards the new. */
    public final void replace(Path file, String text) throws IOException {
        Path place = file.toAbsolutePath();
        Path aside = place.resolveSibling(place.getFileName() + ".unfinished");
        makeDirectories(place.getParent());
        Files.writeString(aside, text);
        sync(aside);
        rename(aside, place);
        sync(place.getParent());
    }
}
