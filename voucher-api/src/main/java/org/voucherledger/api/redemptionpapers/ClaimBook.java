package org.voucherledger.api.redemptionpapers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.voucherledger.api.redemptionpapers.ClaimFigures.Line;
import org.voucherledger.api.redemptionpapers.ClaimFigures.Party;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.Recorded;
import org.voucherledger.projections.register.Enterprise;
import org.voucherledger.projections.register.Register;

/** Reads what the papers of a claim say out of the streams of the claim and of its vouchers. To be asked inside one snapshot. */
@Component
class ClaimBook {

    private static final Map<ServiceType, String> TYPES = Map.of(
            ServiceType.INFORMATION, "信息服务",
            ServiceType.TECHNOLOGY, "技术服务",
            ServiceType.ENTREPRENEURSHIP, "创业服务",
            ServiceType.TRAINING, "培训服务",
            ServiceType.FINANCING, "融资服务");

    private final AuditTrail trail;
    private final Register register;

    ClaimBook(AuditTrail trail, Register register) {
        this.trail = trail;
        this.register = register;
    }

    /** The claim as it is now; empty if there is none. */
    Optional<ClaimState> claim(String claimId) {
        ClaimState state = ClaimState.EMPTY;
        for (Recorded recorded : trail.stream("claim:" + claimId)) {
            state = state.evolve((ClaimEvent) recorded.event());
        }
        return state.exists() ? Optional.of(state) : Optional.empty();
    }

    /** What the public may see; empty while nothing is published. */
    Optional<PublicNotice> notice(String claimId) {
        List<PublishedList> lists = trail.stream("claim:" + claimId).stream()
                .flatMap(recorded -> PublishedList.of(recorded).stream())
                .toList();
        return lists.isEmpty()
                ? Optional.empty()
                : Optional.of(new PublicNotice(lists, claim(claimId).orElseThrow()));
    }

    /** Every list that was ever published, the latest first, before a position. */
    List<PublishedList> published(long before, int limit) {
        return trail.published(before, limit).stream()
                .flatMap(recorded -> PublishedList.of(recorded).stream())
                .toList();
    }

    /** The figures of a submitted claim; empty if there is none. */
    Optional<ClaimFigures> figures(String claimId) {
        return claim(claimId).map(claim -> {
            var submitted = claim.submitted();
            Instant at = trail.stream("claim:" + claimId).getFirst().entry().at();
            List<Line> lines = claim.items().values().stream()
                    .map(item -> line(item.voucherId(), item.claimedFen(), item.approvedFen()))
                    .toList();
            return new ClaimFigures(
                    claimId,
                    terms(submitted.schemeId(), submitted.schemeVersion())
                            .title()
                            .zh(),
                    submitted.batchId(),
                    party(submitted.claimantId()),
                    party(submitted.providerId()),
                    at,
                    claim.reviewed() != null,
                    lines);
        });
    }

    /**
     * The figures of a claim that could be made for these vouchers, so that its papers can be stamped before it is submitted.
     *
     * @throws Refused if there is no such voucher
     * @throws Malformed if they are not accepted vouchers of one batch and one provider
     */
    ClaimFigures draft(List<String> voucherIds) {
        Map<String, VoucherState> vouchers =
                voucherIds.stream().distinct().collect(Collectors.toMap(id -> id, this::voucher));
        vouchers.forEach((id, voucher) -> {
            if (!voucher.exists()) {
                throw new Refused(
                        Rule.ALL_04.holds(Check.ACTOR, "VoucherUnknown", false, "a known Voucher", "unknown", id));
            }
        });
        boolean together = vouchers.values().stream()
                        .allMatch(voucher ->
                                voucher.order() != null && voucher.balances().acceptedFen() > 0)
                && vouchers.values().stream()
                                .map(voucher -> voucher.issue().batchId() + " "
                                        + voucher.order().providerId())
                                .distinct()
                                .count()
                        == 1;
        if (!together) {
            throw new Malformed("voucherId", "accepted vouchers of one batch and one provider");
        }
        VoucherState first = vouchers.get(voucherIds.getFirst());
        String batchId = first.issue().batchId();
        BatchOpened batch =
                (BatchOpened) trail.stream("batch:" + batchId).getFirst().event();
        SchemeTerms terms = terms(batch.schemeId(), batch.schemeVersion());
        String providerId = first.order().providerId();
        boolean byProvider = terms.redemption().claimant() == Claimant.PROVIDER;
        return new ClaimFigures(
                "",
                terms.title().zh(),
                batchId,
                party(byProvider ? providerId : first.issue().enterpriseId()),
                party(providerId),
                null,
                false,
                voucherIds.stream()
                        .distinct()
                        .map(id -> line(id, vouchers.get(id).balances().acceptedFen(), 0))
                        .toList());
    }

