package org.voucherledger.api.settlementimport;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.security.Asker;
import org.voucherledger.api.settlementimport.Finding.Kind;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.BankMovement;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * Compares the bank's file with the log (GZ-43). Whether an item may be settled is the domain's word: it is asked without being
 * told to do it.
 */
@Component
class Reconciliation {

    private final EventStore log;
    private final DryRun dryRun;

    Reconciliation(EventStore log, DryRun dryRun) {
        this.log = log;
        this.dryRun = dryRun;
    }

    /** Items of one claim that the bank has paid on one day under one reference: they are settled together. */
    record Payment(String claimId, String bankReference, LocalDate paidOn, String reason, List<BankLine> lines) {

        private static Payment of(List<BankLine> lines) {
            BankLine first = lines.getFirst();
            return new Payment(first.claimId(), first.bankReference(), first.paidOn(), first.reason(), lines);
        }

        SettleItems command() {
            return new SettleItems(
                    claimId, lines.stream().map(BankLine::voucherId).toList(), bankReference, paidOn, reason, slips());
        }

        /** Each once, however many lines name it. */
        List<Document> slips() {
            return lines.stream()
                    .flatMap(line -> line.documents().stream())
                    .distinct()
                    .toList();
        }

        private List<Payment> apart() {
            return lines.stream().map(line -> of(List.of(line))).toList();
        }
    }

    /** Whose turn it is to be paid; those without an order have none and come first. */
    private record Turn(int tier, long claimNumber) implements Comparable<Turn> {

        static final Turn NONE = new Turn(-1, 0);

        @Override
        public int compareTo(Turn other) {
            return tier == other.tier
                    ? Long.compare(claimNumber, other.claimNumber)
                    : Integer.compare(tier, other.tier);
        }
    }

    /**
     * What the log says of a claim.
     *
     * @param bounced the references of each voucher whose payments came back
     */
    private record Known(ClaimState claim, Map<String, List<String>> bounced) {}

    /** A finding for each line, in their order. */
    List<Finding> of(List<BankLine> lines, Asker asker) {
        Map<String, Known> claims = new HashMap<>();
        lines.forEach(line -> claims.computeIfAbsent(line.claimId(), this::known));
        Map<String, Long> times =
                lines.stream().collect(Collectors.groupingBy(BankLine::voucherId, Collectors.counting()));
        Map<Integer, Finding> found = new HashMap<>();
        for (BankLine line : lines) {
            found.put(
                    line.line(),
                    times.get(line.voucherId()) > 1
                            ? Finding.of(line, Kind.DOUBLED, "each voucher once", line.voucherId())
                            : compared(line, claims.get(line.claimId())));
        }
        List<BankLine> payable = lines.stream()
                .filter(line -> found.get(line.line()).kind() == Kind.PAYABLE)
                .toList();
        refused(payments(payable), asker).forEach((line, refusal) -> found.put(line.line(), notPayable(line, refusal)));
        return lines.stream().map(line -> found.get(line.line())).toList();
    }

    static Finding notPayable(BankLine line, Decision refusal) {
        return Finding.of(
                line,
                Kind.NOT_PAYABLE,
                String.valueOf(refusal.limit()),
                refusal.rule().id() + " " + refusal.about() + ": " + refusal.used());
    }

