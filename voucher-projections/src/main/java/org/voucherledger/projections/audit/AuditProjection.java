package org.voucherledger.projections.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.voucherledger.domain.audit.AuditEvent;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingAnswered;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingClosed;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingRecorded;
import org.voucherledger.domain.audit.AuditEvent.DrawAnnounced;
import org.voucherledger.domain.audit.AuditEvent.SampleDrawn;
import org.voucherledger.domain.audit.AuditEvent.StratumDrawn;
import org.voucherledger.domain.audit.AuditFindingStatus;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.audit.Standing;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** What every voucher was like at every position, for frames to be made of, and what was drawn and found (SV-04). */
public final class AuditProjection implements Projection {

    public static final String NAME = "audit";

    private static final String WRITE_VOUCHER = """
            insert into {slot}.voucher values (?, ?::json, ?::json)
            on conflict (id) do update set (state, standing) = (excluded.state, excluded.standing)
            """;
    private static final String WRITE_STANDING =
            "insert into {slot}.standing values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ANNOUNCE = """
            insert into {slot}.draw (id, scheme_id, batch_id, items, frame_position, strata, seed, ground_id, frame_sha256, reason,
              announced_at, announced_by, announced_position)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String DRAW = """
            update {slot}.draw set (drawn_at, drawn_by, frame_size, in_no_stratum, drawn_position) = (?, ?, ?, ?, ?) where id = ?
            """;
    private static final String DRAWN = "insert into {slot}.drawn values (?, ?, ?, ?)";
    private static final String STRATUM = "insert into {slot}.stratum values (?, ?, ?)";
    private static final String FIND = "insert into {slot}.finding values (?, ?, ?, ?, ?, ?, ?, null, ?)";
    private static final String FOLLOW =
            "update {slot}.finding set (status, outcome, changed_at) = (?, ?, ?) where draw_id = ? and finding_id = ?";
    private static final String STEP = "insert into {slot}.step values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        tellVouchers(events, tables);
        for (Told told : events) {
            if (told.event() instanceof AuditEvent event) {
                tell(told, event, tables);
            }
        }
    }

    private static void tellVouchers(List<Told> events, Tables tables) {
        var ids = new TreeSet<String>();
        for (Told told : events) {
            if (told.event() instanceof VoucherEvent event) {
                ids.add(event.voucherId());
            }
        }
        var states = tables.states("voucher", VoucherState.class, VoucherState.EMPTY, VoucherState::withoutPapers, ids);
        var standings = tables.documents("voucher", "standing", Standing.class).fetch(ids);
        var changes = new ArrayList<Object[]>();
        for (Told told : events) {
            if (told.event() instanceof VoucherEvent event) {
                String id = event.voucherId();
                Standing before = standings.get(id);
                Standing after = Standing.after(before, event, states.evolve(id, told, event));
                if (!after.equals(before)) {
                    changes.add(row(told.position(), after));
                }
                standings.put(id, after);
            }
        }
        var vouchers = new ArrayList<Object[]>();
        states.changed().keySet().forEach(id -> vouchers.add(new Object[] {id, states.json(id), standings.json(id)}));
        tables.write(WRITE_VOUCHER, vouchers);
        tables.write(WRITE_STANDING, changes);
    }

    private static Object[] row(long position, Standing voucher) {
        return new Object[] {
            voucher.voucherId(),
            position,
            voucher.schemeId(),
            voucher.batchId(),
            voucher.enterpriseId(),
            voucher.providerId(),
            voucher.status().name(),
            voucher.granted(),
            voucher.faceFen(),
            voucher.unusedFen(),
            voucher.usedFen(),
            voucher.claimedFen(),
            voucher.redeemedFen(),
            voucher.backFen(),
            voucher.rating()
        };
    }

    private static void tell(Told told, AuditEvent event, Tables tables) {
        switch (event) {
            case DrawAnnounced e ->
                write(
                        tables,
                        ANNOUNCE,
                        e.drawId(),
                        e.schemeId(),
                        e.batchId(),
                        e.items().name(),
                        e.framePosition(),
                        Json.write(e.strata()),
                        e.seed(),
                        e.groundId(),
                        e.frameSha256(),
                        e.reason(),
                        Tables.time(told.at()),
                        told.said(Stamp.ACTOR),
                        told.position());
            case StratumDrawn e -> {
                write(tables, STRATUM, e.drawId(), e.stratumId(), e.outOf());
                var rows = new ArrayList<Object[]>();
                e.voucherIds().forEach(id -> rows.add(new Object[] {e.drawId(), id, e.stratumId(), rows.size() + 1}));
                tables.write(DRAWN, rows);
            }
            case SampleDrawn e ->
                write(
                        tables,
                        DRAW,
                        Tables.time(told.at()),
                        told.said(Stamp.ACTOR),
                        e.frameSize(),
                        e.inNoStratum(),
                        told.position(),
                        e.drawId());
            case AuditFindingRecorded e -> {
                write(
                        tables,
                        FIND,
                        told.position(),
                        e.drawId(),
                        e.auditFindingId(),
                        e.voucherId(),
                        e.matter().name(),
                        e.questionedFen(),
                        AuditFindingStatus.RECORDED.name(),
                        Tables.time(told.at()));
                step(
                        told,
                        e,
                        e.auditFindingId(),
                        AuditFindingStatus.RECORDED,
                        null,
                        e.statement(),
                        e.documents(),
                        tables);
            }
            case AuditFindingAnswered e -> {
                follow(told, e, e.auditFindingId(), AuditFindingStatus.ANSWERED, null, tables);
                step(
                        told,
                        e,
                        e.auditFindingId(),
                        AuditFindingStatus.ANSWERED,
                        null,
                        e.statement(),
                        e.documents(),
                        tables);
            }
            case AuditFindingClosed e -> {
                follow(told, e, e.auditFindingId(), AuditFindingStatus.CLOSED, e.outcome(), tables);
                step(
                        told,
                        e,
                        e.auditFindingId(),
                        AuditFindingStatus.CLOSED,
                        e.outcome(),
                        e.statement(),
                        e.documents(),
                        tables);
            }
        }
    }

    private static void follow(
            Told told,
            AuditEvent event,
            String finding,
            AuditFindingStatus status,
            AuditOutcome outcome,
            Tables tables) {
        write(tables, FOLLOW, status.name(), name(outcome), Tables.time(told.at()), event.drawId(), finding);
    }

    private static void step(
            Told told,
            AuditEvent event,
            String finding,
            AuditFindingStatus status,
            AuditOutcome outcome,
            String statement,
            List<Document> documents,
            Tables tables) {
        write(
                tables,
                STEP,
                told.position(),
                event.drawId(),
                finding,
                status.name(),
                name(outcome),
                statement,
                Json.write(documents),
                Tables.time(told.at()),
                told.said(Stamp.ACTOR),
                told.said(Stamp.ROLE));
    }

    private static String name(AuditOutcome outcome) {
        return outcome == null ? null : outcome.name();
    }

    private static void write(Tables tables, String statement, Object... row) {
        tables.write(statement, List.<Object[]>of(row));
    }
}
