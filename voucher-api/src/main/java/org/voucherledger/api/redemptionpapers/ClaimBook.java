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
import org.voucherledger.domain.catalogue.CatalogueEvent;
import org.voucherledger.domain.catalogue.CatalogueState;
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
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherUsed;
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
                    .map(item -> line(claimId, item.voucherId(), item.claimedFen(), item.approvedFen()))
                    .toList();
            SchemeTerms terms = terms(submitted.schemeId(), submitted.schemeVersion());
            return new ClaimFigures(
                    claimId,
                    terms.kind(),
                    terms.title().zh(),
                    terms.authority(),
                    terms.redemption().reviews(),
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
     * @throws Malformed if they are not accepted vouchers of one batch and one provider; a cloud voucher is claimed with its
     *     invoices and transfers, so that nothing can be said of its claim before (CL-08)
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
        if (vouchers.values().stream().anyMatch(voucher -> voucher.cloud() != null)) {
            throw new Malformed(
                    "voucherId",
                    "a cloud voucher is claimed with its invoices and transfers; its papers are there once it is claimed");
        }
        boolean together = vouchers.values().stream()
                        .allMatch(voucher -> voucher.balances().acceptedFen() > 0)
                && vouchers.values().stream()
                                .map(voucher -> voucher.issue().batchId() + " " + voucher.providerId())
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
        String providerId = first.providerId();
        boolean byProvider = terms.redemption().claimant() == Claimant.PROVIDER;
        return new ClaimFigures(
                "",
                terms.kind(),
                terms.title().zh(),
                terms.authority(),
                terms.redemption().reviews(),
                batchId,
                party(byProvider ? providerId : first.issue().enterpriseId()),
                party(providerId),
                null,
                false,
                voucherIds.stream()
                        .distinct()
                        .map(id -> line("", id, vouchers.get(id).balances().acceptedFen(), 0))
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

    /** What a voucher was paid with, and when what it pays was done. */
    private record Papers(List<Invoice> invoices, List<Transfer> transfers, String completedOn) {

        static final Papers NONE = new Papers(List.of(), List.of(), "");

        /** A cloud voucher may be claimed anew with others: those of this claim count (CL-08). */
        private Papers after(Recorded recorded, String claimId) {
            return switch (recorded.event()) {
                case VoucherPaid e ->
                    new Papers(e.invoices(), e.transfers(), e.completedOn().toString());
                case PaymentDocumentsCorrected e ->
                    new Papers(e.invoices(), e.transfers(), e.completedOn().toString());
                case VoucherClaimed e ->
                    e.claimId().equals(claimId)
                            ? new Papers(
                                    e.invoices(), e.transfers(), e.acceptedOn().toString())
                            : this;
                case VoucherUsed e ->
                    new Papers(
                            List.of(),
                            List.of(),
                            Shanghai.dateOf(recorded.entry().at()).toString());
                default -> this;
            };
        }
    }

    private Line line(String claimId, String voucherId, long claimedFen, long approvedFen) {
        VoucherState voucher = VoucherState.EMPTY;
        Papers papers = Papers.NONE;
        for (Recorded recorded : trail.stream("voucher:" + voucherId)) {
            voucher = voucher.evolve((VoucherEvent) recorded.event());
            papers = papers.after(recorded, claimId);
        }
        var issue = voucher.issue();
        var contract = voucher.contract();
        var purchase = voucher.purchase();
        Product product = product(voucher);
        return new Line(
                voucherId,
                issue.enterpriseId().isEmpty() ? new Party("", "") : party(issue.enterpriseId()),
                register.enterprise(issue.enterpriseId())
                        .map(Enterprise::district)
                        .orElse(""),
                product.name(),
                product.type(),
                contract == null ? "" : contract.number(),
                contract == null ? 0 : contract.amountFen(),
                papers.invoices().stream()
                        .map(invoice -> (invoice.code() + " " + invoice.number()).strip())
                        .collect(Collectors.joining("；")),
                papers.invoices().stream().mapToLong(Invoice::amountFen).sum(),
                papers.transfers().stream()
                        .map(transfer -> transfer.payerBank() + " " + transfer.serial())
                        .collect(Collectors.joining("；")),
                papers.transfers().stream().mapToLong(Transfer::amountFen).sum(),
                purchase == null ? "" : purchase.purchaseReference(),
                purchase == null ? 0 : purchase.purchaseFen(),
                papers.completedOn(),
                issue.shareBasisPoints() == null ? 0 : issue.shareBasisPoints(),
                issue.thresholdFen(),
                issue.faceFen(),
                claimedFen,
                approvedFen);
    }

    /** What was bought with the voucher. */
    private record Product(String name, String type) {}

    private Product product(VoucherState voucher) {
        var order = voucher.order();
        if (order == null) {
            return new Product("", voucher.issue().category());
        }
        return voucher.cloud() != null
                ? ofCatalogue(order.providerId(), order.productId(), order.productVersion())
                : new Product(
                        product(order.providerId(), order.productId(), order.productVersion()),
                        TYPES.get(order.serviceType()));
    }

    /** As the catalogue listed it in the version that was applied for (CL-07). */
    private Product ofCatalogue(String providerId, String productId, int version) {
        CatalogueState entry = CatalogueState.EMPTY;
        for (Recorded recorded : trail.stream("catalogue:" + providerId + ":" + productId)) {
            entry = entry.evolve((CatalogueEvent) recorded.event());
            var then = entry.years().values().stream()
                    .filter(listing -> listing.version() == version)
                    .findFirst();
            if (then.isPresent()) {
                return new Product(then.get().name(), then.get().productClass());
            }
        }
        throw new IllegalStateException(
                "the catalogue never had version " + version + " of " + productId + " of " + providerId);
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
