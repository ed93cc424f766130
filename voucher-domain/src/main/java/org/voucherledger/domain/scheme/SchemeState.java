package org.voucherledger.domain.scheme;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
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
 * @param versions the published versions, the first of them version 1
 */
public record SchemeState(List<SchemeTerms> versions, Fen fund, Map<String, Fen> budgets)
        implements State<SchemeState, SchemeEvent> {

    public static final SchemeState EMPTY = new SchemeState(List.of(), Fen.ZERO, Map.of());

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

    /** GZ-21: the smaller of the fixed cap of these terms and their share of the fund in force. */
    public Fen providerCap(SchemeTerms terms) {
        return Fen.of(terms.providers().capFen())
                .min(fund.share(terms.providers().capBasisPointsOfFund()));
    }

    public Decision isPublished(String schemeId) {
        return Rule.ALL_01.holds(Check.ACTOR, "SchemeUnknown", exists(), "a published scheme", "unknown", schemeId);
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

    @Override
    public SchemeState evolve(SchemeEvent event) {
        return switch (event) {
            case SchemePublished e -> {
                var next = new ArrayList<>(versions);
                next.add(e.terms());
                yield new SchemeState(List.copyOf(next), Fen.of(e.terms().fund().amountFen()), budgets);
            }
            case FundChanged e -> new SchemeState(versions, Fen.of(e.fundFen()), budgets);
            case FundAllocated e -> budget(e.batchId(), budgetOf(e.batchId()).plus(Fen.of(e.amountFen())));
            case FundReleased e -> budget(e.batchId(), budgetOf(e.batchId()).minus(Fen.of(e.amountFen())));
        };
    }

    private Fen budgetOf(String batchId) {
        return budgets.getOrDefault(batchId, Fen.ZERO);
    }

    private SchemeState budget(String batchId, Fen amount) {
        var next = new HashMap<>(budgets);
        next.put(batchId, amount);
        return new SchemeState(versions, fund, Map.copyOf(next));
    }
}
