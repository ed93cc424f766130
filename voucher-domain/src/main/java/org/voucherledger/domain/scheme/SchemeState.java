package org.voucherledger.domain.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeEvent.FundAllocated;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.FundReleased;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;

/**
 * A scheme at a moment.
 *
 * <p>Invariant (GZ-15): the batches' budgets together never exceed the fund.
 *
 * <p>A scheme may have thousands of batches; the maps share what does not change with those of the state before, so that reading a
 * scheme costs as much as it has events and not the square of it.
 *
 * @param versions the published versions, the first of them version 1
 * @param budgets what each batch holds of the fund, by its id
 * @param cities of which city each batch is, by its id
 */
public record SchemeState(List<SchemeTerms> versions, Fen fund, Map<String, Fen> budgets, Map<String, String> cities)
        implements State<SchemeState, SchemeEvent> {

    public static final SchemeState EMPTY = new SchemeState(List.of(), Fen.ZERO, Map.of(), Map.of());

    public SchemeState {
        budgets = sharing(budgets);
        cities = sharing(cities);
    }

    @Override
    public boolean exists() {
        return !versions.isEmpty();
    }

    public int currentVersion() {
        return versions.size();
    }

    public SchemeTerms current() {
        return terms(currentVersion());
    }

    public SchemeTerms terms(int version) {
        return versions.get(version - 1);
    }

    @Override
    public String schemeVersion() {
        return exists() ? current().version(currentVersion()) : "";
    }

    public Fen allocated() {
        return budgets.values().stream().reduce(Fen.ZERO, Fen::plus);
    }

    /**
     * GZ-21, CL-05: the provider's own limit, or that of its class under these terms; bounded by their share of the fund in
     * force.
     *
     * @param own {@code null} where the provider has none of its own
     */
    public Fen providerCap(SchemeTerms terms, SupplierClass supplier, Fen own) {
        var caps = terms.providers();
        Fen cap = own != null ? own : Fen.of(caps.capFenByClass().getOrDefault(supplier, caps.capFen()));
        return caps.capBasisPointsOfFund() == null ? cap : cap.min(fund.share(caps.capBasisPointsOfFund()));
    }

    /**
     * GZ-21: a limit of its own is one that the provider may use, so not above the share of the fund in force; where the fund
     * falls afterwards, its share bounds the limit all the same.
     */
    public Decision isWithinTheShareOfTheFund(Fen own) {
        Integer basisPoints = current().providers().capBasisPointsOfFund();
        return basisPoints == null
                ? null
                : Rule.GZ_21.atMost(Check.AMOUNTS, "LimitAboveShareOfFund", fund.share(basisPoints), own);
    }

    public Decision isPublished(String schemeId) {
        return Rule.ALL_01.finds(Check.ACTOR, "SchemeUnknown", exists(), "a published scheme", "unknown", schemeId);
    }

    /** GZ-15: a scheme is published with a fund of at least what it must hold. */
    public static Decision fundIsEnough(SchemeTerms terms) {
        long amount = terms.fund().amountFen();
        long minimum = terms.fund().minimumFen();
        return Rule.GZ_15.holds(Check.AMOUNTS, "FundBelowMinimum", amount >= minimum, minimum, 0L, amount);
    }

    /** GZ-15: the fund never falls below what the batches hold. */
    public Decision fundCovers(Fen newFund) {
        return Rule.GZ_15.holds(
                Check.AMOUNTS,
                "FundBelowBudgets",
                !allocated().exceeds(newFund),
                allocated().value(),
                allocated().value(),
                newFund.value());
    }

    /** GZ-15: a budget comes out of what is unallocated. */
    public Decision hasUnallocated(Fen amount) {
        return Rule.GZ_15.fits(Check.AMOUNTS, "FundExceeded", fund, allocated(), amount);
    }

    /** ALL-01: a batch is of a city of the programme. */
    public Decision hasCity(String city) {
        return Rule.ALL_01.holds(
                Check.STATE,
                "CityNotOfTheScheme",
                current().isOf(city),
                names(current().cities()),
                city,
                city);
    }

    /** CL-03: under a cloud scheme each city has one batch, its quota. */
    public Decision hasNoBatchOf(String city) {
        boolean free = current().kind() != SchemeTerms.Kind.CLOUD || !cities.containsValue(city);
        return Rule.CL_03.holds(Check.STATE, "CityHasItsBatch", free, "one batch a city", city, city);
    }

    private static String names(List<SchemeTerms.City> cities) {
        return cities.stream().map(SchemeTerms.City::name).toList().toString();
    }

    @Override
    public SchemeState evolve(SchemeEvent event) {
        return switch (event) {
            case SchemePublished e -> {
                var next = new ArrayList<>(versions);
                next.add(e.terms());
                yield new SchemeState(List.copyOf(next), Fen.of(e.terms().fund().amountFen()), budgets, cities);
            }
            case FundChanged e -> new SchemeState(versions, Fen.of(e.fundFen()), budgets, cities);
            case FundAllocated e ->
                of(e.batchId(), e.city())
                        .budget(e.batchId(), budgetOf(e.batchId()).plus(Fen.of(e.amountFen())));
            case FundReleased e -> budget(e.batchId(), budgetOf(e.batchId()).minus(Fen.of(e.amountFen())));
        };
    }

    private Fen budgetOf(String batchId) {
        return budgets.getOrDefault(batchId, Fen.ZERO);
    }

    private SchemeState budget(String batchId, Fen amount) {
        return new SchemeState(versions, fund, sharing(budgets).plus(batchId, amount), cities);
    }

    private SchemeState of(String batchId, String city) {
        return city.equals(cities.get(batchId))
                ? this
                : new SchemeState(versions, fund, budgets, sharing(cities).plus(batchId, city));
    }

    private static <V> PMap<String, V> sharing(Map<String, V> map) {
        return map instanceof PMap<String, V> already ? already : HashTreePMap.from(map);
    }
}
