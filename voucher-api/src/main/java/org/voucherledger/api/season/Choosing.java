package org.voucherledger.api.season;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.voucherledger.api.season.Plan.Detour;
import org.voucherledger.api.season.Plan.End;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.time.Shanghai;

/** Which provider and product a holder orders, and when it means to pay. */
final class Choosing {

    private static final LocalDate LAST_PAYMENT = LocalDate.of(2020, 11, 24);
    private static final LocalDate LAST_WITH_DETOUR = LocalDate.of(2020, 11, 10);

    /** Of a hundred vouchers this many go to the favourite, so that its cap is reached whatever the city's size. */
    private final int favouritePercent;

    private final City city;
    private final Round first;

    Choosing(City city, List<Round> rounds) {
        this.city = city;
        this.first = rounds.getFirst();
        long budgets = rounds.stream().mapToLong(Round::budgetFen).sum();
        this.favouritePercent = (int) Math.min(35, 9_500_000_000L / budgets);
    }

    void choose(Holding h) {
        Draw draw = h.day("provider");
        Platform.Part part = part(h, draw);
        if (part == Platform.Part.ORDINARY) {
            ordinary(h, draw);
        } else {
            h.platform = city.the(part);
            h.offer = h.platform.offers().stream()
                    .filter(o -> suits(h.firm, o.type()))
                    .findFirst()
                    .orElse(null);
            if (h.offer == null) {
                ordinary(h, draw);
            }
        }
        h.payAt = payDay(h, draw);
    }

    /** An ordinary provider that has not been ordered of before. */
    void chooseAnother(Holding h) {
        Platform before = h.platform;
        Draw draw = h.day("another provider");
        do {
            ordinary(h, draw);
        } while (h.platform == before);
        h.payAt = payDay(h, draw);
    }

    /** The special providers have their custom in the first batch, in the days when that is what they are there for. */
    private Platform.Part part(Holding h, Draw draw) {
        if (h.round == first && h.endsAs(End.CLAIMED) && h.plan.detour() == Detour.NONE) {
            int turn = h.turn % 12;
            if (turn < 3) {
                return List.of(Platform.Part.EXPIRING, Platform.Part.FROZEN, Platform.Part.DISQUALIFIED)
                        .get(turn);
            }
        }
        return draw.chance(favouritePercent) ? Platform.Part.FAVOURITE : Platform.Part.ORDINARY;
    }

    private void ordinary(Holding h, Draw draw) {
        ServiceType type;
        Platform platform;
        do {
            type = draw.pick(List.of(ServiceType.values()));
            platform = draw.pick(city.offering(type));
        } while (!suits(h.firm, type) || platform == city.tiedTo(h.firm));
        h.platform = platform;
        h.offer = platform.offer(type);
    }

    /** GZ-06: entrepreneurship is for the small and the young. */
    static boolean suits(Firm firm, ServiceType type) {
        boolean small = firm.size() == Size.SMALL || firm.size() == Size.MICRO;
        boolean young = firm.declaration().establishedOn().isAfter(LocalDate.of(2017, 9, 30));
        return type != ServiceType.ENTREPRENEURSHIP || small && young;
    }

    private static Instant payDay(Holding h, Draw draw) {
        return switch (h.platform.part()) {
            // While its recognition has run out; renewed on 12 October.
            case EXPIRING -> Calendar.workingDayBetween(LocalDate.of(2020, 9, 3), LocalDate.of(2020, 9, 25), 14, draw);
            // While it is frozen, from 15 June to 14 September.
            case FROZEN -> Calendar.workingDayBetween(LocalDate.of(2020, 7, 1), LocalDate.of(2020, 8, 28), 14, draw);
            // Before it is disqualified on 20 July, or never.
            case DISQUALIFIED ->
                Calendar.workingDayBetween(LocalDate.of(2020, 7, 1), LocalDate.of(2020, 7, 9), 14, draw);
            default -> ordinaryPayDay(h, draw);
        };
    }

    private static Instant ordinaryPayDay(Holding h, Draw draw) {
        if (h.plan.detour() == Detour.CORRECTED_LATE) {
            return Calendar.at(LocalDate.of(2020, 11, 27), LocalTime.of(14, 0));
        }
        LocalDate earliest = Shanghai.dateOf(h.round.orderBy()).plusDays(25);
        return Calendar.workingDayBetween(
                earliest, h.plan.detour() == Detour.NONE ? LAST_PAYMENT : LAST_WITH_DETOUR, 14, draw);
    }
}
