package org.voucherledger.api.settlementimport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.security.Asker;
import org.voucherledger.api.settlementimport.Finding.Kind;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimEvent.ItemsSettled;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.rule.Decision;

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

    /** Items of one claim that the bank has paid under one reference: they are settled together. */
    record Payment(String claimId, String bankReference) {}

    /**
     * What the log says of a claim.
     *
     * @param references under which each voucher was settled last
     * @param bounced the references of each voucher whose payments came back
     */
    private record Known(ClaimState claim, Map<String, String> references, Map<String, List<String>> bounced) {}

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
        payments(payable).forEach((payment, together) -> {
            if (refusal(payment, together, asker) != null) {
                // Asked one by one, so that only those are blamed that are refused.
                together.forEach(line -> {
                    Decision refusal = refusal(payment, List.of(line), asker);
                    if (refusal != null) {
                        found.put(line.line(), notPayable(line, refusal));
                    }
                });
            }
        });
        return lines.stream().map(line -> found.get(line.line())).toList();
    }

    static Finding notPayable(BankLine line, Decision refusal) {
        return Finding.of(
                line,
                Kind.NOT_PAYABLE,
                String.valueOf(refusal.limit()),
                refusal.rule().id() + " " + refusal.about() + ": " + refusal.used());
    }

    static Map<Payment, List<BankLine>> payments(List<BankLine> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(
                        line -> new Payment(line.claimId(), line.bankReference()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    static SettleItems command(Payment payment, List<BankLine> lines) {
        return new SettleItems(
                payment.claimId(), lines.stream().map(BankLine::voucherId).toList(), payment.bankReference());
    }

    private Decision refusal(Payment payment, List<BankLine> lines, Asker asker) {
        return dryRun.of(asker.actor(), asker.mandate(), command(payment, lines))
                .refusal();
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
            String reference = known.references().get(line.voucherId());
            return reference.equals(line.bankReference())
                    ? Finding.of(line, Kind.SETTLED, "", "")
                    : Finding.of(line, Kind.NOT_PAYABLE, "not settled", "settled under " + reference);
        }
        return known.bounced().getOrDefault(line.voucherId(), List.of()).contains(line.bankReference())
                ? Finding.of(line, Kind.BOUNCED, "another reference", line.bankReference())
                : Finding.of(line, Kind.PAYABLE, "", "");
    }

    private Known known(String claimId) {
        ClaimState claim = ClaimState.EMPTY;
        Map<String, String> references = new HashMap<>();
        Map<String, List<String>> bounced = new HashMap<>();
        for (Object payload : log.readEvents("claim:" + claimId)
                .asStream()
                .map(event -> event.getPayload())
                .toList()) {
            claim = claim.evolve((ClaimEvent) payload);
            switch (payload) {
                case ItemsSettled settled ->
                    settled.voucherIds().forEach(id -> references.put(id, settled.bankReference()));
                case ItemBounced back ->
                    bounced.computeIfAbsent(back.voucherId(), id -> new ArrayList<>())
                            .add(references.get(back.voucherId()));
                default -> {}
            }
        }
        return new Known(claim, references, bounced);
    }
}
