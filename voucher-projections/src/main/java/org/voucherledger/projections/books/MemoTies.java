package org.voucherledger.projections.books;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReinstated;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReleased;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAdmitted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * Ties the memo books to the money (ALL-03): what a quota's events say must be what the vouchers and applications say that they
 * are about. Asked where a command ends, of what the command touched.
 *
 * <ul>
 *   <li>a provider has of each voucher reserved what is expected of its live order, and taken what it is paid and not given back
 *       (GZ-21);
 *   <li>an enterprise has charged the faces of its issued vouchers less those that the scheme lets go free at their end, and
 *       pending its live applications (GZ-11, GZ-30, GZ-31);
 *   <li>what a provider owes of a payment is what its papers say (GZ-24), and no debtor owes less than nothing.
 * </ul>
 */
final class MemoTies {

    private record Held(long reservedFen, long takenFen) {
        private static final Held NOTHING = new Held(0, 0);
    }

    private record Application(String quota, long amountFen) {}

    /** By voucher and provider; who holds nothing is not kept. */
    private final Map<String, Map<String, Held>> held = new HashMap<>();

    private final Map<String, Application> live = new HashMap<>();
    private final Map<String, Long> pending = new HashMap<>();
    private final Map<String, Long> charged = new HashMap<>();
    private final Set<String> vouchersOfTheCommand = new LinkedHashSet<>();
    private final Set<String> quotasOfTheCommand = new LinkedHashSet<>();

    void provider(ProviderQuotaEvent event) {
        switch (event) {
            case ProviderLimitAdjusted e -> {}
            case ProviderQuotaReserved e -> holds(e, e.voucherId(), e.amountFen(), 0);
            case ProviderQuotaTaken e -> holds(e, e.voucherId(), -e.reservedFen(), e.takenFen());
            case ProviderQuotaReinstated e -> holds(e, e.voucherId(), e.amountFen(), -e.amountFen());
            case ProviderQuotaReleased e -> holds(e, e.voucherId(), -e.reservedFen(), -e.takenFen());
        }
    }

    private void holds(ProviderQuotaEvent event, String voucherId, long reservedFen, long takenFen) {
        vouchersOfTheCommand.add(voucherId);
        var providers = held.computeIfAbsent(voucherId, id -> new HashMap<>());
        providers.merge(
                event.schemeId() + " " + event.providerId(),
                new Held(reservedFen, takenFen),
                (a, b) -> new Held(a.reservedFen + b.reservedFen, a.takenFen + b.takenFen));
        providers.values().removeIf(Held.NOTHING::equals);
        if (providers.isEmpty()) {
            held.remove(voucherId);
        }
    }

    void enterprise(EnterpriseQuotaEvent event) {
        quotasOfTheCommand.add(event.streamId());
    }

    void queue(QueueEvent event) {
        switch (event) {
            case ApplicationQueued e ->
                waits(
                        e.schemeId(),
                        e.enterpriseId(),
                        Shanghai.yearOf(e.receivedAt()),
                        e.applicationId(),
                        e.amountFen());
            case ApplicationReserved e ->
                waits(
                        e.schemeId(),
                        e.enterpriseId(),
                        Shanghai.yearOf(e.receivedAt()),
                        e.applicationId(),
                        e.amountFen());
            case ApplicationApproved e -> isDecided(e.applicationId());
            case ApplicationRejected e -> isDecided(e.applicationId());
            case ApplicationRecalled e -> isDecided(e.applicationId());
            case ApplicationWithdrawn e -> isDecided(e.applicationId());
        }
    }

    void batch(BatchEvent event) {
        switch (event) {
            case ApplicationGranted e -> isDecided(e.applicationId());
            case ApplicationNotGranted e -> isDecided(e.applicationId());
            case ApplicationSkipped e -> isDecided(e.applicationId());
            default -> {}
        }
    }

    private void waits(String schemeId, String enterpriseId, int year, String applicationId, long amountFen) {
        String quota = quota(schemeId, enterpriseId, year);
        live.put(applicationId, new Application(quota, amountFen));
        pending.merge(quota, amountFen, Long::sum);
        quotasOfTheCommand.add(quota);
    }

    private void isDecided(String applicationId) {
        Application application = live.remove(applicationId);
        if (application != null) {
            pending.merge(application.quota, -application.amountFen, Long::sum);
            quotasOfTheCommand.add(application.quota);
        }
    }

