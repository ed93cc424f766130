package org.voucherledger.api.schemefile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.api.schemefile.SchemeFileFaulty.Fault;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.scheme.SchemeTerms;

/** What no schema can say of a scheme: that its parts agree with each other. */
final class Consistency {

    private final LocatedDocument document;
    private final List<Fault> faults = new ArrayList<>();

    private Consistency(LocatedDocument document) {
        this.document = document;
    }

    static List<Fault> faults(SchemeTerms terms, LocatedDocument document) {
        Consistency check = new Consistency(document);
        check.insist(
                !terms.servicePeriod().to().isBefore(terms.servicePeriod().from()),
                "/servicePeriod/to",
                "must not be before servicePeriod.from");
        check.insist(
                terms.redemption().until().isAfter(terms.redemption().from()),
                "/redemption/until",
                "must be after redemption.from");
        check.insist(
                terms.waitingList().backfill() == (terms.waitingList().until() != null),
                "/waitingList/until",
                "must be given if, and only if, backfill is true");
        check.eachTagInOneTier(terms.priorityTiers());
        return check.faults;
    }

    private void eachTagInOneTier(List<Set<PriorityTag>> tiers) {
        Set<PriorityTag> earlier = EnumSet.noneOf(PriorityTag.class);
        for (int tier = 0; tier < tiers.size(); tier++) {
            for (PriorityTag tag : tiers.get(tier)) {
                insist(earlier.add(tag), "/priorityTiers/" + tier, tag + " stands in an earlier tier already");
            }
        }
    }

    private void insist(boolean holds, String pointer, String reason) {
        if (!holds) {
            Place place = document.placeOf(pointer);
            faults.add(new Fault(place.line(), place.column(), pointer, reason));
        }
    }
}
