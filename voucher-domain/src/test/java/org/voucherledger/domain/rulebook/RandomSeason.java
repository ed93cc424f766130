package org.voucherledger.domain.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.expert.ExpertCommand.RegisterExpert;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.rulebook.RulebookModel.ModelBatch;
import org.voucherledger.domain.rulebook.RulebookModel.ModelVoucher;
import org.voucherledger.domain.scenario.Books;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Outcome;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scenario.TestLedger;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Ending;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * One random season: the ledger and the {@link RulebookModel} take the same steps side by side, and after each of them are
 * compared: what was answered, which rule refused, where every voucher stands, and every book.
 */
final class RandomSeason implements AutoCloseable {

    private static final Map<RulebookModel.Account, Books.Account> ACCOUNTS = accounts();
    private static final int WHOLE_COMPARISON_EVERY = 100;

    private final long seed;
    private final Random random;
    private final RulebookModel model = new RulebookModel();
    private final TestLedger ledger;
    private final Books books = new Books();
    private final List<String> enterprises = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();
    private final List<String> schemes = new ArrayList<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, Integer> undetermined = new TreeMap<>();
    private final Map<String, Integer> accepted = new TreeMap<>();
    private int step;

    RandomSeason(long seed, BiFunction<Ledger, List<Object>, List<Object>> handlers) {
        this.seed = seed;
        this.random = new Random(seed);
        this.ledger = new TestLedger(handlers);
        publishSchemes();
        registerEnterprises();
        registerProviders();
        registerExperts();
    }

    // ---------------------------------------------------------------- who takes part

    private void publishSchemes() {
        long providerCap = yuan(6_000 + random.nextInt(12_000));
        setUp(new PublishScheme(GuangzhouTerms.with(d -> d.providerCap(providerCap)), "0".repeat(64)));
        setUp(new PublishScheme(
                GuangzhouTerms.with(
                        d -> d.named("OTHER-2020"),
                        d -> d.providerCap(providerCap),
                        d -> d.grantsInPart(),
                        d -> d.expertPanel(),
                        d -> d.backfillUntil(shanghai("2020-09-15T12:00")),
                        d -> d.tariff(
                                new Tariff(
                                        new When(Set.of(), Set.of(), Set.of(PriorityTag.MONITORED), null, 2),
                                        6_000,
                                        yuan(20_000),
                                        yuan(5_000)),
                                new Tariff(new When(Set.of(), Set.of(), Set.of(), 1, 3), 5_000, yuan(20_000), null),
                                new Tariff(
                                        new When(Set.of(Size.SMALL), Set.of(), Set.of(), 4, 5),
                                        4_000,
                                        yuan(18_000),
                                        yuan(3_000))),
                        d -> d.ending(new Ending(
                                new SchemeTerms.Outcome(QuotaThen.KEEP, MoneyThen.BACK),
                                new SchemeTerms.Outcome(QuotaThen.FREE, MoneyThen.BACK),
                                new SchemeTerms.Outcome(QuotaThen.FREE, MoneyThen.LAPSED)))),
                "0".repeat(64)));
        schemes.addAll(model.schemes.keySet());
    }

    private void registerEnterprises() {
        for (int i = 1; i <= 14; i++) {
            String name = "E" + i;
            var declaration = switch (i) {
                case 1 -> Cast.declaration(name, Industry.INDUSTRY, 1_000, 40_000, 0, Size.LARGE);
                case 2 -> Cast.declaration(name, Industry.INDUSTRY, 400, 3_000, 0, Size.SMALL); // it is MEDIUM
                case 3 -> Cast.declaration(name, Industry.RETAIL, 60, 600, 0, Size.MEDIUM);
                case 6 -> Cast.declaration(name, LocalDate.of(2017, 7, 1));
                default -> Cast.declaration(name);
            };
            setUp(new RegisterEnterprise(Cast.code(name), declaration));
            enterprises.add(Cast.code(name));
            if (i != 4) {
                Set<PriorityTag> tags = i % 3 == 0 ? Set.of(PriorityTag.MONITORED) : Set.of();
                setUp(new VerifyEnterprise(
                        Cast.code(name), 2020, LocalDate.of(2020, 1, 2), i != 5, true, tags, Papers.forVerification()));
            }
        }
    }

