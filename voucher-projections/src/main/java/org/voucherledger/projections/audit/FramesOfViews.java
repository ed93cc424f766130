package org.voucherledger.projections.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.voucherledger.domain.audit.AuditRisk;
import org.voucherledger.domain.audit.FrameItem;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.MeanRating;
import org.voucherledger.domain.audit.Standing;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.risk.RiskKind;
import org.voucherledger.projections.risk.RiskProjection;
import org.voucherledger.projections.risk.RiskThresholds;
import org.voucherledger.projections.risk.Risks;
import org.voucherledger.projections.risk.RisksOfTheLog;

/**
 * Frames as the view of standings tells them, at any position that it has been told. Where a transaction of this data source is
 * under way, that of a command or that in which views are read, they are asked inside it, and nobody waits for another
 * connection; a command that is decided ahead of its transaction asks in one of its own.
 */
public final class FramesOfViews implements Frames {

    /** The newest row of each voucher up to the position; of a batch or of a whole scheme, each by its own index. */
    private static final String STANDINGS = """
            select distinct on (voucher_id) * from view.audit_standing
            where %s and position <= :position
            order by voucher_id, position desc
            """;

    /** Ratings that stood at the position, over the whole ledger (SV-02). */
    private static final String RATINGS = """
            select provider_id, count(*) as ratings, sum(rating) as total
            from (select distinct on (voucher_id) provider_id, rating from view.audit_standing
                  where position <= :position
                    and voucher_id in (select voucher_id from view.audit_standing
                                       where rating is not null and provider_id in (:providers) and position <= :position)
                  order by voucher_id, position desc) then_standing
            where rating is not null
            group by provider_id
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;
    private final Risks risks;

    /** With the usual thresholds of risks, whatever is set: with others the same draw would be another one. */
    public FramesOfViews(DataSource dataSource) {
        this(dataSource, RiskThresholds.USUAL);
    }

    FramesOfViews(DataSource dataSource, RiskThresholds thresholds) {
        this.jdbc = JdbcClient.create(dataSource);
        this.ownTransaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.risks = new Risks(List.of(new RisksOfTheLog(dataSource, thresholds)));
    }

    @Override
    public long toldUpTo() {
        return toldUpTo(List.of(AuditProjection.NAME, RiskProjection.NAME));
    }

    /** Ratings are in the view of standings alone; how far risks are told is nothing to them. */
    @Override
    public long ratedUpTo() {
        return toldUpTo(List.of(AuditProjection.NAME));
    }

    private long toldUpTo(List<String> projections) {
        return jdbc.sql(
                        "select coalesce(min(position), -1) from projection.slot where projection in (:names) and serving")
                .param("names", projections)
                .query(Long.class)
                .single();
    }

    @Override
    public Collection<FrameItem> at(FrameScope scope, long position) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? items(scope, position)
                : ownTransaction.execute(begun -> items(scope, position));
    }

    private List<FrameItem> items(FrameScope scope, long position) {
        // No switch of copies between the two questions.
        jdbc.sql(Views.HOLD_THE_COPIES).update();
        List<Standing> standings = standings(scope, position);
        Map<String, MeanRating> ratings = ratings(
                standings.stream()
                        .map(Standing::providerId)
                        .filter(provider -> !provider.isEmpty())
                        .distinct()
                        .toList(),
                position);
        Map<Subject, Set<RiskKind>> shown = shown(scope, position);
        return standings.stream()
                .map(voucher -> scope.item(voucher, ratings.get(voucher.providerId()), shownBy(voucher, shown)))
                .toList();
    }

    private Map<Subject, Set<RiskKind>> shown(FrameScope scope, long position) {
        Set<RiskKind> asked = scope.risks().stream()
                .map(risk -> RiskKind.valueOf(risk.name()))
                .collect(Collectors.toUnmodifiableSet());
        return asked.isEmpty() ? Map.of() : risks.bySubject(asked, position);
    }

    /** What its own flags say, and where a provider itself is what is looked at, its provider's. */
    private static Set<AuditRisk> shownBy(Standing voucher, Map<Subject, Set<RiskKind>> shown) {
        var own = shown.getOrDefault(new Subject(SubjectKind.VOUCHER, voucher.voucherId()), Set.of());
        var provider = shown.getOrDefault(new Subject(SubjectKind.PROVIDER, voucher.providerId()), Set.of());
        return Stream.concat(own.stream(), provider.stream().filter(kind -> kind == RiskKind.FEW_ENTERPRISES))
                .map(kind -> AuditRisk.valueOf(kind.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<MeanRating> rating(String providerId, long position) {
        return Optional.ofNullable(ratings(List.of(providerId), position).get(providerId));
    }

    /** The vouchers of the scope as they stood then, in any order. */
    private List<Standing> standings(FrameScope scope, long position) {
        String which = scope.batchId() == null ? "scheme_id = :scheme" : "batch_id = :batch";
        return jdbc
                .sql(STANDINGS.formatted(which))
                .param("scheme", scope.schemeId())
                .param("batch", scope.batchId())
                .param("position", position)
                .query((row, n) -> new Standing(
                        row.getString("voucher_id"),
                        row.getString("scheme_id"),
                        row.getString("batch_id"),
                        row.getString("enterprise_id"),
                        row.getString("provider_id"),
                        VoucherStatus.valueOf(row.getString("status")),
                        row.getBoolean("granted"),
                        row.getLong("face_fen"),
                        row.getLong("unused_fen"),
                        row.getLong("used_fen"),
                        row.getLong("claimed_fen"),
                        row.getLong("redeemed_fen"),
                        row.getLong("back_fen"),
                        row.getObject("rating", Integer.class)))
                .list()
                .stream()
                .filter(scope::has)
                .toList();
    }

    private Map<String, MeanRating> ratings(List<String> providers, long position) {
        var ratings = new HashMap<String, MeanRating>();
        if (!providers.isEmpty()) {
            jdbc.sql(RATINGS)
                    .param("position", position)
                    .param("providers", providers)
                    .query(row -> {
                        ratings.put(
                                Objects.requireNonNull(row.getString("provider_id")),
                                new MeanRating(row.getLong("ratings"), row.getLong("total")));
                    });
        }
        return ratings;
    }
}
