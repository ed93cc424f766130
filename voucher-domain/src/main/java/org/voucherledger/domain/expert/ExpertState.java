package org.voucherledger.domain.expert;

import static org.voucherledger.domain.rule.Rule.SV_01;

import java.util.Set;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.expert.ExpertEvent.ExpertRegistered;
import org.voucherledger.domain.expert.ExpertEvent.ExpertReinstated;
import org.voucherledger.domain.expert.ExpertEvent.ExpertRemoved;
import org.voucherledger.domain.expert.ExpertEvent.ExpertSuspended;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;

/**
 * An expert's place in the register at a moment.
 *
 * @param standing {@code null} before the first registration
 * @param fields in which the expert may judge
 * @param city {@code null} before the first registration
 */
public record ExpertState(ExpertStanding standing, Set<ServiceType> fields, String city)
        implements State<ExpertState, ExpertEvent> {

    public static final ExpertState EMPTY = new ExpertState(null, Set.of(), null);

    @Override
    public boolean exists() {
        return standing != null;
    }

    /** SV-01: only who is in the register, and neither suspended nor removed, reviews as an expert. */
    public Decision mayReview(String expertRef) {
        return SV_01.finds(
                Check.ACTOR,
                "ExpertNotRegistered",
                standing == ExpertStanding.REGISTERED,
                "a registered expert",
                inWords(),
                expertRef);
    }

    /** SV-01: a step of the register is taken from these standings only. */
    public Decision isAmong(Set<ExpertStanding> standings, String expertRef) {
        return SV_01.holds(
                Check.STATE,
                "ExpertStanding",
                standing != null && standings.contains(standing),
                standings.stream().sorted().toList().toString(),
                inWords(),
                expertRef);
    }

    /** SV-01: who is entered is not in the register, or not any more. */
    public Decision isNotInTheRegister(String expertRef) {
        return SV_01.holds(
                Check.STATE,
                "ExpertInTheRegister",
                standing == null || standing == ExpertStanding.REMOVED,
                "not in the register",
                inWords(),
                expertRef);
    }

    private String inWords() {
        return standing == null ? "unknown" : standing.name();
    }

    @Override
    public ExpertState evolve(ExpertEvent event) {
        return switch (event) {
            case ExpertRegistered e -> new ExpertState(ExpertStanding.REGISTERED, e.fields(), e.city());
            case ExpertSuspended e -> new ExpertState(ExpertStanding.SUSPENDED, fields, city);
            case ExpertReinstated e -> new ExpertState(ExpertStanding.REGISTERED, fields, city);
            case ExpertRemoved e -> new ExpertState(ExpertStanding.REMOVED, fields, city);
        };
    }
}
