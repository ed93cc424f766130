package org.voucherledger.domain.architecture.violating;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks "no input or output". */
final class ReadsAFile {

    String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
