package org.voucherledger.api.season;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A season's stage at a rehearsal ledger, through its public interface only. */
final class HttpStage implements Agenda.Stage {

    private final LedgerClient client;
    private final Sender sender;
    private final Tally tally;
    private final Progress progress;
    private final TreeMap<String, Long> swept = new TreeMap<>();
    private long position;

    HttpStage(Sender sender, Tally tally, Progress progress) {
        this.client = sender.client();
        this.sender = sender;
        this.tally = tally;
        this.progress = progress;
    }

    @Override
    public void moveClockTo(Instant instant) {
        Reply reply = client.put(Caller.SYSTEM, "/rehearsal/clock", "{\"now\":\"" + instant + "\"}");
        if (!reply.isAccepted()) {
            throw new IllegalStateException("the clock could not be set: " + reply.text());
        }
        progress.reached(instant, tally.commands());
    }

    @Override
    public void perform(List<Deed> wave) {
        List<Reply> replies = sender.send(wave);
        for (int i = 0; i < wave.size(); i++) {
            position = Math.max(position, replies.get(i).position());
            tally.count(wave.get(i), replies.get(i));
            wave.get(i).then().accept(replies.get(i));
        }
    }

    @Override
    public void sweep() {
        Reply reply = client.post(Caller.SYSTEM, "/sweeps", sender.nextKey(), "{}");
        if (!reply.isAccepted()) {
            throw new IllegalStateException("the ledger could not sweep: " + reply.text());
        }
        JsonNode counts = reply.body().path("recorded");
        position = Math.max(position, reply.position());
        counts.propertyStream()
                .forEach(entry -> swept.merge(entry.getKey(), entry.getValue().asLong(), Long::sum));
    }

    /** Of the log after the last answer: a view that has reached it shows everything that was done. */
    long position() {
        return position;
    }

    /** How many commands of each kind the ledger's own sweeps have recorded. */
    TreeMap<String, Long> swept() {
        return new TreeMap<>(swept);
    }
}
