package org.voucherledger.projections.account;

import java.util.ArrayList;
import java.util.function.Consumer;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.projections.affected.Affected;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Rows;

/**
 * What a decision on the fund or on a provider's limit changes for the providers' caps under the scheme's latest version
 * (ALL-06). What is reserved beyond a lowered cap stands (GZ-21); by how much is told.
 */
public final class MovedCap {

    private static final int PAGE = 1_000;

    private static final String FIND = """
            select c.provider_id, c.supplier_class, a.limit_fen, coalesce(a.reserved_fen + a.taken_fen, 0)
            from {slot}.provider_class c
            left join {slot}.provider_account a on a.provider_id = c.provider_id and a.scheme_id = ? and a.year = ?
            where %s order by c.provider_id limit %d
            """;

    private record Capped(String providerId, SupplierClass supplierClass, Fen limit, long usedFen) {}

    private final SchemeState scheme;
    private final Rows rows;
    private final Consumer<Affected> affected;

    private MovedCap(SchemeState scheme, Rows rows, Consumer<Affected> affected) {
        this.scheme = scheme;
        this.rows = rows;
        this.affected = affected;
    }

    static boolean isDecidedBy(Object event) {
        return event instanceof FundChanged || event instanceof ProviderLimitAdjusted;
    }

    /** Each provider whose cap the decision changes, given the scheme that it was taken on. */
    static void tell(AuthorityDecision decision, SchemeState scheme, Rows rows, Consumer<Affected> affected) {
        var moved = new MovedCap(scheme, rows, affected);
        switch (decision) {
            case FundChanged e -> moved.fund(scheme.evolve(e));
            case ProviderLimitAdjusted e -> moved.limit(e);
            default -> throw new IllegalArgumentException("moves no cap: " + decision);
        }
    }

    /** Each that it would change, as the view stands; {@code views} are those that serve. */
    public static void foretell(AuthorityDecision decision, String schemeId, Rows views, Consumer<Affected> affected) {
        views.query(
                "select state from {slot}.capped_scheme where id = ?",
                row -> tell(decision, Json.read(row.getString(1), SchemeState.class), views, affected),
                schemeId);
    }

    private void fund(SchemeState after) {
        if (scheme.current().providers().capBasisPointsOfFund() == null) {
            return;
        }
        var found = new ArrayList<Capped>();
        String last = "";
        do {
            found.clear();
            find(found, "c.provider_id > ?", last);
            for (Capped provider : found) {
                accept(provider, cap(scheme, provider, provider.limit()), cap(after, provider, provider.limit()));
                last = provider.providerId();
            }
        } while (found.size() == PAGE);
    }

    private void limit(ProviderLimitAdjusted adjusted) {
        var found = new ArrayList<Capped>();
        find(found, "c.provider_id = ?", adjusted.providerId());
        found.forEach(
                provider -> accept(provider, adjusted.beforeFen(), cap(scheme, provider, Fen.of(adjusted.limitFen()))));
    }

    private static long cap(SchemeState scheme, Capped provider, Fen own) {
        return scheme.providerCap(scheme.current(), provider.supplierClass(), own)
                .value();
    }

    private void accept(Capped provider, long fromFen, long toFen) {
        if (fromFen != toFen) {
            Rule rule = scheme.current().kind() == Kind.CLOUD ? Rule.CL_05 : Rule.GZ_21;
            affected.accept(Affected.provider(rule, provider.providerId(), fromFen, toFen, provider.usedFen()));
        }
    }

    private void find(ArrayList<Capped> found, String condition, String providerId) {
        rows.query(
                FIND.formatted(condition, PAGE),
                row -> {
                    Long limit = row.getObject(3, Long.class);
                    found.add(new Capped(
                            row.getString(1),
                            SupplierClass.valueOf(row.getString(2)),
                            limit == null ? null : Fen.of(limit),
                            row.getLong(4)));
                },
                scheme.current().schemeId(),
                scheme.current().year(),
                providerId);
    }
}
