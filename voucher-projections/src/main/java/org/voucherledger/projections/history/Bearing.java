package org.voucherledger.projections.history;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRenamed;
import org.voucherledger.domain.party.ProviderEvent.ProviderRecognised;
import org.voucherledger.domain.party.ProviderEvent.ProviderRenamed;
import org.voucherledger.domain.voucher.VoucherEvent.ContractUploaded;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;

/**
 * What was known when: of a stream that is told from its beginning, since when the fact told last is true and which earlier
 * record it takes the place of. Corrections undo nothing (ALL-06), so both stay to be seen.
 */
final class Bearing {

    private final Map<BatchDate, Long> dated = new EnumMap<>(BatchDate.class);
    private Map<BatchDate, Instant> dates = Map.of();
    private Long declared;
    private Long recognised;
    private Long contracted;
    private Long documented;
    private Instant paidAt;

    private String trueSince;
    private Long replaces;

    /** @param after the state with the event */
    void tell(long position, Instant at, DomainEvent event, State<?, ?> after) {
        trueSince = null;
        replaces = null;
        switch (event) {
            case EnterpriseRenamed e -> trueSince = e.from().toString();
            case ProviderRenamed e -> trueSince = e.from().toString();
            case EnterpriseRegistered e -> declared = position;
            case DeclarationCorrected e -> {
                replaces = declared;
                declared = position;
            }
            case ProviderRecognised e -> {
                trueSince = Objects.toString(e.validFrom(), null);
                replaces = recognised;
                recognised = position;
            }
            case ContractUploaded e -> {
                replaces = contracted;
                contracted = position;
            }
            case VoucherOrdered e -> contracted = null;
            case VoucherPaid e -> {
                paidAt = at;
                documented = position;
            }
            case PaymentDocumentsCorrected e -> {
                // The papers are those of the payment, whenever they were put right.
                trueSince = paidAt.toString();
                replaces = documented;
                documented = position;
            }
            default -> {}
        }
        if (after instanceof BatchState batch) {
            follow(position, batch.dates());
        }
    }

    private void follow(long position, Map<BatchDate, Instant> now) {
        now.forEach((date, at) -> {
            if (!at.equals(dates.get(date))) {
                Long before = dated.put(date, position);
                replaces = before == null ? replaces : before;
            }
        });
        dates = now;
    }

    String trueSince() {
        return trueSince;
    }

    Long replaces() {
        return replaces;
    }
}