    private void registerProviders() {
        LocalDate always = LocalDate.of(2021, 12, 31);
        Set<ServiceType> all = Set.of(ServiceType.values());
        List<RecogniseProvider> list = List.of(
                Cast.recognition("P1", RecognitionLevel.NATIONAL, "深圳市", all, always),
                Cast.recognition(
                        "P2", RecognitionLevel.PROVINCIAL, GuangzhouTerms.CITY, all, LocalDate.of(2020, 8, 31)),
                Cast.recognition("P3", RecognitionLevel.CITY, GuangzhouTerms.CITY, all, always),
                Cast.recognition("P4", RecognitionLevel.SERVICE_STATION, "佛山市", all, always),
                Cast.recognition(
                        "P5", RecognitionLevel.CITY, GuangzhouTerms.CITY, Set.of(ServiceType.INFORMATION), always));
        for (RecogniseProvider entry : list) {
            setUp(entry);
            setUp(new RegisterProvider(
                    entry.providerId(), entry.name(), entry.city(), List.of(Papers.document("LICENCE"))));
            setUp(new VerifyProvider(entry.providerId()));
            providers.add(entry.providerId());
            for (ServiceType type : entry.serviceTypes()) {
                setUp(Cast.product("P" + providers.size(), type));
                setUp(new PublishProduct(entry.providerId(), type.name(), 1));
            }
        }
    }

    /** Whoever of the season reviews as an expert; the model knows of no register, so that it says nothing of this. */
    private void registerExperts() {
        for (String expert : List.of("EXPERT-1", "EXPERT-2", "staff-1")) {
            var outcome = ledger.send(
                    new RegisterExpert(expert, Set.of(ServiceType.TECHNOLOGY), GuangzhouTerms.CITY),
                    Actor.of("staff-0", Role.OPERATOR),
                    RandomSteps.SEASON_STARTS);
            assertThat(outcome.refusal()).isNull();
        }
    }

    private void setUp(Command command) {
        Actor operator = Actor.of("staff-0", Role.OPERATOR);
        Actor bureau = Actor.of("staff-0", Role.BUREAU);
        Actor actor = command instanceof PublishScheme
                ? bureau
                : model.ownProvider(command) != null && command instanceof ProposeProduct p
                        ? new Actor("staff-0", Role.PROVIDER, p.providerId())
                        : operator;
        compare(command, actor, RandomSteps.SEASON_STARTS);
    }

    // ---------------------------------------------------------------- stepping

    /** Takes so many steps; throws an {@link AssertionError} that names seed and step where model and ledger part. */
    RandomSeason take(int steps) {
        var next = new RandomSteps(random, model, schemes, enterprises, providers, steps);
        for (step = 1; step <= steps; step++) {
            Instant now = next.nextInstant();
            Command command = next.next();
            compare(command, next.actorFor(command), now);
            if (step % WHOLE_COMPARISON_EVERY == 0) {
                compareEverything();
            }
        }
        compareEverything();
        return this;
    }

