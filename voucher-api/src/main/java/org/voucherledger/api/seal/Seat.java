package org.voucherledger.api.seal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.MerkleTree;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * The place of the one who seals a database: it holds the database's lock with its own connection, and knows the tree.
 *
 * <p>Whoever takes it looks first whether the database is the one that was sealed. After any fault it is given up and taken
 * anew: what was hashed and not signed is hashed again.
 */
final class Seat implements AutoCloseable {

    /** The name of the lock; it ends with the connection. */
    private static final String LOCK = "select pg_try_advisory_lock(x'5EA1'::int, 0)";

    private static final String SEE = "./voucher seal verify says what was changed; nothing more is sealed.";

    /** The ledger's key, origin and memory of the last checkpoint, all outside the database. */
    record Outside(Path keyFile, String origin, LastCheckpoint last) {}

    private final Connection connection;
    private final JdbcTemplate sql;
    private final SealTables tables;
    private final Outside outside;
    private final SigningKey key;
    private final Identity log;
    private final Map<Source, Backlog> backlogs = new EnumMap<>(Source.class);
    private final GrowingTree tree;
    /** When the newest checkpoint was signed; none is signed before the one that it follows, whatever the clock says. */
    private Instant signedLast;

    private Seat(Connection connection, JdbcTemplate sql, Outside outside, InstantSource clock) {
        this.connection = connection;
        this.sql = sql;
        this.tables = new SealTables(sql);
        this.outside = outside;
        this.key = key(clock);
        this.log = tables.identity().orElseThrow();
        begunAsDeclared();
        Optional<Sealed> last = tables.last();
        this.tree = last.map(this::treeOf).orElseGet(GrowingTree::empty);
        insistOnContinuing();
        last.ifPresent(this::insistOnRows);
        insistOnEnds(last);
        this.signedLast = last.map(Sealed::signedAt).orElse(Instant.MIN);
        for (Source source : Source.values()) {
            backlogs.put(
                    source,
                    new Backlog(
                            source, sql, last.map(newest -> newest.read(source)).orElse(0L)));
        }
    }

    /**
     * Takes the place, or nothing if another one has it. Whoever could not take it over, for want of the key, hears of that now.
     *
     * @param connection in no transaction; it is closed with the place
     * @throws SealAlarm if this database may not be sealed any further
     */
    static Optional<Seat> take(Connection connection, Outside outside, InstantSource clock) throws SQLException {
        JdbcTemplate sql = SealTables.over(connection);
        try {
            Optional<Identity> identity = new SealTables(sql).identity();
            if (identity.isPresent()) {
                keyOf(identity.get(), outside);
            }
            if (!lock(sql)) {
                connection.close();
                return Optional.empty();
            }
            return Optional.of(new Seat(connection, sql, outside, clock));
        } catch (RuntimeException fault) {
            connection.close();
            throw fault;
        }
    }

    /** Takes the database's lock, which ends with the connection. */
    static boolean lock(JdbcTemplate sql) {
        return Boolean.TRUE.equals(sql.queryForObject(LOCK, Boolean.class));
    }

    /** The newest checkpoint, if this very log has signed one already. */
    Optional<Sealed> last() {
        return tables.lastOfThisLog();
    }

    long leaves() {
        return tree.size();
    }

    /** The last position that there is, sealed or not. */
    long head() {
        return number(Source.EVENT.last());
    }

    /** What waits to be sealed. */
    Unsealed unsealed() {
        return Unsealed.behind(sql, source -> backlogs.get(source).read());
    }

