package org.voucherledger.api.season;

import java.util.function.Function;
import java.util.function.Predicate;
import org.voucherledger.domain.rule.Rule;

/**
 * Something that a party tries and must not be able to do with a voucher.
 *
 * @param name what the run says if nobody could try it
 * @param rule the rule that must refuse it
 * @param fits whether it makes sense for this voucher as it stands
 * @param before what somebody records first, or {@code null}
 * @param deed the attempt; it must be refused by the rule
 */
record Trespass(
        String name, Rule rule, Predicate<Holding> fits, Function<Holding, Deed> before, Function<Holding, Deed> deed) {

    static Trespass of(String name, Rule rule, Function<Holding, Deed> deed) {
        return new Trespass(name, rule, holding -> true, holding -> null, deed);
    }

    Trespass where(Predicate<Holding> suitable) {
        return new Trespass(name, rule, suitable, before, deed);
    }

    Trespass after(Function<Holding, Deed> preparation) {
        return new Trespass(name, rule, fits, preparation, deed);
    }

    /** What makes it a trespass, if it was not one anyway; else {@code null}. */
    Deed preparation(Holding holding) {
        return before.apply(holding);
    }

    Deed by(Holding holding) {
        return deed.apply(holding).expecting(Expected.refusedBy(rule));
    }
}