    /** @param terms of the scheme's version that the voucher was born under; {@code null} if there is none */
    void voucher(VoucherEvent event, VoucherState before, VoucherState after, SchemeTerms terms) {
        vouchersOfTheCommand.add(event.voucherId());
        switch (event) {
            case VoucherIssued e -> charges(after, e.faceFen());
            case VoucherAdmitted e -> charges(after, after.issue().faceFen());
            case VoucherReturned e -> {
                if (terms != null && terms.ending().onReturn().quota() == QuotaThen.FREE) {
                    charges(
                            after,
                            before.balances().backFen() - after.balances().backFen());
                }
            }
            case VoucherRevoked e -> {
                if (terms != null && frees(e, terms)) {
                    charges(
                            after,
                            before.balances().backFen() - after.balances().backFen());
                }
            }
            default -> {}
        }
    }

    /** The holder had no part in what another party was disqualified for: whatever the scheme says, it may ask again. */
    private static boolean frees(VoucherRevoked event, SchemeTerms terms) {
        if (!event.forCause() && event.rule().equals(Rule.GZ_32.id())) {
            return true;
        }
        var ending = terms.ending();
        return (event.forCause() ? ending.onViolation() : ending.onExpiry()).quota() == QuotaThen.FREE;
    }

    private void charges(VoucherState voucher, long fen) {
        var issue = voucher.issue();
        // A person's voucher is counted, not charged (CV-01).
        if (!issue.enterpriseId().isEmpty()) {
            String quota = quota(issue.schemeId(), issue.enterpriseId(), issue.quotaYear());
            charged.merge(quota, fen, Long::sum);
            quotasOfTheCommand.add(quota);
        }
    }

    private static String quota(String schemeId, String enterpriseId, int year) {
        return "enterprisequota:" + schemeId + ":" + enterpriseId + ":" + year;
    }

    /** Tells what the last event, of a voucher, says of what is owed that is not so. */
    static void owed(VoucherEvent event, VoucherState after, Consumer<String> sentence) {
        switch (event) {
            case VoucherPaid e -> papers(e.owedFen(), e.paidFen(), e.invoices(), e.transfers(), sentence);
            case PaymentDocumentsCorrected e ->
                papers(e.owedFen(), after.payment().paidFen(), e.invoices(), e.transfers(), sentence);
            default -> {}
        }
        boolean lessThanNothing = after.clawback().enterpriseDueFen() < 0
                || after.clawback().providerDueFen() < 0
                || after.payment() != null && after.payment().owedFen() < 0;
        if (lessThanNothing) {
            sentence.accept("voucher %s: more is repaid, waived or proved than was owed".formatted(event.voucherId()));
        }
    }

    private static void papers(
            long owedFen, long paidFen, List<Invoice> invoices, List<Transfer> transfers, Consumer<String> sentence) {
        long byThePapers = transfers.stream().mapToLong(Transfer::relatedFen).sum()
                + paidFen
                - invoices.stream().mapToLong(Invoice::relatedFen).sum();
        if (owedFen != byThePapers) {
            sentence.accept("owed are %d fen, by the papers %d fen".formatted(owedFen, byThePapers));
        }
    }

    /** Tells where a memo book and the money disagree, of what the command touched. */
    void disagreements(
            Function<String, VoucherState> vouchers,
            Function<String, EnterpriseQuotaState> quotas,
            Consumer<String> sentence) {
        for (String id : vouchersOfTheCommand) {
            var providers = held.getOrDefault(id, Map.of());
            var expected = expected(vouchers.apply(id));
            if (!providers.equals(expected)) {
                sentence.accept("voucher %s: by the providers' quotas %s, by its own state %s"
                        .formatted(id, providers, expected));
            }
        }
        for (String id : quotasOfTheCommand) {
            EnterpriseQuotaState state = quotas.apply(id);
            long pendingFen = state.pendingTotal().value();
            long chargedFen = state.charged().value();
            long applications = pending.getOrDefault(id, 0L);
            long faces = charged.getOrDefault(id, 0L);
            if (pendingFen != applications || chargedFen != faces) {
                sentence.accept("%s: pending %d fen, charged %d fen; its applications say %d fen, its vouchers %d fen"
                        .formatted(id, pendingFen, chargedFen, applications, faces));
            }
        }
        vouchersOfTheCommand.clear();
        quotasOfTheCommand.clear();
    }

    private static Map<String, Held> expected(VoucherState voucher) {
        if (!voucher.exists()) {
            return Map.of();
        }
        var money = voucher.balances();
        var of = new Held(
                voucher.reservedFen(),
                money.paidFen() + money.acceptedFen() + money.claimedFen() + money.redeemedFen());
        return of.equals(Held.NOTHING) ? Map.of() : Map.of(voucher.issue().schemeId() + " " + voucher.providerId(), of);
    }
}