    private void compare(Command command, Actor actor, Instant now) {
        String where = "seed " + seed + ", step " + step + ", at " + now + ": " + command + " by " + actor;
        Verdict verdict = model.judge(command, actor, now);
        Outcome outcome;
        try {
            outcome = ledger.send(command, actor, now);
        } catch (AssertionError fault) {
            throw new AssertionError(where + "\nthe model says " + verdict, fault.getCause());
        }
        switch (verdict) {
            case Verdict.Accepted a ->
                assertThat(outcome.refusal()).as("must be accepted\n%s", where).isNull();
            case Verdict.Refused r -> {
                assertThat(outcome.refusal())
                        .as("must be refused by %s\n%s", r, where)
                        .isNotNull();
                assertThat(r.explains(outcome.refusal()))
                        .as("must be refused by %s\nbut was by %s\n%s", r, outcome.refusal(), where)
                        .isTrue();
            }
            case Verdict.Undetermined u -> undetermined.merge(u.why(), 1, Integer::sum);
        }
        if (outcome.accepted()) {
            model.happened(command, actor, now);
            accepted.merge(command.getClass().getSimpleName(), 1, Integer::sum);
        } else {
            assertThat(outcome.events())
                    .as("a refusal leaves nothing behind\n%s", where)
                    .isEmpty();
            refusals.merge(outcome.refusal().rule().id(), 1, Integer::sum);
        }
        compareTouched(outcome, where);
    }

    private void compareTouched(Outcome outcome, String where) {
        books.upTo(ledger);
        Set<String> batches = new TreeSet<>();
        for (DomainEvent event : outcome.events()) {
            if (event instanceof VoucherEvent e && batches.add(e.voucherId())) {
                compareVoucher(e.voucherId(), where);
                ModelVoucher v = model.vouchers.get(e.voucherId());
                compareEnterpriseQuota(v, where);
                if (v.provider != null) {
                    compareProviderQuota(v.batch.schemeId, v.provider, where);
                }
                if (batches.add(v.batch.id)) {
                    compareBatch(v.batch, where);
                }
            }
        }
    }

    // ---------------------------------------------------------------- comparing

    /** Every voucher, batch and memo book, in the books and in the aggregates' own states. */
    private void compareEverything() {
        String where = "seed " + seed + ", after step " + step;
        books.upTo(ledger).balance();
        assertThat(books.vouchers().keySet()).as(where).isEqualTo(model.vouchers.keySet());
        model.vouchers.keySet().forEach(id -> compareVoucher(id, where));
        model.batches.values().forEach(b -> compareBatch(b, where));
        for (String scheme : schemes) {
            assertThat(books.unallocated(scheme)).as(where).isEqualTo(model.schemes.get(scheme).unallocated);
            for (String provider : providers) {
                compareProviderQuota(scheme, provider, where);
            }
        }
        model.enterpriseQuotas.forEach((key, quota) -> {
            String[] parts = key.split("\\|");
            compareEnterpriseQuota(parts[0], parts[1], Integer.parseInt(parts[2]), quota, where);
        });
        model.usedOnce.forEach((key, voucher) ->
                assertThat(model.vouchers).as(where + " " + key).containsKey(voucher));
    }

    private void compareVoucher(String id, String where) {
        ModelVoucher expected = model.vouchers.get(id);
        Books.VoucherBook book = books.voucher(id);
        assertThat(expected).as("%s: the model has no %s", where, id).isNotNull();
        VoucherState state = ledger.look(l -> l.voucher(id).now());
        assertThat(state.status()).as("status of %s\n%s", id, where).isEqualTo(expected.status);
        assertThat(state.frozen()).as("%s is frozen\n%s", id, where).isEqualTo(expected.frozen);
        assertThat(book.face).as("face of %s\n%s", id, where).isEqualTo(expected.face);
        ACCOUNTS.forEach((account, inBooks) -> assertThat(book.at(inBooks))
                .as("%s of %s\n%s", account, id, where)
                .isEqualTo(expected.at(account)));
        var b = state.balances();
        assertThat(List.of(
                        b.heldFen(),
                        b.orderedFen(),
                        b.paidFen(),
                        b.acceptedFen(),
                        b.claimedFen(),
                        b.redeemedFen(),
                        b.backFen()))
                .as("the state's own balances of %s\n%s", id, where)
                .isEqualTo(ACCOUNTS.keySet().stream().map(expected::at).toList());
        assertThat(state.clawback().orderedFen())
                .as("clawback of %s\n%s", id, where)
                .isEqualTo(expected.clawedBack);
        if (state.payment() != null && expected.status.compareTo(VoucherStatus.RETURNED) < 0) {
            assertThat(state.payment().owedFen())
                    .as("owed for %s\n%s", id, where)
                    .isEqualTo(expected.owed - expected.proved);
        }
    }

