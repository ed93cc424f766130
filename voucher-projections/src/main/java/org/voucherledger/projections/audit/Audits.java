package org.voucherledger.projections.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.domain.audit.AuditFindingStatus;
import org.voucherledger.domain.audit.AuditMatter;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.audit.AuditFindingRow.FollowUp;
import org.voucherledger.projections.audit.DrawRow.Layer;
import org.voucherledger.projections.projection.Json;

/** Reads draws, what was drawn, and the findings about it. To be asked inside one snapshot. */
public final class Audits {

    /** Which draws are asked for; what is {@code null} does not restrict. */
    public record AskedDraws(String schemeId, String batchId, Boolean drawn) {}

    /** Which findings are asked for; what is {@code null} does not restrict. */
    public record AskedFindings(Boolean open, String drawId, String voucherId) {}

    private final JdbcClient jdbc;

    public Audits(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** In the order of their numbers, after the last one seen. */
    public List<DrawRow> draws(AskedDraws asked, String after, int limit) {
        return jdbc.sql("""
                        select * from view.audit_draw
                        where id > :after
                          and (cast(:scheme as text) is null or scheme_id = :scheme)
                          and (cast(:batch as text) is null or batch_id = :batch)
                          and (cast(:drawn as boolean) is null or (drawn_at is not null) = :drawn)
                        order by id limit :limit
                        """)
                .param("after", after == null ? "" : after)
                .param("scheme", asked.schemeId())
                .param("batch", asked.batchId())
                .param("drawn", asked.drawn())
                .param("limit", limit)
                .query((row, n) -> draw(row))
                .list();
    }

    public Optional<DrawRow> draw(String id) {
        return jdbc.sql("select * from view.audit_draw where id = ?")
                .param(id)
                .query((row, n) -> draw(row))
                .optional();
    }

    /** What was drawn, in the order of its numbers, after the last one seen. */
    public List<DrawnRow> drawn(String drawId, String after, int limit) {
        return jdbc.sql("""
                        select i.*, s.batch_id, s.enterprise_id, s.provider_id, s.status, s.face_fen, s.unused_fen, s.used_fen,
                               s.claimed_fen, s.redeemed_fen, s.back_fen, s.rating,
                               (select count(*) from view.audit_finding f
                                where f.draw_id = i.draw_id and f.voucher_id = i.voucher_id) as findings
                        from view.audit_drawn i
                        join view.audit_draw d on d.id = i.draw_id
                        cross join lateral (select * from view.audit_standing s
                                            where s.voucher_id = i.voucher_id and s.position <= d.frame_position
                                            order by s.position desc limit 1) s
                        where i.draw_id = :draw and i.voucher_id > :after
                        order by i.voucher_id limit :limit
                        """)
                .param("draw", drawId)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query((row, n) -> new DrawnRow(
                        row.getString("voucher_id"),
                        row.getString("stratum_id"),
                        row.getInt("place"),
                        row.getString("batch_id"),
                        orNone(row.getString("enterprise_id")),
                        orNone(row.getString("provider_id")),
                        VoucherStatus.valueOf(row.getString("status")),
                        row.getLong("face_fen"),
                        row.getLong("unused_fen"),
                        row.getLong("used_fen"),
                        row.getLong("claimed_fen"),
                        row.getLong("redeemed_fen"),
                        row.getLong("back_fen"),
                        row.getObject("rating", Integer.class),
                        row.getLong("findings")))
                .list();
    }

    /** In the order in which they were recorded, after the last one seen. */
    public List<AuditFindingRow> findings(AskedFindings asked, long after, int limit) {
        List<AuditFindingRow> found = jdbc.sql("""
                        select * from view.audit_finding
                        where position > :after
                          and (cast(:open as boolean) is null or (outcome is null) = :open)
                          and (cast(:draw as text) is null or draw_id = :draw)
                          and (cast(:voucher as text) is null or voucher_id = :voucher)
                        order by position limit :limit
                        """)
                .param("after", after)
                .param("open", asked.open())
                .param("draw", asked.drawId())
                .param("voucher", asked.voucherId())
                .param("limit", limit)
                .query((row, n) -> finding(row))
                .list();
        return withSteps(found);
    }

    public Optional<AuditFindingRow> finding(String drawId, String findingId) {
        return withSteps(jdbc.sql("select * from view.audit_finding where draw_id = ? and finding_id = ?")
                        .params(drawId, findingId)
                        .query((row, n) -> finding(row))
                        .list())
                .stream()
                .findFirst();
    }

    private List<AuditFindingRow> withSteps(List<AuditFindingRow> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        record Key(String drawId, String findingId) {}
        Map<Key, List<FollowUp>> steps = new HashMap<>();
        jdbc.sql("select * from view.audit_step where draw_id in (:draws) order by position")
                .param(
                        "draws",
                        findings.stream()
                                .map(AuditFindingRow::drawId)
                                .distinct()
                                .toList())
                .query(row -> {
                    steps.computeIfAbsent(
                                    new Key(row.getString("draw_id"), row.getString("finding_id")),
                                    key -> new ArrayList<>())
                            .add(step(row));
                });
        return findings.stream()
                .map(f -> new AuditFindingRow(
                        f.drawId(),
                        f.id(),
                        f.voucherId(),
                        f.matter(),
                        f.questionedFen(),
                        f.status(),
                        f.outcome(),
                        List.copyOf(steps.get(new Key(f.drawId(), f.id()))),
                        f.changedAt(),
                        f.recordedPosition()))
                .toList();
    }

    private DrawRow draw(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Map<String, Integer> outOf = new HashMap<>();
        jdbc.sql("select stratum_id, out_of from view.audit_stratum where draw_id = ?")
                .param(id)
                .query(stratum -> {
                    outOf.put(stratum.getString("stratum_id"), stratum.getInt("out_of"));
                });
        List<Layer> strata = Arrays.stream(Json.read(row.getString("strata"), Stratum[].class))
                .map(stratum -> new Layer(stratum, outOf.get(stratum.stratumId())))
                .toList();
        return new DrawRow(
                id,
                row.getString("scheme_id"),
                row.getString("batch_id"),
                FrameItems.valueOf(row.getString("items")),
                row.getLong("frame_position"),
                strata,
                row.getString("seed"),
                row.getString("ground_id"),
                row.getString("frame_sha256"),
                row.getString("reason"),
                instant(row, "announced_at"),
                row.getString("announced_by"),
                row.getLong("announced_position"),
                instant(row, "drawn_at"),
                row.getString("drawn_by"),
                row.getObject("drawn_position", Long.class),
                row.getObject("frame_size", Integer.class),
                row.getObject("in_no_stratum", Integer.class),
                row.getLong("sample_size"),
                row.getLong("findings"),
                row.getLong("open_findings"));
    }

    private static AuditFindingRow finding(ResultSet row) throws SQLException {
        return new AuditFindingRow(
                row.getString("draw_id"),
                row.getString("finding_id"),
                row.getString("voucher_id"),
                AuditMatter.valueOf(row.getString("matter")),
                row.getLong("questioned_fen"),
                AuditFindingStatus.valueOf(row.getString("status")),
                outcome(row),
                List.of(),
                instant(row, "changed_at"),
                row.getLong("position"));
    }

    private static FollowUp step(ResultSet row) throws SQLException {
        return new FollowUp(
                AuditFindingStatus.valueOf(row.getString("status")),
                outcome(row),
                row.getString("statement"),
                List.of(Json.read(row.getString("documents"), Document[].class)),
                instant(row, "at"),
                row.getString("actor"),
                Role.valueOf(row.getString("role")),
                row.getLong("position"));
    }

    private static AuditOutcome outcome(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return outcome == null ? null : AuditOutcome.valueOf(outcome);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static String orNone(String id) {
        return id.isEmpty() ? null : id;
    }
}
