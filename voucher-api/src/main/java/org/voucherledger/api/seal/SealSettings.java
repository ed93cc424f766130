package org.voucherledger.api.seal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is sealed ({@code ledger.seal.*}).
 *
 * @param enabled whether this program seals at all
 * @param events a checkpoint is signed as soon as so many wait for it
 * @param interval or when the first of them has waited so long
 * @param key where the private key is; if empty, {@code keys/seal.key} in the data directory
 * @param origin the first line of every checkpoint; if empty, one that is drawn when the log is first sealed
 * @param witnesses who is shown every checkpoint
 */
@ConfigurationProperties("ledger.seal")
record SealSettings(
        boolean enabled,
        long events,
        Duration interval,
        @DefaultValue("") String key,
        @DefaultValue("") String origin,
        @DefaultValue List<Witness> witnesses) {

    /**
     * @param url before {@code /add-checkpoint}
     * @param key the witness's verifier key
     */
    record Witness(URI url, String key) {}

    SealSettings {
        if (events < 1 || interval.isNegative()) {
            throw new IllegalArgumentException(
                    "ledger.seal.events must be at least 1, and ledger.seal.interval not negative");
        }
        witnesses = List.copyOf(witnesses);
    }

    Path keyFile(Path dataDirectory) {
        return key.isBlank() ? SealKey.in(dataDirectory) : Path.of(key);
    }
}
