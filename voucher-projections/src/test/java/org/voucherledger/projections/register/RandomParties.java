package org.voucherledger.projections.register;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.CorrectDeclaration;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.RenameEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.RenameProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.ProviderCommand.WithdrawProduct;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.time.Shanghai;

/** Parties that register and are entered, checked, renamed and disciplined at random, by a seed. */
final class RandomParties implements AutoCloseable {

    private static final List<String> ENTERPRISES = List.of("E1", "E2", "E3", "E4", "E5", "E6", "E7");
    private static final List<String> PROVIDERS = List.of("P1", "P2", "P3", "P4");
    private static final List<String> CITIES = List.of("广州市", "佛山市");

    private final Random random;
    private final City city = new City();
    private int numbers;

    RandomParties(long seed) {
        random = new Random(seed);
    }

    RandomParties act(int steps) {
        for (int step = 0; step < steps; step++) {
            if (random.nextInt(3) > 0) {
                city.at(city.now().plus(Duration.ofMinutes(random.nextInt(60 * 24))));
            }
            city.sends(random.nextBoolean() ? onEnterprise(any(ENTERPRISES)) : onProvider(any(PROVIDERS)));
        }
        return this;
    }

    List<TrackedEventMessage<?>> events() {
        return city.ledger().events();
    }

    private Command onEnterprise(String name) {
        String id = Cast.code(name);
        boolean yes = random.nextBoolean();
        return switch (random.nextInt(12)) {
            case 0, 1 -> new RegisterEnterprise(id, declaration(name));
            case 2 -> new CorrectDeclaration(id, declaration(name));
            case 3, 4 ->
                new VerifyEnterprise(
                        id,
                        2019 + random.nextInt(2),
                        LocalDate.of(2020, 1, 2).minusYears(random.nextInt(2)),
                        yes,
                        random.nextBoolean(),
                        some(PriorityTag.values()),
                        Papers.forVerification());
            case 5, 6 -> new RenameEnterprise(id, newName(), someDay(), Papers.document("PROOF"));
            case 7 -> new BlacklistEnterprise(id, yes, "失信");
            case 8 -> new RecordTie(id, Cast.code(any(PROVIDERS)), yes, "参股");
            case 9 -> new RecordOtherFunding(id, Cast.code(any(PROVIDERS)), "HT-" + ++numbers, "1", "专项资金");
            case 10 -> new FreezeEnterprise(id, "核查");
            default ->
                random.nextInt(8) == 0
                        ? new DisqualifyEnterprise(id, "串通")
                        : new LiftEnterpriseFreeze(id, city.now().plus(Duration.ofDays(9)), "核查完毕");
        };
    }

    private Command onProvider(String name) {
        String id = Cast.code(name);
        String product = "T" + random.nextInt(3);
        return switch (random.nextInt(14)) {
            case 0, 1 -> recognition(name);
            case 2, 3 ->
                new RegisterProvider(
                        id, Cast.providerName(name), any(CITIES), List.of(Papers.document("BUSINESS_LICENCE")));
            case 4 -> new VerifyProvider(id);
            case 5, 6 -> new RenameProvider(id, newName(), someDay(), Papers.document("PROOF"));
            case 7, 8 ->
                new ProposeProduct(
                        id,
                        product,
                        "产品" + ++numbers,
                        any(List.of(ServiceType.values())),
                        Cast.describing("概述" + numbers),
                        1 + random.nextInt(1_000),
                        1_000 + random.nextInt(1_000),
                        "按项目",
                        Papers.forAProduct());
            case 9, 10 -> new PublishProduct(id, product, 1 + random.nextInt(2));
            case 11 -> new WithdrawProduct(id, product, "停售");
            case 12 -> new FreezeProvider(id, "核查");
            default ->
                random.nextInt(8) == 0 ? new DisqualifyProvider(id, "串通") : new LiftProviderFreeze(id, null, "核查完毕");
        };
    }

    private RecogniseProvider recognition(String name) {
        return new RecogniseProvider(
                Cast.code(name),
                random.nextInt(4) == 0 ? newName() : Cast.providerName(name),
                any(List.of(RecognitionLevel.values())),
                any(CITIES),
                any(List.of(Set.of(ServiceType.values()), Set.of(ServiceType.TRAINING, ServiceType.FINANCING))),
                any(List.of(Set.of(), Set.of("CATERING", "RETAIL"))),
                SupplierClass.values()[name.hashCode() & 1],
                LocalDate.of(2018, 1, 1),
                LocalDate.of(2020 + random.nextInt(2), 12, 31));
    }

    private Declaration declaration(String name) {
        return new Declaration(
                Cast.enterpriseName(name),
                any(CITIES),
                any(List.of("天河区", "越秀区", "海珠区")),
                any(List.of(Industry.INDUSTRY, Industry.SOFTWARE_IT)),
                1 + random.nextInt(900),
                1 + random.nextInt(40_000),
                1 + random.nextInt(9_000),
                any(List.of(Size.values())),
                random.nextInt(4) > 0,
                LocalDate.of(2010 + random.nextInt(9), 6, 15),
                "handler-" + name,
                random.nextInt(3));
    }

    /** Long ago, of these days, or yet to come; the same day now and then. */
    private LocalDate someDay() {
        return Shanghai.dateOf(city.now()).plusDays(random.nextInt(5) - 2L);
    }

    private String newName() {
        return any(List.of("新名", "改名")) + ++numbers + "有限公司";
    }

    private <T> Set<T> some(T[] all) {
        var chosen = new HashSet<>(Arrays.asList(all));
        chosen.removeIf(one -> random.nextBoolean());
        return chosen;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public void close() {
        city.close();
    }
}