    /**
     * The payments of these lines, each of an item that the log knows, in the order in which they can be settled: whatever
     * has no order as the bank has it, then cloud vouchers by tier and claim (CL-03, GZ-43).
     */
    List<Payment> payments(List<BankLine> lines) {
        Map<String, Turn> turns = new HashMap<>();
        lines.forEach(line -> turns.computeIfAbsent(line.claimId(), claimId -> turn(line.voucherId())));
        return lines.stream()
                .sorted(Comparator.comparing(line -> turns.get(line.claimId())))
                .collect(Collectors.groupingBy(
                        line -> List.of(
                                line.claimId(),
                                line.bankReference(),
                                Optional.ofNullable(line.paidOn()),
                                line.reason()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(Payment::of)
                .toList();
    }

    /** A claim of cloud vouchers has one item, so that its voucher's turn is the claim's. */
    private Turn turn(String voucherId) {
        VoucherState voucher = VoucherState.EMPTY;
        for (Object payload : log.readEvents("voucher:" + voucherId)
                .asStream()
                .map(event -> event.getPayload())
                .toList()) {
            voucher = voucher.evolve((VoucherEvent) payload);
        }
        var place = voucher.cloud();
        return place == null ? Turn.NONE : new Turn(place.tier(), place.claimNumber());
    }

    /**
     * The lines that would not be settled, each with what refuses it. A payment counts as made for those that come after it
     * in the same file, so that one file can pay a whole batch in its order.
     */
    private Map<BankLine, Decision> refused(List<Payment> payments, Asker asker) {
        List<Optional<Decision>> together = refusals(payments, asker);
        // Items that are refused together are asked one by one, so that only those are blamed that are refused alone.
        List<Payment> parts = new ArrayList<>();
        Map<BankLine, Decision> refused = new HashMap<>();
        for (int i = 0; i < payments.size(); i++) {
            Payment payment = payments.get(i);
            parts.addAll(together.get(i).isEmpty() ? List.of(payment) : payment.apart());
        }
        List<Optional<Decision>> apart = parts.size() == payments.size() ? together : refusals(parts, asker);
        for (int i = 0; i < parts.size(); i++) {
            List<BankLine> lines = parts.get(i).lines();
            apart.get(i).ifPresent(refusal -> lines.forEach(line -> refused.put(line, refusal)));
        }
        for (int i = 0; i < payments.size(); i++) {
            List<BankLine> lines = payments.get(i).lines();
            if (lines.stream().noneMatch(refused::containsKey)) {
                together.get(i).ifPresent(refusal -> lines.forEach(line -> refused.put(line, refusal)));
            }
        }
        return refused;
    }

    private List<Optional<Decision>> refusals(List<Payment> payments, Asker asker) {
        return dryRun.refusals(
                asker.actor(),
                asker.mandate(),
                payments.stream().map(Payment::command).toList());
    }

    private static Finding compared(BankLine line, Known known) {
        ClaimState.Item item = known.claim().item(line.voucherId());
        if (!known.claim().exists() || item == null) {
            String what = known.claim().exists() ? line.voucherId() : line.claimId();
            return Finding.of(line, Kind.UNKNOWN, known.claim().exists() ? "an item of the claim" : "a claim", what);
        }
        if (item.approvedFen() != line.amountFen()) {
            return Finding.of(line, Kind.AMOUNT_DIFFERS, item.approvedFen() + " fen", line.amountFen() + " fen");
        }
        if (item.status() == ItemStatus.SETTLED) {
            return settled(line, item.settledUnder(), known.claim());
        }
        return known.bounced().getOrDefault(line.voucherId(), List.of()).contains(line.bankReference())
                ? Finding.of(line, Kind.BOUNCED, "another reference", line.bankReference())
                : Finding.of(line, Kind.PAYABLE, "", "");
    }

    private static Finding settled(BankLine line, String reference, ClaimState claim) {
        if (!reference.equals(line.bankReference())) {
            return Finding.of(line, Kind.NOT_PAYABLE, "not settled", "settled under " + reference);
        }
        List<Document> late = new ArrayList<>(line.documents());
        late.removeAll(claim.bank().entry(BankMovement.PAID, reference).slips());
        return late.isEmpty()
                ? Finding.of(line, Kind.SETTLED, "", "")
                : Finding.of(
                        line,
                        Kind.SLIP_NOT_HANDED_IN,
                        "handed in by POST /api/v1/claims/" + line.claimId() + "/bank-slips",
                        late.getFirst().kind() + " " + late.getFirst().sha256());
    }

    private Known known(String claimId) {
        ClaimState claim = ClaimState.EMPTY;
        Map<String, List<String>> bounced = new HashMap<>();
        for (Object payload : log.readEvents("claim:" + claimId)
                .asStream()
                .map(event -> event.getPayload())
                .toList()) {
            if (payload instanceof ItemBounced back) {
                bounced.computeIfAbsent(back.voucherId(), id -> new ArrayList<>())
                        .add(claim.item(back.voucherId()).settledUnder());
            }
            claim = claim.evolve((ClaimEvent) payload);
        }
        return new Known(claim, bounced);
    }
}
