package org.voucherledger.api.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A disk that remembers what would be left of it if the machine lost its power now: of a file the length that was synced, of a
 * directory the names that were in it when it was synced, and of everything else nothing that can be relied on.
 */
public final class PowerCut extends Disk {

    private final Path base;
    /** How much of each file is on the disk; a file keeps its key under another name. */
    private final Map<Object, Long> lengths = new HashMap<>();
    /** What is on the disk of each directory: its names, and which file each of them is. */
    private final Map<Path, Map<Path, Object>> names = new HashMap<>();
    /** Names that were given in the meantime: the machine may have brought them to the disk on its own, or not. */
    private final Set<Path> maybe = new HashSet<>();

    /** @param base what it holds now is on the disk */
    public PowerCut(Path base) throws IOException {
        this.base = base;
        names.put(base, now(base));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        assertWhole(from);
        super.rename(from, to);
        maybe.add(to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        assertWhole(file);
        super.link(file, name);
        maybe.add(name);
    }

    @Override
    public boolean remove(Path file) throws IOException {
        maybe.add(file);
        return super.remove(file);
    }

    @Override
    public void sync(Path path) throws IOException {
        super.sync(path);
        if (Files.isDirectory(path)) {
            names.put(path, now(path));
            maybe.removeIf(name -> name.getParent().equals(path));
        } else {
            lengths.put(key(path), Files.size(path));
        }
    }

    /** The file would be there, whole and under this name. */
    public void assertKept(Path file) throws IOException {
        for (Path name = file; !name.equals(base); name = name.getParent()) {
            assertThat(names.getOrDefault(name.getParent(), Map.of()))
                    .as("what is on the disk of %s", name.getParent())
                    .containsEntry(name.getFileName(), key(name));
        }
        assertWhole(file);
    }

    /** The file would be gone, and could not come back. */
    public void assertGone(Path file) {
        assertThat(file).doesNotExist();
        assertThat(maybe).as("names that may be on the disk or not").doesNotContain(file);
        assertThat(names.getOrDefault(file.getParent(), Map.of())).doesNotContainKey(file.getFileName());
    }

    private void assertWhole(Path file) throws IOException {
        assertThat(lengths.get(key(file)))
                .as("bytes on the disk of %s", file.getFileName())
                .isEqualTo(Files.size(file));
    }

    private static Map<Path, Object> now(Path directory) throws IOException {
        var entries = new HashMap<Path, Object>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path entry : all.toList()) {
                entries.put(entry.getFileName(), key(entry));
            }
        }
        return entries;
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
