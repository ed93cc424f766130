package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;

/** Makes the providers of a city: each {@link Platform.Part} once, the rest ordinary, of all levels and types. */
final class Platforms {

    /** One of each part and as many ordinary ones, so that every service type is offered by several. */
    static final int FEWEST = 20;

    private static final ServiceType[] TYPES = ServiceType.values();

    private Platforms() {}

    static List<Platform> of(Draw draw, int providers) {
        return IntStream.rangeClosed(1, Math.max(providers, FEWEST))
                .mapToObj(n -> platform(n, draw.of("provider", n)))
                .toList();
    }

    private static Platform platform(int number, Draw draw) {
        Platform.Part part =
                number < Platform.Part.values().length ? Platform.Part.values()[number] : Platform.Part.ORDINARY;
        RecognitionLevel level = level(number, part);
        Set<ServiceType> types = types(number, part, draw);
        LocalDate validTo = part == Platform.Part.EXPIRING ? LocalDate.of(2020, 8, 31) : LocalDate.of(2021, 12, 31);
        boolean elsewhere = level == RecognitionLevel.NATIONAL && part == Platform.Part.ORDINARY && draw.chance(40);
        String city = part == Platform.Part.OTHER_CITY ? City.NEIGHBOUR : elsewhere ? "深圳市" : City.NAME;
        return new Platform(
                number,
                InventedCode.of('P', number),
                "粤示范第%03d号服务平台".formatted(number),
                level,
                city,
                types,
                validTo,
                part,
                offers(number, types));
    }

    private static RecognitionLevel level(int number, Platform.Part part) {
        return switch (part) {
            case FAVOURITE -> RecognitionLevel.NATIONAL;
            case OTHER_CITY -> RecognitionLevel.CITY;
            default -> RecognitionLevel.values()[number % RecognitionLevel.values().length];
        };
    }

    private static Set<ServiceType> types(int number, Platform.Part part, Draw draw) {
        var types = EnumSet.of(TYPES[number % TYPES.length]);
        if (part == Platform.Part.FAVOURITE) {
            types.add(ServiceType.INFORMATION);
        }
        for (ServiceType type : TYPES) {
            if (part == Platform.Part.ORDINARY && draw.chance(30)) {
                types.add(type);
            }
        }
        return types;
    }

    /** A published product a type, and one that never is. */
    private static List<Offer> offers(int number, Set<ServiceType> types) {
        var offers = new ArrayList<Offer>();
        for (ServiceType type : types) {
            offers.add(new Offer("P%03d-%s".formatted(number, type), type, true));
        }
        ServiceType first = types.iterator().next();
        offers.add(new Offer("P%03d-DRAFT".formatted(number), first, false));
        return List.copyOf(offers);
    }
}
