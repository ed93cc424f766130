package org.voucherledger.api.seal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;

/** Says what is sealed, and signs in the ledger's name what rests on it and is no checkpoint. */
public final class Attestor {

    /**
     * An event that is sealed.
     *
     * @param checkpoint the smallest that covers it
     */
    public record Covered(long position, Instant recordedAt, Checkpoint checkpoint) {}

    private final JdbcTemplate sql;
    private final SealTables tables;
    private final Sealer sealer;
    private final Path keyFile;

    Attestor(JdbcTemplate sql, Sealer sealer, Path keyFile) {
        this.sql = sql;
        this.tables = new SealTables(sql);
        this.sealer = sealer;
        this.keyFile = keyFile;
    }

    /** Everything up to here is sealed; 0 before the first checkpoint of this log. */
    public long sealedUpTo() {
        return tables.lastOfThisLog().map(Sealed::lastPosition).orElse(0L);
    }

    /** The last position that had been recorded at this moment; 0 if none had. */
    public long positionAt(Instant moment) {
        return LastRecorded.by(sql, moment);
    }

    /**
     * The last event up to this position, with the checkpoint that covers it.
     *
     * @throws Refused if it is not sealed, or there is no event yet (ALL-03)
     */
    public Covered covering(long position) {
        long event = number(
                "select coalesce(max(global_index), 0) from ledger.domain_event where global_index <= ?", position);
        long sealed = sealedUpTo();
        if (event == 0 || event > sealed) {
            throw new Refused(Rule.ALL_03.holds(
                    Check.STATE,
                    "NotSealedYet",
                    false,
                    "1 … " + sealed,
                    String.valueOf(event),
                    String.valueOf(position)));
        }
        Sealed covering = tables.covering(event);
        OffsetDateTime at = sql.queryForObject(
                "select recorded_at from ledger.domain_event where global_index = ?", OffsetDateTime.class, event);
        return new Covered(event, at.toInstant(), Checkpoint.of(SignedNote.parse(covering.note())));
    }

    /**
     * The note with the signature of the ledger's key.
     *
     * @throws SealAlarm if the key is not at hand or not that of this log, or sealing has been halted
     * @throws IllegalArgumentException if the text is a checkpoint: those are signed by whoever knows the tree
     */
    public SignedNote sign(SignedNote note) {
        if (note.text().lines().skip(1).findFirst().orElse("").matches("[0-9]+")) {
            throw new IllegalArgumentException("a checkpoint is signed where the log is sealed, and nowhere else");
        }
        if (sealer.status().phase() == SealStatus.Phase.HALTED) {
            throw new SealAlarm(sealer.status().words());
        }
        SigningKey key = SealKey.read(keyFile)
                .orElseThrow(() -> new SealAlarm("There is no key at " + keyFile.toAbsolutePath() + "."));
        boolean isOurs = tables.identity()
                .map(identity -> identity.key().equals(key.publicKey()))
                .orElse(false);
        if (!isOurs) {
            throw new SealAlarm("The key " + keyFile.toAbsolutePath() + " is not the one that seals this log.");
        }
        return key.sign(note);
    }

    private long number(String query, Object parameter) {
        Long number = sql.queryForObject(query, Long.class, parameter);
        return number == null ? 0 : number;
    }
}
