package org.voucherledger.api.schemefile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.api.schemefile.SchemeFileFaulty.Fault;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;

/** What no schema can say of a scheme: that its parts agree with each other. */
final class Consistency {

    private final LocatedDocument document;
    private final List<Fault> faults = new ArrayList<>();

    private Consistency(LocatedDocument document) {
        this.document = document;
    }

    static List<Fault> faults(SchemeTerms terms, LocatedDocument document) {
        Consistency check = new Consistency(document);
        check.oneOfTwo(terms.validity().until(), terms.validity().daysAfterPublication(), "/validity");
        check.redemption(terms.redemption());
        if (terms.kind() == SchemeTerms.Kind.SERVICE) {
            check.service(terms);
        }
        check.eachTagInOneTier(terms.priorityTiers());
        return check.faults;
    }

    private void service(SchemeTerms terms) {
        oneOfTwo(terms.ordering().days(), terms.ordering().until(), "/ordering");
        insist(
                !terms.servicePeriod().to().isBefore(terms.servicePeriod().from()),
                "/servicePeriod/to",
                "must not be before servicePeriod.from");
        insist(
                terms.waitingList().backfill() == (terms.waitingList().until() != null),
                "/waitingList/until",
                "must be given if, and only if, backfill is true");
    }

    private void redemption(Redemption redemption) {
        oneOfTwo(redemption.from(), redemption.opensDaysAfterPublication(), "/redemption");
        oneOfTwo(redemption.until(), redemption.closesDaysAfterValidity(), "/redemption");
        if (redemption.from() != null && redemption.until() != null) {
            insist(redemption.until().isAfter(redemption.from()), "/redemption/until", "must be after redemption.from");
        }
    }

    private void oneOfTwo(Object one, Object other, String pointer) {
        insist((one == null) != (other == null), pointer, "one of two is given, the other null");
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
