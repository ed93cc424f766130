package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SizeStandard;

/**
 * Who there is: the invented enterprises and providers of a season, made from its seed alone.
 *
 * <p>Every industry and every size of the standard is among the first enterprises, and so is every {@link Flaw}, however
 * small the city is. Names say that they are invented; there is nobody's data in it (ALL-05).
 */
record City(List<Firm> firms, List<Platform> platforms) {

    static final String NAME = "广州市";
    static final String NEIGHBOUR = "佛山市";

    private static final List<String> DISTRICTS =
            List.of("越秀区", "海珠区", "荔湾区", "天河区", "白云区", "黄埔区", "番禺区", "花都区", "南沙区", "从化区", "增城区");
    private static final List<Size> SIZES = List.of(Size.MICRO, Size.SMALL, Size.SMALL, Size.MEDIUM);
    private static final int FIRST_WITH_FLAWS = 20;

    static City of(long seed, int enterprises, int providers) {
        Draw draw = Draw.seeded(seed);
        List<Firm> firms = IntStream.rangeClosed(1, enterprises)
                .mapToObj(n -> firm(n, draw.of("enterprise", n)))
                .toList();
        return new City(firms, Platforms.of(draw, providers));
    }

    /** Enterprises without a flaw: who may apply, and goes on to be eligible. */
    static List<Firm> flawless(long seed, int enterprises) {
        Draw draw = Draw.seeded(seed);
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> firm(n, draw.of("enterprise", n)))
                .filter(firm -> firm.flaw() == Flaw.NONE)
                .limit(enterprises)
                .toList();
    }

    /** Enterprises by industry, size and flaw: what the run says of its city before it begins. */
    Map<String, Integer> census() {
        var counts = new TreeMap<String, Integer>();
        for (Firm firm : firms) {
            counts.merge("industry " + firm.declaration().industry(), 1, Integer::sum);
            counts.merge("size " + firm.size(), 1, Integer::sum);
            counts.merge("flaw " + firm.flaw(), 1, Integer::sum);
        }
        return counts;
    }

    private static Firm firm(int number, Draw draw) {
        Flaw flaw = flaw(number, draw.of("flaw"));
        Draw own = draw.of("declaration");
        Industry industry = Industry.values()[(number - 1) % Industry.values().length];
        Size size = flaw == Flaw.LARGE ? Size.LARGE : SIZES.get((number / Industry.values().length) % SIZES.size());
        Figures figures = figures(industry, size, draw.of("figures"));
        Size declared = flaw == Flaw.WRONG_SIZE ? (size == Size.MICRO ? Size.SMALL : Size.MICRO) : size;
        String city = flaw == Flaw.OTHER_CITY ? NEIGHBOUR : NAME;
        LocalDate established = own.chance(25)
                ? LocalDate.of(2018, 1, 1).plusDays(own.below(600))
                : LocalDate.of(2000, 1, 1).plusDays(own.below(6_000));
        var declaration = new Declaration(
                "粤示范第%04d号企业".formatted(number),
                city,
                city.equals(NAME) ? own.pick(DISTRICTS) : "禅城区",
                industry,
                figures.employees(),
                figures.revenueWan(),
                figures.assetsWan(),
                declared,
                flaw != Flaw.NO_LEGAL_PERSON,
                established,
                "handler-%05d".formatted(number),
                flaw == Flaw.LOW_TRUST ? 0 : 1 + own.below(3));
        return new Firm(
                number,
                InventedCode.of('E', number),
                declaration,
                size,
                tags(industry, draw.of("tags")),
                flaw,
                draw.of("life"));
    }

    /** The first enterprises go through all flaws once, so that even a small city has each; later ones draw theirs. */
    private static Flaw flaw(int number, Draw draw) {
        int turn = number - FIRST_WITH_FLAWS;
        if (turn > 0 && turn < Flaw.values().length) {
            return Flaw.values()[turn];
        }
        return number > FIRST_WITH_FLAWS && draw.chance(6)
                ? Flaw.values()[1 + draw.below(Flaw.values().length - 1)]
                : Flaw.NONE;
    }

    private record Figures(long employees, long revenueWan, long assetsWan) {}

    private static Figures figures(Industry industry, Size size, Draw draw) {
        while (true) {
            var figures =
                    new Figures(draw.magnitude(1, 5_000), draw.magnitude(10, 900_000), draw.magnitude(10, 900_000));
            if (SizeStandard.of2011().sizeOf(industry, figures.employees(), figures.revenueWan(), figures.assetsWan())
                    == size) {
                return figures;
            }
        }
    }

    private static Set<PriorityTag> tags(Industry industry, Draw draw) {
        var tags = EnumSet.noneOf(PriorityTag.class);
        if (draw.chance(4)) {
            tags.add(draw.chance(30) ? PriorityTag.NATIONAL_SPECIALISED : PriorityTag.PROVINCIAL_SPECIALISED);
        }
        if (draw.chance(5)) {
            tags.add(PriorityTag.MONITORED);
        }
        if (industry == Industry.INDUSTRY && draw.chance(40)) {
            tags.add(draw.pick(List.of(
                    PriorityTag.UPGRADED_ABOVE_SCALE, PriorityTag.LISTED_FOR_UPGRADE, PriorityTag.KEY_BELOW_SCALE)));
        }
        return tags;
    }

    /** The ordinary platforms that offer the type, in their order. */
    List<Platform> offering(ServiceType type) {
        var offering = new ArrayList<Platform>();
        for (Platform platform : platforms) {
            if (platform.part() == Platform.Part.ORDINARY && platform.offer(type) != null) {
                offering.add(platform);
            }
        }
        return offering;
    }

    /** The provider to which an enterprise has a recorded tie (GZ-08), or {@code null}. */
    Platform tiedTo(Firm firm) {
        List<Platform> ordinary = platforms.stream()
                .filter(platform -> platform.part() == Platform.Part.ORDINARY)
                .toList();
        return firm.number() % 9 == 4 ? ordinary.get(firm.number() % ordinary.size()) : null;
    }

    Platform the(Platform.Part part) {
        return platforms.stream().filter(p -> p.part() == part).findFirst().orElseThrow();
    }

    Firm firm(Flaw flaw) {
        return firms.stream().filter(f -> f.flaw() == flaw).findFirst().orElseThrow();
    }
}
