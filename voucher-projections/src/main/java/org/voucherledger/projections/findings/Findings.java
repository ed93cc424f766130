package org.voucherledger.projections.findings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.domain.finding.ComplaintMatter;
import org.voucherledger.domain.finding.FindingKind;
import org.voucherledger.domain.finding.FindingOutcome;

/** Reads complaints and spot checks. To be asked inside one snapshot. */
public final class Findings {

    /**
     * Which are asked for; what is {@code null} does not restrict.
     *
     * @param broughtBy who brought it, as {@link #broughtBy} says it
     */
    public record Asked(Boolean open, String voucherId, String enterpriseId, String providerId, String broughtBy) {}

    private final JdbcClient jdbc;

    public Findings(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** How it is kept who brought a finding: its party in that role, or the account itself where it acted for none. */
    public static String broughtBy(String role, String account, String party) {
        return role + " " + (party.isEmpty() ? account : party);
    }

    /** In the order of their numbers, after the last one seen. */
    public List<FindingRow> findings(Asked asked, String after, int limit) {
        return jdbc.sql("""
                        select * from view.finding
                        where id > :after
                          and (cast(:open as boolean) is null or (outcome is null) = :open)
                          and (cast(:voucher as text) is null or voucher_id = :voucher)
                          and (cast(:enterprise as text) is null or enterprise_id = :enterprise)
                          and (cast(:provider as text) is null or provider_id = :provider)
                          and (cast(:broughtBy as text) is null or brought_by = :broughtBy)
                        order by id limit :limit
                        """)
                .param("after", after == null ? "" : after)
                .param("open", asked.open())
                .param("voucher", asked.voucherId())
                .param("enterprise", asked.enterpriseId())
                .param("provider", asked.providerId())
                .param("broughtBy", asked.broughtBy())
                .param("limit", limit)
                .query((row, n) -> row(row))
                .list();
    }

    public Optional<FindingRow> finding(String id) {
        return jdbc.sql("select * from view.finding where id = ?")
                .param(id)
                .query((row, n) -> row(row))
                .optional();
    }

    /** Whether there is such a finding and this is who brought it, as {@link #broughtBy} says it. */
    public boolean wasBrought(String id, String broughtBy) {
        return jdbc.sql("select exists (select from view.finding where id = ? and brought_by = ?)")
                .params(id, broughtBy)
                .query(Boolean.class)
                .single();
    }

    private static FindingRow row(ResultSet row) throws SQLException {
        String matter = row.getString("matter");
        String outcome = row.getString("outcome");
        Timestamp answered = row.getTimestamp("answered_at");
        return new FindingRow(
                row.getString("id"),
                FindingKind.valueOf(row.getString("kind")),
                matter == null ? null : ComplaintMatter.valueOf(matter),
                row.getString("voucher_id"),
                row.getString("enterprise_id"),
                row.getString("provider_id"),
                outcome == null ? null : FindingOutcome.valueOf(outcome),
                row.getString("answer"),
                row.getInt("measures"),
                row.getTimestamp("registered_at").toInstant(),
                answered == null ? null : answered.toInstant(),
                row.getLong("position"));
    }
}
