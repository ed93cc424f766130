package org.voucherledger.projections.performance;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.rule.Carries;
import org.voucherledger.domain.rule.Rule;

/** Reads the performance report and the ratings. To be asked inside one snapshot. */
public final class Performance {

    private static final String OF_SCHEME =
            " where (cast(:scheme as text) is null or scheme_id = :scheme) and (cast(:batch as text) is null or batch_id = :batch)";

    /**
     * Two steps that follow each other.
     *
     * @param unless a step between them, which other kinds of voucher take; {@code null} where there is none
     */
    private record Step(String from, String to, String unless) {}

    private static final List<Step> STEPS = List.of(
            new Step("applied", "issued", null),
            new Step("issued", "ordered", null),
            // A consumption voucher is accepted where it is used, a cloud voucher claimed with its papers.
            new Step("issued", "accepted", "ordered"),
            new Step("issued", "claimed", "accepted"),
            new Step("ordered", "contracted", null),
            new Step("contracted", "paid", null),
            new Step("paid", "accepted", null),
            new Step("accepted", "claimed", null),
            new Step("claimed", "redeemed", null));

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private final JdbcClient jdbc;

    public Performance(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * @param scheme {@code null} for all schemes
     * @param batch {@code null} for all of the scheme
     */
    @Carries(Rule.SV_05)
    public PerformanceReport report(String scheme, String batch) {
        Map<Breakdown, List<Figures>> by = new EnumMap<>(Breakdown.class);
        for (Breakdown breakdown : Breakdown.values()) {
            by.put(breakdown, figures(scheme, batch, breakdown.column(), breakdown.isOfApplications()));
        }
        List<Figures> total = figures(scheme, batch, "''", true);
        var steps = new ArrayList<StepTime>();
        STEPS.forEach(step -> steps.add(time(scheme, batch, step)));
        Figures nothing = new Figures("", 0L, 0L, 0, 0, 0, 0, 0, 0);
        return new PerformanceReport(scheme, batch, total.isEmpty() ? nothing : total.getFirst(), by, steps);
    }

    private record Applied(long applications, long fen) {}

    private List<Figures> figures(String scheme, String batch, String column, boolean ofApplications) {
        Map<String, Applied> applied = ofApplications ? applied(scheme, batch, column) : Map.of();
        Map<String, Figures> figures = new TreeMap<>();
        applied.forEach((key, a) -> figures.put(key, new Figures(key, a.applications(), a.fen(), 0, 0, 0, 0, 0, 0)));
        jdbc.sql("select coalesce(" + column + ", '') as key, count(*) as vouchers, sum(face_fen) as face,"
                        + " sum(unused_fen) as unused, sum(used_fen) as used, sum(redeemed_fen) as redeemed,"
                        + " sum(lapsed_fen) as lapsed from view.performance_voucher" + OF_SCHEME + " group by 1")
                .param("scheme", scheme)
                .param("batch", batch)
                .query(row -> {
                    String key = row.getString("key");
                    Applied a = ofApplications ? applied.getOrDefault(key, new Applied(0, 0)) : null;
                    figures.put(key, granted(key, a, row));
                });
        return List.copyOf(figures.values());
    }

    private static Figures granted(String key, Applied applied, ResultSet row) throws SQLException {
        return new Figures(
                key,
                applied == null ? null : applied.applications(),
                applied == null ? null : applied.fen(),
                row.getLong("vouchers"),
                row.getLong("face"),
                row.getLong("unused"),
                row.getLong("used"),
                row.getLong("redeemed"),
                row.getLong("lapsed"));
    }

    private Map<String, Applied> applied(String scheme, String batch, String column) {
        Map<String, Applied> applied = new TreeMap<>();
        jdbc.sql("select " + column + " as key, count(*) as applications, sum(asked_fen) as asked"
                        + " from view.performance_application" + OF_SCHEME + " and not withdrawn group by 1")
                .param("scheme", scheme)
                .param("batch", batch)
                .query(row -> {
                    applied.put(row.getString("key"), new Applied(row.getLong("applications"), row.getLong("asked")));
                });
        return applied;
    }

    private StepTime time(String scheme, String batch, Step step) {
        String took = "extract(epoch from " + step.to() + "_at - " + step.from() + "_at)";
        return jdbc.sql("select count(" + took + ") as vouchers, percentile_disc(0.5) within group (order by " + took
                        + ") as median, percentile_disc(0.9) within group (order by " + took + ") as ninetieth"
                        + " from view.performance_voucher" + OF_SCHEME
                        + (step.unless() == null ? "" : " and " + step.unless() + "_at is null"))
                .param("scheme", scheme)
                .param("batch", batch)
                .query((row, n) -> new StepTime(
                        step.from(),
                        step.to(),
                        row.getLong("vouchers"),
                        duration(row.getBigDecimal("median")),
                        duration(row.getBigDecimal("ninetieth"))))
                .single();
    }

    private static Duration duration(BigDecimal seconds) {
        return seconds == null ? null : Duration.ofNanos(seconds.multiply(NANOS).longValueExact());
    }

    /** Of these providers, all their services together; who was not rated is not among them. */
    public Map<String, ProviderRating> ratings(Collection<String> providerIds) {
        var ratings = new HashMap<String, ProviderRating>();
        if (!providerIds.isEmpty()) {
            jdbc.sql("""
                            select provider_id, null as service_type, count(rating) as ratings, sum(rating) as total
                            from view.performance_voucher where provider_id in (:providers) and rating is not null
                            group by provider_id
                            """).param("providers", providerIds).query(row -> {
                ratings.put(row.getString("provider_id"), rating(row));
            });
        }
        return ratings;
    }

    /** Of one provider: all its services together first, then by type. */
    public List<ProviderRating> ratingsOf(String providerId) {
        return jdbc.sql("""
                        select provider_id, service_type, count(rating) as ratings, sum(rating) as total
                        from view.performance_voucher where provider_id = ? and rating is not null
                        group by grouping sets ((provider_id), (provider_id, service_type))
                        order by service_type nulls first
                        """).param(providerId).query((row, n) -> rating(row)).list();
    }

    /**
     * The best rated first; of two that are rated alike the one that was rated more often.
     *
     * @param serviceType {@code null} for all services together
     */
    @Carries(Rule.SV_02)
    public List<ProviderRating> best(ServiceType serviceType, int limit) {
        return ranked(serviceType, "desc", limit);
    }

    /** The worst rated first, as whoever looks for a reason to lower a limit asks (CL-05); alike as with the best. */
    public List<ProviderRating> worst(ServiceType serviceType, int limit) {
        return ranked(serviceType, "asc", limit);
    }

    private List<ProviderRating> ranked(ServiceType serviceType, String direction, int limit) {
        return jdbc.sql("""
                        select provider_id, cast(:type as text) as service_type, count(rating) as ratings,
                               sum(rating) as total
                        from view.performance_voucher
                        where rating is not null and (cast(:type as text) is null or service_type = :type)
                        group by provider_id
                        order by sum(rating)::numeric / count(rating) %s, ratings desc, provider_id
                        limit :limit
                        """.formatted(direction))
                .param("type", serviceType == null ? null : serviceType.name())
                .param("limit", limit)
                .query((row, n) -> rating(row))
                .list();
    }

    private static ProviderRating rating(ResultSet row) throws SQLException {
        String type = row.getString("service_type");
        long ratings = row.getLong("ratings");
        long sum = row.getLong("total");
        return new ProviderRating(
                row.getString("provider_id"),
                type == null ? null : ServiceType.valueOf(type),
                ratings,
                sum,
                (200 * sum + ratings) / (2 * ratings));
    }
}