    private void compareBatch(ModelBatch expected, String where) {
        Books.BatchBook book = books.batch(expected.id);
        var state = ledger.look(l -> l.batch(expected.id).now());
        assertThat(book.budget).as("budget of %s\n%s", expected.id, where).isEqualTo(expected.budget);
        assertThat(book.available).as("available of %s\n%s", expected.id, where).isEqualTo(expected.available);
        assertThat(book.lapsed).as("lapsed of %s\n%s", expected.id, where).isEqualTo(expected.lapsed);
        assertThat(state.available().value())
                .as("the state's available of %s\n%s", expected.id, where)
                .isEqualTo(expected.available);
        assertThat(state.lapsed().value())
                .as("the state's lapsed of %s\n%s", expected.id, where)
                .isEqualTo(expected.lapsed);
    }

    private void compareEnterpriseQuota(ModelVoucher v, String where) {
        String key = v.batch.schemeId + "|" + v.enterprise + "|" + v.year;
        compareEnterpriseQuota(v.batch.schemeId, v.enterprise, v.year, model.enterpriseQuotas.get(key), where);
    }

    private void compareEnterpriseQuota(String scheme, String enterprise, int year, long[] expected, String where) {
        Books.MemoBook book = books.enterpriseQuota(scheme, enterprise, year);
        assertThat(new long[] {book.first, book.second})
                .as("pending and charged of %s\n%s", enterprise, where)
                .isEqualTo(expected);
        var state = ledger.look(l -> l.enterpriseQuota(scheme, enterprise, year).now());
        assertThat(new long[] {state.pendingTotal().value(), state.charged().value()})
                .as("the state's pending and charged of %s\n%s", enterprise, where)
                .isEqualTo(expected);
    }

    private void compareProviderQuota(String scheme, String provider, String where) {
        Books.MemoBook book = books.providerQuota(scheme, provider, 2020);
        long reserved = 0;
        long taken = 0;
        for (ModelVoucher v : model.vouchers.values()) {
            if (provider.equals(v.provider) && v.batch.schemeId.equals(scheme)) {
                reserved += v.reserved;
                taken += v.taken;
            }
        }
        assertThat(List.of(book.first, book.second))
                .as("reserved and taken of %s\n%s", provider, where)
                .isEqualTo(List.of(reserved, taken));
        var state = ledger.look(l -> l.providerQuota(scheme, provider, 2020).now());
        assertThat(List.of(state.reserved().value(), state.taken().value()))
                .as("the state's reserved and taken of %s\n%s", provider, where)
                .isEqualTo(List.of(reserved, taken));
    }

    // ---------------------------------------------------------------- what the run has seen

    Map<String, Integer> accepted() {
        return accepted;
    }

    Map<String, Integer> refusals() {
        return refusals;
    }

    Map<String, Integer> undetermined() {
        return undetermined;
    }

    Map<VoucherStatus, Long> outcomes() {
        var outcomes = new EnumMap<VoucherStatus, Long>(VoucherStatus.class);
        model.vouchers.values().forEach(v -> outcomes.merge(v.status, 1L, Long::sum));
        return outcomes;
    }

    @Override
    public void close() {
        ledger.close();
    }

    private static Map<RulebookModel.Account, Books.Account> accounts() {
        var accounts = new EnumMap<RulebookModel.Account, Books.Account>(RulebookModel.Account.class);
        for (var account : RulebookModel.Account.values()) {
            accounts.put(account, Books.Account.valueOf(account.name()));
        }
        return accounts;
    }
}
