package org.voucherledger.domain.party;

import java.util.HashSet;
import java.util.Set;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseBlacklisted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseDisqualified;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFreezeLifted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFrozen;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRenamed;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseVerified;
import org.voucherledger.domain.party.EnterpriseEvent.OtherFundingRecorded;
import org.voucherledger.domain.party.EnterpriseEvent.TieRecorded;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.usedonce.UsedOnceKind;

/**
 * An enterprise at a moment.
 *
 * @param verification what the operator attested last; {@code null} until then and after each correction
 * @param ties the providers it is related to (GZ-08)
 * @param fundedOtherwise the contract items that other funds have paid (GZ-27), as used-once keys
 */
public record EnterpriseState(
        Declaration declaration,
        Size computedSize,
        Names names,
        EnterpriseVerified verification,
        boolean blacklisted,
        Set<String> ties,
        Set<String> fundedOtherwise,
        Standing standing)
        implements State<EnterpriseState, EnterpriseEvent> {

    public static final EnterpriseState EMPTY =
            new EnterpriseState(null, null, null, null, false, Set.of(), Set.of(), Standing.GOOD);

    @Override
    public boolean exists() {
        return declaration != null;
    }

    @Override
    public EnterpriseState evolve(EnterpriseEvent event) {
        return switch (event) {
            case EnterpriseRegistered e ->
                new EnterpriseState(
                        e.declaration(),
                        e.computedSize(),
                        Names.first(e.declaration().name()),
                        null,
                        blacklisted,
                        ties,
                        fundedOtherwise,
                        standing);
            case DeclarationCorrected e ->
                new EnterpriseState(
                        e.declaration(), e.computedSize(), names, null, blacklisted, ties, fundedOtherwise, standing);
            case EnterpriseVerified e ->
                new EnterpriseState(declaration, computedSize, names, e, blacklisted, ties, fundedOtherwise, standing);
            case EnterpriseRenamed e ->
                new EnterpriseState(
                        declaration,
                        computedSize,
                        names.changedTo(e.name(), e.from()),
                        verification,
                        blacklisted,
                        ties,
                        fundedOtherwise,
                        standing);
            case EnterpriseBlacklisted e ->
                new EnterpriseState(
                        declaration, computedSize, names, verification, e.listed(), ties, fundedOtherwise, standing);
            case TieRecorded e ->
                new EnterpriseState(
                        declaration,
                        computedSize,
                        names,
                        verification,
                        blacklisted,
                        changed(ties, e.providerId(), e.tied()),
                        fundedOtherwise,
                        standing);
            case OtherFundingRecorded e ->
                new EnterpriseState(
                        declaration,
                        computedSize,
                        names,
                        verification,
                        blacklisted,
                        ties,
                        changed(fundedOtherwise, contractItem(e).key(), true),
                        standing);
            case EnterpriseFrozen e -> standing(standing.freeze());
            case EnterpriseFreezeLifted e -> standing(standing.lift(e.liftedAt(), e.newDeadline()));
            case EnterpriseDisqualified e -> standing(standing.disqualify());
        };
    }

    private static UsedOnceKey contractItem(OtherFundingRecorded e) {
        return UsedOnceKey.of(
                UsedOnceKind.CONTRACT_ITEM, e.enterpriseId(), e.providerId(), e.contractNumber(), e.item());
    }

    private EnterpriseState standing(Standing next) {
        return new EnterpriseState(
                declaration, computedSize, names, verification, blacklisted, ties, fundedOtherwise, next);
    }

    private static Set<String> changed(Set<String> set, String entry, boolean in) {
        var next = new HashSet<>(set);
        if (in) {
            next.add(entry);
        } else {
            next.remove(entry);
        }
        return Set.copyOf(next);
    }
}