    /**
     * Seals what waits, in one transaction.
     *
     * @param upTo no event behind this position
     * @param most of each source so many rows
     * @return nothing if there was nothing that may be sealed yet
     */
    Optional<Sealed> seal(long upTo, long most, Instant now) throws SQLException {
        var parts = new ArrayList<Backlog.Part>();
        for (Source source : Source.values()) {
            parts.addAll(backlogs.get(source).next(source == Source.EVENT ? upTo : Long.MAX_VALUE, most));
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        long previous = tree.size();
        List<Run> runs = new ArrayList<>();
        for (Backlog.Part part : parts) {
            runs.add(part.from(tree.size()));
            part.leaves().forEach(tree::append);
        }
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        Sealed sealed = sign(new Signing(at.isBefore(signedLast) ? signedLast : at, previous, log.begun()));
        connection.setAutoCommit(false);
        tables.add(runs, tree, sealed);
        connection.commit();
        connection.setAutoCommit(true);
        signedLast = sealed.signedAt();
        outside.last().write(sealed.note());
        return Optional.of(sealed);
    }

    private Sealed sign(Signing signing) {
        var checkpoint = new Checkpoint(key.publicKey().name(), tree.size(), tree.root(), signing.lines());
        String note = key.sign(checkpoint.unsigned()).written();
        return new Sealed(
                tree.size(),
                tree.root(),
                note,
                signing.at(),
                backlogs.get(Source.EVENT).read(),
                backlogs.get(Source.REFUSAL).read(),
                backlogs.get(Source.UPLOAD).read());
    }

    /** The key that this database was sealed with from the beginning, or one that is made now, at the beginning. */
    private SigningKey key(InstantSource clock) {
        Optional<Identity> identity = tables.identity();
        if (identity.isPresent()) {
            return keyOf(identity.get(), outside);
        }
        SigningKey first = SealKey.read(outside.keyFile())
                .orElseGet(() -> SealKey.make(outside.keyFile(), originOfANewLog(), KeyType.NOTE));
        insistOnOrigin(first.publicKey().name(), outside);
        tables.keep(new Identity(first.publicKey().name(), first.publicKey(), null), clock.instant());
        return first;
    }

    private void begunAsDeclared() {
        try {
            log.begun();
        } catch (Unreadable forged) {
            throw new SealAlarm("The table ledger.seal_identity says that this log was begun anew, and "
                    + forged.getMessage() + ". " + SEE);
        }
    }

    private static SigningKey keyOf(Identity identity, Outside outside) {
        SigningKey key = SealKey.read(outside.keyFile())
                .orElseThrow(() -> new SealAlarm("This ledger was sealed with the key "
                        + identity.key().text() + ", and there is none at "
                        + outside.keyFile().toAbsolutePath()
                        + ". Put it back from a backup; nothing is sealed with another one."));
        if (!key.publicKey().equals(identity.key())) {
            throw new SealAlarm("This ledger was sealed with the key "
                    + identity.key().text() + ", and the one at "
                    + outside.keyFile().toAbsolutePath() + " is "
                    + key.publicKey().text()
                    + ". Put the right one back; nothing is sealed with another one.");
        }
        insistOnOrigin(identity.origin(), outside);
        return key;
    }

    private String originOfANewLog() {
        return outside.origin().isBlank() ? "voucher-ledger.example/" + UUID.randomUUID() : outside.origin();
    }

    private static void insistOnOrigin(String origin, Outside outside) {
        if (!outside.origin().isBlank() && !outside.origin().equals(origin)) {
            throw new SealAlarm("The sealed log of this ledger is called " + origin + ", and ledger.seal.origin says "
                    + outside.origin() + ". A log keeps its name; correct the setting.");
        }
    }

    /** The tree as the database has it, if it is the one that was signed. */
    private GrowingTree treeOf(Sealed last) {
        // Of the log before, until there is one of a log that was begun anew.
        Identity by = tables.identities().reversed().stream()
                .filter(each -> last.size() > each.from())
                .findFirst()
                .orElse(log);
        Checkpoint signed = signed(last, by.key());
        var signing = new Signing(last.signedAt(), tables.sizeBefore(last.size()), by.begun());
        if (signed.size() != last.size()
                || !signed.root().equals(last.root())
                || !signed.extensions().equals(signing.lines())) {
            throw new SealAlarm("The last checkpoint says " + last.size() + " leaves, and what was signed says "
                    + signed.size() + ", or another root, time or checkpoint before it: the table ledger.checkpoint"
                    + " has been changed. " + SEE);
        }
        GrowingTree grown = GrowingTree.of(last.size(), tables.edge(), tables.tiles());
        if (!grown.root().equals(last.root())) {
            throw new SealAlarm("The tree in the database does not have the root that was signed for its " + last.size()
                    + " leaves: the tables of the sealed log have been changed. " + SEE);
        }
        return grown;
    }

    private static Checkpoint signed(Sealed last, NoteKey key) {
        try {
            SignedNote note = SignedNote.parse(last.note());
            if (note.isSignedBy(key)) {
                return Checkpoint.of(note);
            }
        } catch (Unreadable forged) {
            throw new SealAlarm("The last checkpoint in the database is not one: " + forged.getMessage() + ". " + SEE);
        }
        throw new SealAlarm("The last checkpoint in the database was not signed with the key of this ledger. " + SEE);
    }

    /** What was signed last stands outside the database too: the database must hold it, or more. */
    private void insistOnContinuing() {
        outside.last().read(key.publicKey()).ifPresent(before -> {
            if (before.size() > tree.size()) {
                throw new SealAlarm("The database is an older copy: it has " + tree.size() + " sealed leaves, and a"
                        + " checkpoint of " + before.size()
                        + " has been signed. Nothing is sealed on top of an old copy;"
                        + " whoever restored it on purpose, because there is no newer one, says so with"
                        + " ./voucher seal begin-anew.");
            }
            if (!new MerkleTree(tables.tiles()).root(before.size()).equals(before.root())) {
                throw new SealAlarm("The database is not the one that was sealed: its first " + before.size()
                        + " leaves have another root than the checkpoint in " + outside.last() + ". " + SEE);
            }
        });
    }

    /** The rows of the last checkpoint are still those that were sealed; older ones a verification looks at. */
    private void insistOnRows(Sealed last) {
        for (Run run : tables.runsFrom(tables.sizeBefore(last.size()))) {
            List<Hash> now = sql.query(
                    run.source().leavesBetween(), (row, n) -> hash(run, row, n), run.firstSource(), run.lastSource());
            var tiles = tables.tiles();
            for (int i = 0; i < Math.max(run.length(), now.size()); i++) {
                if (i >= now.size()
                        || i >= run.length()
                        || !tiles.hash(0, run.firstLeaf() + i).equals(now.get(i))) {
                    throw new SealAlarm("The end of the log has been rewritten: "
                            + run.source().words()
                            + " among the rows " + run.firstSource() + " to " + run.lastSource() + " of "
                            + run.source().table() + " is not the one that was sealed. " + SEE);
                }
            }
        }
    }

    /**
     * The last checkpoint does not sign up to which row it was read. The last leaf of each source does, since its number is a part
     * of it: behind that there is no row that has been read and is no leaf, and nothing that is not there yet has been read.
     */
    private void insistOnEnds(Optional<Sealed> last) {
        if (tables.leavesOfTheRuns() != tree.size()) {
            throw new SealAlarm("The last checkpoint covers " + tree.size() + " leaves, and ledger.seal_run names "
                    + tables.leavesOfTheRuns() + ": one of them has been changed. " + SEE);
        }
        for (Source source : Source.values()) {
            long read = last.map(newest -> newest.read(source)).orElse(0L);
            Optional<Run> run = tables.lastRun(source);
            long end = run.map(Run::lastSource).orElse(0L);
            boolean exists =
                    read == 0 || Boolean.TRUE.equals(sql.queryForObject(source.isThere(), Boolean.class, read));
            if (!exists
                    || read < end
                    || number(source.countBetween(), end, read) > 0
                    || !run.map(this::endsAsSealed).orElse(true)) {
                throw new SealAlarm("The last checkpoint says that " + source.table() + " was sealed up to number "
                        + read + ", and its last leaf is that of number " + end
                        + ": rows would be passed over, or sealed twice. " + SEE);
            }
        }
    }

    private boolean endsAsSealed(Run run) {
        List<Hash> end = sql.query(
                run.source().leavesBetween(), (row, n) -> hash(run, row, n), run.lastSource(), run.lastSource());
        return run.end() <= tree.size() && end.equals(List.of(tables.tiles().hash(0, run.end() - 1)));
    }

    /** Of a row that is no leaf any more the hash of nothing, which no leaf has. */
    private static Hash hash(Run run, ResultSet row, int n) throws SQLException {
        try {
            return Hash.ofLeaf(run.source().leaf().mapRow(row, n).line());
        } catch (Unreadable changed) {
            return Hash.OF_NOTHING;
        }
    }

    private long number(String query, Object... parameters) {
        Long number = sql.queryForObject(query, Long.class, parameters);
        return number == null ? 0 : number;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
