package org.voucherledger.api.documents;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the bytes of documents lie, by their SHA-256.
 *
 * <p>Invariant: what {@link #keep} has returned for survives a crash of the machine. A failure to keep, read or remove is an
 * {@link IOException}; nothing is acknowledged after one.
 */
interface DocumentStore {

    /**
     * Keeps the file's content; keeping the same content again, also at the same time, is no error. The file may be gone
     * afterwards.
     */
    void keep(String sha256, Path file) throws IOException;

    /** The content, whole. */
    byte[] read(String sha256) throws IOException;

    /** Removes the content; what is not there is removed already. */
    void remove(String sha256) throws IOException;
}
