package org.voucherledger.api.seal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.voucherledger.api.witness.AddCheckpoint;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/** Shows checkpoints to one witness (C2SP {@code tlog-witness}). */
final class WitnessClient {

    /** What became of a checkpoint there. */
    sealed interface Shown {
        /** @param line the witness's signature, verified */
        record Cosigned(String line) implements Shown {}

        /** The witness has seen something that this log contradicts, or it says so; its word is not signed. */
        record Refused(String words) implements Shown {}

        /** Nobody answers, or not sensibly; another time perhaps. */
        record Away(String words) implements Shown {}
    }

    /** The proof that the tree of one size continues that of another. */
    @FunctionalInterface
    interface Proofs {
        List<Hash> consistency(long from, long to);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI url;
    private final NoteKey key;
    private final HttpClient http;

    WitnessClient(URI url, NoteKey key, HttpClient http) {
        String base = url.toString();
        this.url = URI.create((base.endsWith("/") ? base : base + "/") + "add-checkpoint");
        this.key = key;
        this.http = http;
    }

    NoteKey key() {
        return key;
    }

    /** @param seen the size that it cosigned last, as far as we know */
    Shown show(SignedNote checkpoint, long size, long seen, Proofs proofs) throws InterruptedException {
        try {
            HttpResponse<String> answer = ask(checkpoint, size, seen, proofs);
            if (answer.statusCode() == 409) {
                Optional<Long> known = sizeIn(answer.body());
                if (known.isEmpty() || known.get() > size) {
                    return new Shown.Refused(
                            "it has seen " + known.map(String::valueOf).orElse("other") + " leaves, and this log has "
                                    + size + ": this is an older copy");
                }
                answer = ask(checkpoint, size, known.get(), proofs);
            }
            return switch (answer.statusCode()) {
                case 200 -> cosigned(checkpoint, answer.body());
                case 403, 404, 409, 422 ->
                    new Shown.Refused("it answers " + answer.statusCode() + " to the checkpoint of " + size
                            + " leaves: " + answer.body().strip());
                default -> new Shown.Away("it answers " + answer.statusCode());
            };
        } catch (IOException unreachable) {
            return new Shown.Away(
                    "it cannot be reached (" + unreachable.getClass().getSimpleName() + ")");
        }
    }

    private HttpResponse<String> ask(SignedNote checkpoint, long size, long old, Proofs proofs)
            throws IOException, InterruptedException {
        String body = new AddCheckpoint(old, proofs.consistency(old, size), checkpoint).written();
        return http.send(
                HttpRequest.newBuilder(url)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Shown cosigned(SignedNote checkpoint, String lines) {
        for (String line : lines.split("\n")) {
            try {
                if (SignedNote.parse(checkpoint.text() + "\n" + line + "\n")
                        .cosignedBy(key)
                        .isPresent()) {
                    return new Shown.Cosigned(line);
                }
            } catch (Unreadable notIts) {
                // Another one's, or none: without a line of its own the witness has not cosigned.
            }
        }
        return new Shown.Away("what it answers is not signed with its key");
    }

    private static Optional<Long> sizeIn(String body) {
        try {
            return Optional.of(Checkpoint.number(body.strip()));
        } catch (Unreadable noSize) {
            return Optional.empty();
        }
    }
}