    private SchemeTerms terms(String schemeId, int version) {
        SchemeState state = SchemeState.EMPTY;
        for (Recorded recorded : trail.stream("scheme:" + schemeId)) {
            state = state.evolve((SchemeEvent) recorded.event());
        }
        return state.terms(version);
    }

    private VoucherState voucher(String voucherId) {
        VoucherState state = VoucherState.EMPTY;
        for (Recorded recorded : trail.stream("voucher:" + voucherId)) {
            state = state.evolve((VoucherEvent) recorded.event());
        }
        return state;
    }

    private Line line(String voucherId, long claimedFen, long approvedFen) {
        List<Recorded> stream = trail.stream("voucher:" + voucherId);
        VoucherState voucher = VoucherState.EMPTY;
        String completedOn = "";
        for (Recorded recorded : stream) {
            voucher = voucher.evolve((VoucherEvent) recorded.event());
            completedOn = switch (recorded.event()) {
                case VoucherPaid paid -> paid.completedOn().toString();
                case PaymentDocumentsCorrected corrected ->
                    corrected.completedOn().toString();
                default -> completedOn;
            };
        }
        String enterpriseId = voucher.issue().enterpriseId();
        var contract = voucher.contract();
        List<Invoice> invoices =
                voucher.payment() == null ? List.of() : voucher.payment().invoices();
        List<Transfer> transfers =
                voucher.payment() == null ? List.of() : voucher.payment().transfers();
        var order = voucher.order();
        return new Line(
                voucherId,
                party(enterpriseId),
                register.enterprise(enterpriseId).map(Enterprise::district).orElse(""),
                order == null ? "" : product(order.providerId(), order.productId(), order.productVersion()),
                order == null ? "" : TYPES.get(order.serviceType()),
                contract == null ? "" : contract.number(),
                contract == null ? 0 : contract.amountFen(),
                invoices.stream()
                        .map(invoice -> (invoice.code() + " " + invoice.number()).strip())
                        .collect(Collectors.joining("；")),
                invoices.stream().mapToLong(Invoice::amountFen).sum(),
                transfers.stream()
                        .map(transfer -> transfer.payerBank() + " " + transfer.serial())
                        .collect(Collectors.joining("；")),
                transfers.stream().mapToLong(Transfer::amountFen).sum(),
                completedOn,
                voucher.issue().faceFen(),
                claimedFen,
                approvedFen);
    }

    /** As it was called in the version that was ordered (GZ-07). */
    private String product(String providerId, String productId, int version) {
        var versions = new ArrayList<ProductProposed>();
        for (Recorded recorded : trail.stream("provider:" + providerId)) {
            if (recorded.event() instanceof ProductProposed proposed
                    && proposed.productId().equals(productId)
                    && proposed.version() == version) {
                versions.add(proposed);
            }
        }
        return versions.isEmpty() ? productId : versions.getLast().name();
    }

    private Party party(String id) {
        String name = register.enterprise(id)
                .map(Enterprise::name)
                .or(() -> register.provider(id).map(file -> file.provider().name()))
                .orElse(id);
        return new Party(id, name);
    }
}
