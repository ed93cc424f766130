package org.voucherledger.api.seal;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.voucherledger.api.seal.WitnessClient.Shown;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Shows the newest checkpoint to every witness, each in a thread of its own, and keeps what they sign.
 *
 * <p>Nobody waits for a witness: one that is away is shown the newest when it is back. One that refuses makes the ledger unwell,
 * but does not stop the sealing: what it says is not signed, and no witness may end a log by its word alone.
 */
final class Witnesses implements Consumer<Sealed>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * How it stands with a witness.
     *
     * @param leaves of the largest checkpoint that it has cosigned
     * @param trouble why it has not cosigned the newest, or {@code null}
     */
    record Standing(String key, long leaves, boolean refuses, boolean away, String trouble) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<Post> posts;

    Witnesses(List<SealSettings.Witness> witnesses, SealedLog log, InstantSource clock) {
        this.posts = witnesses.stream()
                .map(witness -> new Post(new WitnessClient(witness.url(), key(witness), http), log, clock))
                .toList();
    }

    private static NoteKey key(SealSettings.Witness witness) {
        try {
            return NoteKey.parse(witness.key());
        } catch (Unreadable none) {
            throw new IllegalArgumentException(
                    "ledger.seal.witnesses: the key of " + witness.url() + " is none: " + none.getMessage());
        }
    }

    /** Returns at once. */
    @Override
    public void accept(Sealed newest) {
        posts.forEach(post -> post.newest.add(newest));
    }

    List<Standing> standings() {
        return posts.stream().map(post -> post.standing).toList();
    }

    @Override
    public void close() {
        posts.forEach(post -> post.thread.interrupt());
        http.shutdownNow();
    }

    /** One witness, and what is to be shown to it. */
    private static final class Post {

        private final WitnessClient witness;
        private final SealedLog log;
        private final InstantSource clock;
        private final BlockingQueue<Sealed> newest = new LinkedBlockingQueue<>();
        private final Thread thread;
        private volatile Standing standing;

        Post(WitnessClient witness, SealedLog log, InstantSource clock) {
            this.witness = witness;
            this.log = log;
            this.clock = clock;
            this.standing = new Standing(witness.key().text(), 0, false, false, null);
            this.thread =
                    Thread.ofVirtual().name("witness-" + witness.key().name()).start(this::work);
        }

        private void work() {
            try {
                Sealed shown = newest.take();
                while (true) {
                    shown = newestOf(shown);
                    boolean isDone = show(shown);
                    Sealed next = isDone ? newest.take() : newest.poll(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                    shown = next == null ? shown : next;
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whoever was away is not shown everything that it has missed. */
        private Sealed newestOf(Sealed first) {
            Sealed last = first;
            for (Sealed next = newest.poll(); next != null; next = newest.poll()) {
                last = next;
            }
            return last;
        }

        private boolean show(Sealed sealed) throws InterruptedException {
            try {
                long seen = log.cosignedBy(witness.key());
                if (seen >= sealed.size()) {
                    stands(seen, false, false, null);
                    return true;
                }
                Shown shown = witness.show(SignedNote.parse(sealed.note()), sealed.size(), seen, log::consistency);
                return switch (shown) {
                    case Shown.Cosigned cosigned -> {
                        log.keep(sealed.size(), witness.key(), cosigned.line(), clock.instant());
                        stands(sealed.size(), false, false, null);
                        yield true;
                    }
                    case Shown.Refused refused -> {
                        stands(seen, true, false, refused.words());
                        yield false;
                    }
                    case Shown.Away away -> {
                        stands(seen, false, true, away.words());
                        yield false;
                    }
                };
            } catch (NestedRuntimeException databaseAway) {
                stands(standing.leaves(), false, true, "the database cannot be used: " + databaseAway.getMessage());
                return false;
            }
        }

        private void stands(long leaves, boolean refuses, boolean away, String trouble) {
            Standing before = standing;
            standing = new Standing(before.key(), leaves, refuses, away, trouble);
            if (refuses && !before.refuses()) {
                LOG.error("The witness {} refuses the log: {}.", witness.key().name(), trouble);
            } else if (away && !before.away()) {
                LOG.warn(
                        "The witness {} does not cosign at the moment: {}.",
                        witness.key().name(),
                        trouble);
            } else if (trouble == null && before.trouble() != null) {
                LOG.info("The witness {} cosigns again.", witness.key().name());
            }
        }
    }
}
