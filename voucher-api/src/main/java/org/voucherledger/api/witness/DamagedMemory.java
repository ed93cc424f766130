package org.voucherledger.api.witness;

import java.nio.file.Path;

/** What a witness has kept of a log cannot be believed: it cosigns nothing of that log until a person has mended it. */
public final class DamagedMemory extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedMemory(Path file, String why) {
        super("The file " + file.toAbsolutePath()
                + ", in which this witness keeps what it saw of a log last, is damaged: "
                + why
                + ". Put in its place the newest checkpoint of that log that this witness has cosigned, from a backup"
                + " or from somebody who has kept it. Where there is none, put the file aside: the witness begins then as"
                + " if it had never seen that log, and all who rely on it must be told.");
    }
}
