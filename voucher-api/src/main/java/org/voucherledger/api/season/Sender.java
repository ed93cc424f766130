package org.voucherledger.api.season;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.voucherledger.api.season.LedgerClient.Keyed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.DocumentsOf;

/**
 * Sends a wave: single steps to their resources, everything else in bulk, a few requests in flight.
 *
 * <p>Deeds of one queue go one chunk after the other, before the rest of the wave, which may arrive in any order. Keys are
 * counted in the order of planning, so the same season sends the same commands under the same keys.
 */
final class Sender implements AutoCloseable {

    private static final int CHUNK = 250;
    private static final int IN_FLIGHT = 6;
    private static final Set<Role> UPLOADERS =
            Set.of(Role.ENTERPRISE, Role.PROVIDER, Role.OPERATOR, Role.EXPERT, Role.BUREAU, Role.PUBLIC);

    private final LedgerClient client;
    private final String keyPrefix;
    private final ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
    private final Set<Upload> uploaded = new HashSet<>();
    private long sent;

    /** Who has uploaded which paper. */
    private record Upload(Caller by, String kind) {}

    Sender(LedgerClient client, long seed) {
        this.client = client;
        this.keyPrefix = "season-" + seed + "-";
    }

    LedgerClient client() {
        return client;
    }

    /** The next key, for what is sent beside the waves. */
    String nextKey() {
        sent++;
        return lastKey();
    }

    String lastKey() {
        return keyPrefix + sent;
    }

    /** The answers, in the order of the deeds. */
    List<Reply> send(List<Deed> wave) {
        uploadPapersOf(wave);
        Reply[] replies = new Reply[wave.size()];
        Map<String, List<Integer>> queues = new LinkedHashMap<>();
        Map<String, List<Integer>> free = new LinkedHashMap<>();
        List<Keyed> keyed = new ArrayList<>();
        for (int i = 0; i < wave.size(); i++) {
            Deed deed = wave.get(i);
            keyed.add(new Keyed(nextKey(), deed.by(), deed.command()));
            if (!deed.queue().isEmpty()) {
                queues.computeIfAbsent(deed.queue(), q -> new ArrayList<>()).add(i);
            } else {
                free.computeIfAbsent(
                                account(deed, i) + deed.command().getClass().getSimpleName(), q -> new ArrayList<>())
                        .add(i);
            }
        }
        finish(queues.values().stream()
                .map(queue -> (Callable<Void>) () -> inTurn(queue, wave, keyed, replies))
                .toList());
        finish(free.values().stream()
                .flatMap(group -> chunks(group).stream())
                .map(chunk -> (Callable<Void>) () -> together(chunk, keyed, replies))
                .toList());
        return List.of(replies);
    }

    /** GZ-45: who names a paper has uploaded it. What is no paper of the season, is meant to be missing. */
    private void uploadPapersOf(List<Deed> wave) {
        var uploads = new ArrayList<Callable<Void>>();
        for (Deed deed : wave) {
            if (!UPLOADERS.contains(deed.by().role())) {
                continue;
            }
            for (Document document : DocumentsOf.named(deed.command())) {
                PaperFile.ofSha256(document.sha256())
                        .filter(file -> uploaded.add(new Upload(deed.by(), file.kind())))
                        .ifPresent(file -> uploads.add(() -> {
                            upload(deed.by(), file);
                            return null;
                        }));
            }
        }
        finish(uploads);
    }

    private void upload(Caller by, PaperFile file) {
        Reply reply = client.postFile(
                by, "/documents?name=" + file.kind() + ".pdf", "papers", PaperFile.MEDIA_TYPE, file.content());
        if (!reply.isAccepted()) {
            throw new IllegalStateException("a paper was answered " + reply.text());
        }
    }

    /** Who may share a request: commands of one token. A single step is a request of its own. */
    private static String account(Deed deed, int index) {
        return Routes.has(deed.command())
                ? "single " + index
                : deed.by().role() + " " + deed.by().id();
    }

    /** The queue's deeds in their order; neighbours of one account share a request. */
    private Void inTurn(List<Integer> queue, List<Deed> wave, List<Keyed> keyed, Reply[] replies) {
        List<Integer> run = new ArrayList<>();
        String account = "";
        for (int index : queue) {
            String own = account(wave.get(index), index);
            if (!run.isEmpty() && (!own.equals(account) || run.size() == CHUNK)) {
                together(run, keyed, replies);
                run.clear();
            }
            account = own;
            run.add(index);
        }
        return together(run, keyed, replies);
    }

    private Void together(List<Integer> chunk, List<Keyed> keyed, Reply[] replies) {
        if (chunk.size() == 1 && Routes.has(keyed.get(chunk.getFirst()).command())) {
            replies[chunk.getFirst()] = client.send(keyed.get(chunk.getFirst()));
            return null;
        }
        List<Reply> answers = client.sendTogether(chunk.stream().map(keyed::get).toList());
        for (int i = 0; i < chunk.size(); i++) {
            replies[chunk.get(i)] = answers.get(i);
        }
        return null;
    }

    private static List<List<Integer>> chunks(List<Integer> group) {
        var chunks = new ArrayList<List<Integer>>();
        for (int from = 0; from < group.size(); from += CHUNK) {
            chunks.add(group.subList(from, Math.min(group.size(), from + CHUNK)));
        }
        return chunks;
    }

    private void finish(List<Callable<Void>> requests) {
        try {
            for (Future<Void> request : threads.invokeAll(requests)) {
                request.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the season was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the ledger could not be asked: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
