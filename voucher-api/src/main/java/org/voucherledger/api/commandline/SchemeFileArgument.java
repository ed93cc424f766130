package org.voucherledger.api.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.api.schemefile.SchemeFile.Examined;

/** A scheme file that is named on the command line. */
record SchemeFileArgument(Path path, byte[] bytes) {

    /** @throws CannotRun if it cannot be read */
    static SchemeFileArgument read(Path path) {
        try {
            return new SchemeFileArgument(path, Files.readAllBytes(path));
        } catch (NoSuchFileException missing) {
            throw new CannotRun("There is no file " + path + ".");
        } catch (IOException e) {
            throw new CannotRun("The file " + path + " cannot be read: " + e.getMessage());
        }
    }

    SchemeFile.Format format() {
        return SchemeFile.formatOf(path.getFileName().toString());
    }

    String mediaType() {
        return format() == SchemeFile.Format.JSON ? "application/json" : "application/yaml";
    }

    Examined examined() {
        return SchemeFile.examine(bytes, format());
    }
}
