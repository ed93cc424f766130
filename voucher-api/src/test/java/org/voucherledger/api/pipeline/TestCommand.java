package org.voucherledger.api.pipeline;

import static org.voucherledger.domain.command.Role.OPERATOR;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.time.WorkingDays;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.usedonce.UsedOnceKind;

/** Commands that show the pipeline's own behaviour, on the simplest aggregate there is. */
public sealed interface TestCommand extends Command {

    /** Binds a key that is free, else is refused (GZ-26). */
    @AllowedTo(OPERATOR)
    record Bind(String key, String voucherId, String reason) implements TestCommand {
        public Bind(String key, String voucherId) {
            this(key, voucherId, "");
        }
    }

    /** Adds an event to the stream in any case, so that the stream counts how often it was done. */
    @AllowedTo(OPERATOR)
    record Count(String key, String voucherId) implements TestCommand {}

    /** Adds so many events. */
    @AllowedTo(OPERATOR)
    record CountMany(String key, int times) implements TestCommand {}

    /** Adds so many applications of 100 fen each to a batch's queue. */
    @AllowedTo(OPERATOR)
    record QueueMany(String batchId, int times) implements TestCommand {}

    /** Only looks: how long a batch's queue has become. */
    @AllowedTo(OPERATOR)
    record QueueLength(String batchId) implements TestCommand {}

    /** Only looks: whether the key's stream has any event. */
    @AllowedTo(OPERATOR)
    record Look(String key) implements TestCommand {}

    /** Records something and then breaks. */
    @AllowedTo(OPERATOR)
    record Poison(String key) implements TestCommand {}

    /** Records something and then leaves the machine without a stack. */
    @AllowedTo(OPERATOR)
    record Exhaust(String key) implements TestCommand {}

    /** Against its contract: records something and is refused afterwards. */
    @AllowedTo(OPERATOR)
    record RefusedTooLate(String key) implements TestCommand {}

    /** Asks the calendar about a day. */
    @AllowedTo(OPERATOR)
    record AskCalendar(LocalDate day) implements TestCommand {}

    /** What binding answers. */
    record Bound(String key, String voucherId, String receivedAt) {}

    static UsedOnceKey keyOf(String key) {
        return UsedOnceKey.of(UsedOnceKind.INVOICE, key);
    }

    /** Handles them over the real ledger. */
    final class Handlers {
        private final Ledger ledger;

        public Handlers(Ledger ledger) {
            this.ledger = ledger;
        }

        @CommandHandler
        Bound handle(Bind bind, Stamp stamp) {
            var key = keyOf(bind.key());
            var entry = ledger.usedOnce(key);
            Checks.inOrder(() -> entry.now().mayServe(bind.voucherId(), key));
            entry.record(new KeyBound(key.kind(), key.key(), bind.voucherId()));
            return new Bound(bind.key(), bind.voucherId(), stamp.receivedAt().toString());
        }

        @CommandHandler
        void handle(Count count) {
            var key = keyOf(count.key());
            ledger.usedOnce(key).record(new KeyBound(key.kind(), key.key(), count.voucherId()));
        }

        @CommandHandler
        void handle(CountMany count) {
            IntStream.range(0, count.times()).forEach(i -> handle(new Count(count.key(), "V" + i)));
        }

        @CommandHandler
        void handle(QueueMany queue, Stamp stamp) {
            for (int i = 0; i < queue.times(); i++) {
                var live = ledger.queue(queue.batchId());
                long position = live.now().lastPosition() + 1;
                live.record(new ApplicationQueued(
                        queue.batchId(),
                        "S",
                        "A" + position,
                        "E" + position,
                        position,
                        1,
                        null,
                        100,
                        List.of(100L),
                        stamp.receivedAt()));
            }
        }

        @CommandHandler
        long handle(QueueLength length) {
            return ledger.queue(length.batchId()).now().lastPosition();
        }

        @CommandHandler
        boolean handle(Look look) {
            return ledger.usedOnce(keyOf(look.key())).now().exists();
        }

        @CommandHandler
        void handle(Poison poison) {
            handle(new Count(poison.key(), "poison"));
            throw new IllegalStateException("poison");
        }

        @CommandHandler
        void handle(Exhaust exhaust) {
            handle(new Count(exhaust.key(), "exhaust"));
            throw new StackOverflowError("planted");
        }

        @CommandHandler
        void handle(RefusedTooLate late) {
            handle(new Count(late.key(), "V1"));
            Checks.inOrder(() -> ledger.usedOnce(keyOf(late.key())).now().mayServe("V2", keyOf(late.key())));
        }

        @CommandHandler
        boolean handle(AskCalendar ask) {
            return WorkingDays.china().isWorked(ask.day());
        }
    }
}
